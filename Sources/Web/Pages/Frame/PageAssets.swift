import HTTPTypes
import Hummingbird
import NIOCore

/// Our own style and script, kept in the program. Their addresses change with their contents, so that browsers may
/// keep them for ever.
enum PageAssets {
  private struct Asset {
    let type: String
    let bytes: [UInt8]
    let version: String

    init(_ type: String, _ bytes: [UInt8]) {
      self.type = type
      self.bytes = bytes
      // FNV-1a: it tells versions apart, it guards nothing.
      let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      version = String(hash, radix: 16)
    }
  }

  private static let all: [String: Asset] = [
    "headwater.css": Asset("text/css; charset=utf-8", PackageResources.headwater_css),
    "resident.css": Asset("text/css; charset=utf-8", PackageResources.resident_css),
    "plate.js": Asset("text/javascript; charset=utf-8", PackageResources.plate_js),
    "desk.js": Asset("text/javascript; charset=utf-8", PackageResources.desk_js),
    "live.js": Asset("text/javascript; charset=utf-8", PackageResources.live_js),
  ]

  static func link(_ name: String) -> String {
    PageURL.asset(name).link([("v", all[name]?.version)])
  }

  /// - Throws: ``ProblemKind/unknownAddress``.
  static func response(_ name: String) throws -> Response {
    guard let asset = all[name] else { throw Problem(.unknownAddress) }
    return Response(
      status: .ok, headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
      body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
  }
}
