import Simulation
import Testing

@Suite struct SeededRandomTests {
  /// Reckoned apart from this program, from the published algorithms.
  @Test func followsThePublishedAlgorithm() {
    var random = SeededRandom(seed: 1_234_567)
    let drawn = (0..<4).map { _ in random.next() }
    #expect(drawn == [
      3_504_822_795_582_309_479, 1_819_558_768_956_484_042, 1_250_851_346_055_027_673, 16_940_231_675_099_994_102,
    ])
  }

  @Test func aSplitDependsOnSeedAndNameAlone() {
    var root = SeededRandom(seed: 5)
    let before = root.split("desk")
    _ = root.next()
    #expect(root.split("desk") == before)
    #expect(root.split("squad") != before)
    #expect(SeededRandom(seed: 6).split("desk") != before)
  }

  @Test func countsAreExpectedInTheMean() {
    var random = SeededRandom(seed: 3)
    for mean in [0.3, 4, 60] {
      let sum = (0..<4_000).reduce(0) { sum, _ in sum + random.count(expected: mean) }
      #expect(abs(Double(sum) / 4_000 - mean) < 0.05 * mean + 0.03)
    }
  }

  @Test func halfOfTheDelaysAreShorterThanTheMedian() {
    var random = SeededRandom(seed: 4)
    let short = (0..<4_000).count { _ in random.delay(Delay(10, spread: 0.8)) < 600_000 }
    #expect((1_900...2_100).contains(short))
  }
}
