import Features
import Testing

@Suite struct SuppressionTests {
  /// Whoever knows the total, all that is shown and the rule itself cannot tell of any hidden count that it is small.
  @Test func noSmallCountFollowsFromTheTotal() {
    let seed = UInt64.random(in: 0 ... .max)
    var draws = SeededRandom(seed: seed)
    for _ in 0..<4_000 {
      let limit = Int.random(in: 3...10, using: &draws)
      let counts = (0..<Int.random(in: 1...9, using: &draws)).map { _ in
        Int.random(in: 0...3, using: &draws) == 0 ? 0 : Int.random(in: 0...20, using: &draws)
      }
      let shown = Suppression.shown(counts, below: limit)
      let hidden = counts.indices.filter { !shown[$0] }
      #expect(counts.indices.allSatisfy { !shown[$0] || counts[$0] == 0 || counts[$0] >= limit })
      guard !hidden.isEmpty else { continue }
      let rest = counts.reduce(0, +) - counts.indices.reduce(0) { shown[$1] ? $0 + counts[$1] : $0 }
      // Everything but zeros may be hidden, and then the total is all there is to hide.
      guard hidden.count < counts.count(where: { $0 > 0 }) else { continue }
      #expect(hidden.count >= 2, "\(counts) below \(limit), seed \(seed)")
      let most = rest - (hidden.count - 1)
      #expect(most >= limit, "\(counts) below \(limit): each hidden one is at most \(most), seed \(seed)")
    }
  }

  @Test func aLoneSmallCountTakesTheSmallestOtherWithIt() {
    #expect(Suppression.kept([2, 40, 9, 0], below: 5) == [nil, 40, nil, 0])
  }

  @Test func twoSmallOnesThatTellEachOtherTakeAThird() {
    // 1 + 1 = 2: both would be known.
    #expect(Suppression.kept([1, 1, 30, 8], below: 5) == [nil, nil, 30, nil])
  }

  @Test func nothingSmallNothingHidden() {
    #expect(Suppression.kept([5, 0, 7], below: 5) == [5, 0, 7])
    #expect(!Suppression.isShown(4, below: 5) && Suppression.isShown(0, below: 5) && Suppression.isShown(5, below: 5))
  }
}
