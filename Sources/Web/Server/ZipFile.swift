/// Files in one (APPNOTE 6.3): deflated, names in UTF-8, dated 1980-01-01, so that the same files are the same bytes.
enum ZipFile {
  /// - Precondition: all of it is below 4 GB.
  static func pack(_ files: [String: [UInt8]]) -> [UInt8] {
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in files.sorted(by: { $0.key < $1.key }) {
      // What gzip puts around it, ten bytes before and eight behind (RFC 1952), begins behind with the same checksum.
      let packed = Gzip.pack(content)
      let (body, checksum) = (packed[10..<packed.count - 8], packed[packed.count - 8..<packed.count - 4])
      var entry: [UInt8] = []
      entry.append(little: 20, 2)
      entry.append(little: 1 << 11, 2)  // The name is UTF-8.
      entry.append(little: 8, 2)  // Deflated.
      entry.append(little: 0, 2)
      entry.append(little: 1 << 5 | 1, 2)
      entry += checksum
      entry.append(little: body.count, 4)
      entry.append(little: content.count, 4)
      entry.append(little: name.utf8.count, 2)
      entry.append(little: 0, 2)
      directory.append(little: 0x0201_4B50, 4)
      directory.append(little: 3 << 8 | 20, 2)  // Made on Unix: the attributes are a mode.
      directory += entry
      directory.append(little: 0, 6)
      directory.append(little: 0o100644 << 16, 4)
      directory.append(little: bytes.count, 4)
      directory += Array(name.utf8)
      bytes.append(little: 0x0403_4B50, 4)
      bytes += entry
      bytes += Array(name.utf8)
      bytes += body
    }
    precondition(bytes.count + directory.count < 1 << 32, "an archive that large needs longer numbers")
    let start = bytes.count
    bytes += directory
    bytes.append(little: 0x0605_4B50, 4)
    bytes.append(little: 0, 4)
    bytes.append(little: files.count, 2)
    bytes.append(little: files.count, 2)
    bytes.append(little: directory.count, 4)
    bytes.append(little: start, 4)
    bytes.append(little: 0, 2)
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(little number: Int, _ count: Int) {
    for place in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
  }
}
