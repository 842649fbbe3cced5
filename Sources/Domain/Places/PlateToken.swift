/// What the code on a plate says: the plate's number, and a seal over number, place and unit that only this
/// installation can make. It tells nothing of the place to whoever does not ask us.
///
/// 16 characters of base 32, which is one text for each token and no other: the form (`1`), 30 bits of number, 45 bits
/// of seal. Why this is enough: docs/decisions/0017-plates.md.
public struct PlateToken: Sendable, Hashable {
  /// From 1; stands on the plate, so that it can be read out.
  public let number: Int
  public let seal: UInt64

  public static let numberMax = 1 << 30 - 1
  public static let sealBits = 45
  /// How many characters ``text`` has.
  public static let length = 16
  private static let form = "1"

  public init(number: Int, seal: UInt64) {
    self.number = number
    self.seal = seal & (1 << UInt64(Self.sealBits) - 1)
  }

  /// Nil if it cannot be one of ours. Whether it is shows the seal.
  public init?(_ text: String) {
    guard text.utf8.count == Self.length, text.hasPrefix(Self.form),
      let number = Base32.bits(text.dropFirst().prefix(6)), let seal = Base32.bits(text.suffix(9)), number > 0
    else { return nil }
    self.init(number: Int(number), seal: seal)
  }

  public var text: String {
    Self.form + Base32.text(UInt64(number), count: 6) + Base32.text(seal, count: 9)
  }
}
