/// Crockford's base 32: ten figures and the capitals without I, L, O and U, so that nothing is mistaken for another and
/// a QR code holds it in its short mode for capitals.
public enum Base32 {
  public static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// The lowest `5 · count` bits, the highest first.
  public static func text(_ bits: UInt64, count: Int) -> String {
    String(unsafeUninitializedCapacity: count) { buffer in
      var rest = bits
      for index in stride(from: count - 1, through: 0, by: -1) {
        buffer[index] = digits[Int(rest & 31)]
        rest >>= 5
      }
      return count
    }
  }

  /// Nil for anything that ``text(_:count:)`` never writes: small letters, and letters that look like figures, are none.
  public static func bits(_ text: some StringProtocol) -> UInt64? {
    guard text.utf8.count <= 12 else { return nil }
    var bits: UInt64 = 0
    for byte in text.utf8 {
      guard let value = digits.firstIndex(of: byte) else { return nil }
      bits = bits << 5 | UInt64(value)
    }
    return bits
  }
}
