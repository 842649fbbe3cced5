import CZlib

/// Compression for answers (RFC 1952).
enum Gzip {
  /// - Parameter level: 1, fastest, to 9, smallest.
  static func pack(_ bytes: [UInt8], level: Int = 6) -> [UInt8] {
    var stream = z_stream()
    // 16 more than the largest window: with a header of gzip.
    let begun = deflateInit2_(&stream, Int32(level), Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                              Int32(MemoryLayout<z_stream>.size))
    precondition(begun == Z_OK, "zlib cannot begin")
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, uLong(bytes.count)))
    return [UInt8](unsafeUninitializedCapacity: bound) { packed, count in
      bytes.withUnsafeBufferPointer { plain in
        stream.next_in = UnsafeMutablePointer(mutating: plain.baseAddress)
        stream.avail_in = uInt(plain.count)
        stream.next_out = packed.baseAddress
        stream.avail_out = uInt(bound)
        let ended = deflate(&stream, Z_FINISH)
        precondition(ended == Z_STREAM_END, "what is bounded fits")
      }
      count = bound - Int(stream.avail_out)
    }
  }

  /// Whether a client reads it, by its `Accept-Encoding` (RFC 9110, 12.5.3).
  static func isAccepted(_ header: String?) -> Bool {
    guard let header else { return false }
    return header.split(separator: ",").contains { item in
      let parts = item.split(separator: ";").map { $0.trimming(" ").lowercased() }
      let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
      return (parts.first == "gzip" || parts.first == "*") && !isRefused
    }
  }
}
