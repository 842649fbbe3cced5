import HTTPTypes
import Hummingbird
import NIOCore

/// A file that stays as it is while the server runs. Its address changes with its contents, so that browsers may keep
/// it for ever.
struct FixedFile: Sendable {
  let version: String
  private let type: String
  private let plain: [UInt8]
  private let packed: [UInt8]

  init(_ type: String, _ bytes: [UInt8]) {
    self.type = type
    plain = bytes
    packed = Gzip.pack(bytes, level: 9)
    // FNV-1a: it tells versions apart, it guards nothing.
    let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    version = String(hash, radix: 16)
  }

  /// - Parameter isPrivate: kept by the reader's browser alone, not by what stands between.
  func response(_ call: PageCall, isPrivate: Bool = false) -> Response {
    let tag = "\"\(version)\""
    // Asked for by another address, it may be another tomorrow.
    let isLasting = call.query["v"] == version
    var headers: HTTPFields = [
      .eTag: tag, .vary: "Accept-Encoding",
      .cacheControl: (isPrivate ? "private, " : "public, ")
        + (isLasting ? "max-age=31536000, immutable" : "no-cache"),
    ]
    if call.request.headers[.ifNoneMatch]?.contains(tag) == true {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = type
    let isPacked = Gzip.isAccepted(call.request.headers[.acceptEncoding])
    if isPacked { headers[.contentEncoding] = "gzip" }
    let body = ByteBuffer(bytes: isPacked ? packed : plain)
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
  }
}
