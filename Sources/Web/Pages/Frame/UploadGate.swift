import HTTPTypes
import Hummingbird
import Synchronization

/// Reads forms that may hold photos, and bounds how many large ones are read at a time: whoever sends many holds up
/// others who send photos, and nobody who sends none.
final class UploadGate: Sendable {
  private let free: Mutex<Int>

  /// A form without photos is smaller.
  private static let smallBytesMax = 64_000
  /// The whole form, photos included, in bytes; and how long it may take to arrive.
  private static let bytesMax = 20_000_000
  private static let secondsMax = 120
  private static let uploadsMax = 8

  init() { free = Mutex(Self.uploadsMax) }

  /// - Throws: ``ProblemKind/bodyTooLarge``, ``ProblemKind/unavailable`` where too many are read, or one takes too long;
  ///   what ``PageForm`` throws.
  func form(_ request: Request) async throws -> PageForm {
    let type = request.headers[.contentType] ?? ""
    guard type.lowercased().hasPrefix("multipart/form-data"), let boundary = MultipartBody.boundary(type) else {
      return try await PageForm(request: request, bytesMax: Self.smallBytesMax)
    }
    let tooLarge = Problem(.bodyTooLarge)
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > Self.bytesMax { throw tooLarge }
    var isInside = false
    defer { if isInside { leave() } }
    let start = ContinuousClock.now
    var bytes: [UInt8] = []
    for try await part in request.body {
      guard bytes.count + part.readableBytes <= Self.bytesMax else { throw tooLarge }
      guard start.duration(to: .now) < .seconds(Self.secondsMax) else { throw Problem(.unavailable) }
      if !isInside, bytes.count + part.readableBytes > Self.smallBytesMax {
        guard enter() else { throw Problem(.unavailable) }
        isInside = true
      }
      bytes.append(contentsOf: part.readableBytesView)
    }
    return try PageForm(MultipartBody(bytes, boundary: boundary))
  }

  private func enter() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  private func leave() { free.withLock { $0 += 1 } }
}
