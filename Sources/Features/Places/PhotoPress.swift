import CTurboJPEG
import Foundation

/// Makes of a photo that somebody sent one that can be kept: a fresh JPEG of at most ``sideMax`` pixels a side, upright,
/// without metadata. Nothing of the file that came survives but its picture.
///
/// What would cost too much is refused by its head alone. The rest is decoded at a fraction of its size, few at a time,
/// on threads of their own.
public final class PhotoPress: Sendable {
  /// A photo as it may come, in bytes.
  public static let bytesMax = 15_000_000
  /// With one report.
  public static let photosMax = 3
  public static let sideMax = 1_600
  /// A large phone camera; decoded strip by strip.
  static let pixelsMax = 64_000_000
  /// A progressive picture is held whole while it is decoded, at some three bytes a pixel.
  static let progressivePixelsMax = 16_000_000
  private static let quality: Int32 = 80

  private let turns = ThreadTurns(label: "photos", waitingMax: 16)

  public init() {}

  /// - Throws: ``PhotoFault``.
  package func press(_ photos: [[UInt8]]) async throws -> [[UInt8]] {
    guard photos.count <= Self.photosMax else { throw PhotoFault.tooMany }
    guard !photos.isEmpty else { return [] }
    do { return try await turns.run(.stranger) { try photos.map(Self.pressed) } } catch is ThreadTurns.Busy {
      throw PhotoFault.busy
    }
  }

  /// The picture alone, made anew.
  static func pressed(_ file: [UInt8]) throws(PhotoFault) -> [UInt8] {
    guard file.count <= bytesMax else { throw .tooLarge }
    guard let head = file.withUnsafeBufferPointer({ JPEGHead($0) }) else { throw .notJPEG }
    guard head.width * head.height <= (head.isProgressive ? progressivePixelsMax : pixelsMax) else { throw .tooLarge }
    return try compressed(upright(decoded(file, head), head.orientation))
  }

  /// Rows of red, green, blue.
  private struct Picture {
    var width: Int
    var height: Int
    var pixels: [UInt8]
  }

  private static func decoded(_ file: [UInt8], _ head: JPEGHead) throws(PhotoFault) -> Picture {
    guard let decoder = tjInitDecompress() else { throw .busy }
    defer { tjDestroy(decoder) }
    var (width, height, sampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard tjDecompressHeader3(decoder, file, UInt(file.count), &width, &height, &sampling, &colours) == 0,
      Int(width) == head.width, Int(height) == head.height
    else { throw .notJPEG }
    // Eighths: the decoder leaves out what is not needed.
    let longest = max(head.width, head.height)
    let eighths = (1...8).last { (longest * $0 + 7) / 8 <= sideMax } ?? 1
    let (across, down) = ((head.width * eighths + 7) / 8, (head.height * eighths + 7) / 8)
    var pixels = [UInt8](repeating: 0, count: across * down * 3)
    let status = tjDecompress2(
      decoder, file, UInt(file.count), &pixels, Int32(across), 0, Int32(down), Int32(TJPF_RGB.rawValue),
      TJFLAG_LIMITSCANS)
    guard status == 0 || tjGetErrorCode(decoder) == TJERR_WARNING.rawValue else { throw .notJPEG }
    return Picture(width: across, height: down, pixels: pixels)
  }

  /// Turned and mirrored as the camera says.
  private static func upright(_ picture: Picture, _ orientation: Int) -> Picture {
    guard orientation > 1 else { return picture }
    let (width, height) = (picture.width, picture.height)
    let isTurned = orientation >= 5
    var turned = Picture(width: isTurned ? height : width, height: isTurned ? width : height, pixels: picture.pixels)
    picture.pixels.withUnsafeBufferPointer { from in
      turned.pixels.withUnsafeMutableBufferPointer { to in
        for y in 0..<height {
          for x in 0..<width {
            let (column, row) = switch orientation {
            case 2: (width - 1 - x, y)
            case 3: (width - 1 - x, height - 1 - y)
            case 4: (x, height - 1 - y)
            case 5: (y, x)
            case 6: (height - 1 - y, x)
            case 7: (height - 1 - y, width - 1 - x)
            default: (y, width - 1 - x)
            }
            let (source, target) = ((y * width + x) * 3, (row * (isTurned ? height : width) + column) * 3)
            to[target] = from[source]
            to[target + 1] = from[source + 1]
            to[target + 2] = from[source + 2]
          }
        }
      }
    }
    return turned
  }

  private static func compressed(_ picture: Picture) throws(PhotoFault) -> [UInt8] {
    guard let encoder = tjInitCompress() else { throw .busy }
    defer { tjDestroy(encoder) }
    var bytes: UnsafeMutablePointer<UInt8>?
    var count: UInt = 0
    defer { tjFree(bytes) }
    let status = tjCompress2(
      encoder, picture.pixels, Int32(picture.width), 0, Int32(picture.height), Int32(TJPF_RGB.rawValue), &bytes, &count,
      Int32(TJSAMP_420.rawValue), quality, 0)
    guard status == 0, let bytes else { throw .notJPEG }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }
}

/// Why a photo is not taken in.
public enum PhotoFault: Error, Sendable, Hashable {
  /// Not a JPEG, or damaged beyond use.
  case notJPEG
  /// Too many bytes or pixels.
  case tooLarge
  case tooMany
  /// Too many wait already.
  case busy
}
