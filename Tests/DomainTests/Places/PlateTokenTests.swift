import Domain
import Testing

/// The text of a plate's code.
@Suite struct PlateTokenTests {
  @Test func aTokenIsOneTextAndNoOther() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<2_000 {
      let token = PlateToken(number: Int(random.next() % UInt64(PlateToken.numberMax)) + 1, seal: random.next())
      let text = token.text
      #expect(text.utf8.count == PlateToken.length && PlateToken(text) == token)
      #expect(PlateToken(text.lowercased()) == nil && PlateToken(text + "0") == nil && PlateToken(" " + text) == nil)
      #expect(PlateToken(String(text.dropLast())) == nil)
    }
  }

  /// No letter may be changed into another without changing what is said.
  @Test func everyOtherTextIsAnotherToken() throws {
    let token = PlateToken(number: 4_711, seal: 0x1234_5678_9ABC)
    for place in token.text.indices {
      for digit in Base32.digits where Character(UnicodeScalar(digit)) != token.text[place] {
        var altered = token.text
        altered.replaceSubrange(place...place, with: String(UnicodeScalar(digit)))
        #expect(PlateToken(altered) != token)
      }
    }
  }

  @Test func whatIsNoTokenIsNone() {
    for text in ["", "1", "2000001G35VY8ZXX", "1000000G35VY8ZXX", "100000IG35VY8ZXX", "100000OG35VY8ZXX",
                 "100000UG35VY8ZXX", "1000001G35VY8ZX\u{301}", "门牌门牌门牌门牌门牌门牌门牌门牌", "1000001%47VY8ZXX"] {
      #expect(PlateToken(text) == nil, "\(text)")
    }
  }

  @Test func whatWasWrittenIsReadAgain() {
    var random = SplitMix(state: 1)
    for count in 1...12 {
      let bits = random.next() & (1 << UInt64(count * 5) - 1)
      #expect(Base32.bits(Base32.text(bits, count: count)) == bits)
    }
    #expect(Base32.bits("0000000000000") == nil)
  }
}

/// Numbers that repeat with their seed.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits >> 31
  }
}
