import Domain

/// By what a reporter without an account finds the report again: 60 bits that only this installation can reckon from
/// the report's identifier, as 12 characters of base 32. The database holds only what finds the report by the code,
/// not the code.
public struct ReceiptCode: Sendable, Hashable {
  public let text: String

  public static let length = 12

  init(report: String, vault: Vault) {
    let bytes = vault.fingerprint(Array("receipt\0\(report)".utf8))
    text = Base32.text(bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, count: Self.length)
  }

  /// As somebody types it: small letters, gaps, and letters that look like figures are understood. Nil if it cannot be
  /// a code.
  public init?(typed: String) {
    let plain = typed.uppercased().filter { $0 != "-" && !$0.isWhitespace }.map { letter -> Character in
      switch letter {
      case "O": "0"
      case "I", "L": "1"
      default: letter
      }
    }
    guard plain.count == Self.length, Base32.bits(String(plain)) != nil else { return nil }
    text = String(plain)
  }

  /// In three groups, to be read out.
  public var grouped: String {
    stride(from: 0, to: Self.length, by: 4).map { start in
      String(text.dropFirst(start).prefix(4))
    }.joined(separator: "-")
  }

  func lookup(_ vault: Vault) -> [UInt8] { vault.fingerprint(Array("receipt-code\0\(text)".utf8)) }
}
