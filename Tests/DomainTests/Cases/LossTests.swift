import Domain
import Testing

@Suite struct LossTests {
  @Test(arguments: [
    (0, 0), (7, 7), (99, 99), (100, 100), (104, 100), (105, 110), (994, 990), (995, 1_000), (12_345, 12_000),
    (999_999_999, 1_000_000_000), (1_000_000_000, 1_000_000_000),
  ])
  func twoDigitsAreKept(yuan: Int, kept: Int) { #expect(Loss.rounded(yuan) == kept) }

  @Test func whatIsNoLossIsNone() {
    for yuan in [-1, Int.min, Loss.yuanMost + 1, Int.max] { #expect(Loss.rounded(yuan) == nil) }
  }

  /// What is kept is as near as two digits come, never turns a success into a failed attempt, and is kept as it is when
  /// it is told again.
  @Test func itIsNearAndStays() {
    for yuan in stride(from: 1, through: 3_000_000, by: 37) {
      let kept = Loss.rounded(yuan) ?? 0
      #expect(kept > 0 && abs(kept - yuan) * 20 <= yuan && Loss.rounded(kept) == kept, "\(yuan)")
    }
  }
}
