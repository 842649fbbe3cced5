/// What the head of a JPEG file says: read before anything is decoded, within the file's bounds whatever it claims.
package struct JPEGHead: Sendable, Hashable {
  package private(set) var width = 0
  package private(set) var height = 0
  /// Several scans over the whole picture: its decoder has to hold all of it at once.
  package private(set) var isProgressive = false
  /// How the camera was held: 1 upright … 8 (Exif 2.3, tag 274).
  package private(set) var orientation = 1

  /// Nil if it is no JPEG, or ends before its size is told.
  package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
    var place = 2
    while place + 4 <= bytes.count {
      guard bytes[place] == 0xFF else { return nil }
      let marker = bytes[place + 1]
      if marker == 0xFF {
        place += 1
        continue
      }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      guard length >= 2, place + 2 + length <= bytes.count else { return nil }
      let segment = UnsafeBufferPointer(rebasing: bytes[place + 4..<place + 2 + length])
      switch marker {
      // Frames: all but the tables that lie among their numbers.
      case 0xC0...0xCF where marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
        guard segment.count >= 5 else { return nil }
        height = Int(segment[1]) << 8 | Int(segment[2])
        width = Int(segment[3]) << 8 | Int(segment[4])
        isProgressive = marker != 0xC0 && marker != 0xC1
        guard width > 0, height > 0 else { return nil }
        return
      case 0xE1: orientation = Self.orientation(segment) ?? orientation
      default: break
      }
      place += 2 + length
    }
    return nil
  }

  /// From the first directory of an Exif segment.
  private static func orientation(_ segment: UnsafeBufferPointer<UInt8>) -> Int? {
    let mark = Array("Exif\0\0".utf8)
    guard segment.count > 14, segment.starts(with: mark) else { return nil }
    let tiff = UnsafeBufferPointer(rebasing: segment[mark.count...])
    let isLittle = tiff[0] == UInt8(ascii: "I")
    func number(_ place: Int, _ length: Int) -> Int? {
      guard place >= 0, place + length <= tiff.count else { return nil }
      let bytes = (0..<length).map { Int(tiff[place + (isLittle ? length - 1 - $0 : $0)]) }
      return bytes.reduce(0) { $0 << 8 | $1 }
    }
    guard let directory = number(4, 4), let count = number(directory, 2) else { return nil }
    for entry in 0..<min(count, 200) where number(directory + 2 + entry * 12, 2) == 0x0112 {
      return number(directory + 2 + entry * 12 + 8, 2).flatMap { (1...8).contains($0) ? $0 : nil }
    }
    return nil
  }
}
