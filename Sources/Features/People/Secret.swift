import Crypto
import Foundation

/// 256 bits of chance in the hands of one client; the database holds only its SHA-256, which is enough for what cannot
/// be guessed.
struct Secret: Sendable {
  let text: String
  let hash: [UInt8]

  /// - Parameter prefix: by which people and scanners of leaked files recognise it.
  init(prefix: String = "") {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    let digits = bytes.base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
    self.init(given: prefix + digits)
  }

  private init(given text: String) {
    self.text = text
    hash = SHA256.hash(data: Data(text.utf8)).withUnsafeBytes { [UInt8]($0) }
  }

  /// What a client shows; nil if it cannot be one of ours.
  static func hash(of text: String, prefix: String = "") -> [UInt8]? {
    guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + digitCount else { return nil }
    return Secret(given: text).hash
  }

  /// 32 bytes in base 64 without padding.
  private static let digitCount = 43
}
