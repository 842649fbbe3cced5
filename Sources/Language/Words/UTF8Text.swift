/// Reading UTF-8 by hand, where a `String` a character would cost more than the work itself.
enum UTF8Text {
  /// The scalar that begins at a place, and how many bytes it has. Bytes that are no UTF-8 are read as one each.
  @inline(__always)
  static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(bytes[place])
    if first < 0x80 { return (first, 1) }
    if first >= 0xE0, first < 0xF0, place + 2 < bytes.count {
      return ((first & 0xF) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6 | UInt32(bytes[place + 2] & 0x3F), 3)
    }
    if first >= 0xC0, first < 0xE0, place + 1 < bytes.count {
      return ((first & 0x1F) << 6 | UInt32(bytes[place + 1] & 0x3F), 2)
    }
    if first >= 0xF0, place + 3 < bytes.count {
      let high = (first & 7) << 18 | UInt32(bytes[place + 1] & 0x3F) << 12
      return (high | UInt32(bytes[place + 2] & 0x3F) << 6 | UInt32(bytes[place + 3] & 0x3F), 4)
    }
    return (first, 1)
  }
}
