import Statistics
import Testing

@Suite struct RateTests {
  private func near(_ found: Double, _ wanted: Double, _ relative: Double) -> Bool {
    abs(found - wanted) <= relative * max(abs(wanted), 1e-12)
  }

  /// Marshall's estimates by esda, intervals and funnel limits by scipy.
  @Test func asInTheReferences() throws {
    let rows = try References.rows("rates.csv")
    let bayes = EmpiricalBayes(counts: rows.map { Int($0[0]) }, exposures: rows.map { $0[1] })
    for (row, (estimate, posterior)) in zip(rows, zip(bayes.estimates, bayes.posteriors)) {
      #expect(near(estimate, row[2], 1e-12))
      let interval = posterior.interval()
      #expect(near(interval.lowerBound, row[3], 1e-10) && near(interval.upperBound, row[4], 1e-10))
      let expected = bayes.commonRate * row[1]
      let warning = Funnel.limits(expected: expected, confidence: Funnel.warning)
      let alarm = Funnel.limits(expected: expected, confidence: Funnel.alarm)
      #expect(near(warning.lowerBound, row[5], 1e-9) && near(warning.upperBound, row[6], 1e-9))
      #expect(near(alarm.lowerBound, row[7], 1e-9) && near(alarm.upperBound, row[8], 1e-9))
    }
  }

  /// spdep's EBest, and the interval by scipy.
  @Test(.enabled(if: Shared.isThere, "skipped: ../shared is not there"))
  func asInTheSharedReferences() throws {
    let rows = try Shared.rows("peers/out/eb_ref.csv")
    let bayes = EmpiricalBayes(counts: rows.map { Int($0[0]) }, exposures: rows.map { $0[1] })
    for (row, (estimate, posterior)) in zip(rows, zip(bayes.estimates, bayes.posteriors)) {
      #expect(near(estimate, row[2], 1e-12))
      let interval = posterior.interval()
      #expect(near(interval.lowerBound, row[3], 1e-10) && near(interval.upperBound, row[4], 1e-10))
    }
  }

  @Test func noMoreVarianceThanChance() {
    let bayes = EmpiricalBayes(counts: [10, 20, 30, 0], exposures: [100, 200, 300, 0])
    #expect(bayes.variance == 0 && bayes.estimates == [0.1, 0.1, 0.1, 0.1])
    #expect(bayes.posteriors.allSatisfy { $0.interval().contains(0.1) })
    let without = EmpiricalBayes(counts: [0, 40, 0], exposures: [0, 100, 100])
    #expect(near(without.estimates[0], without.commonRate, 1e-12) && without.estimates[1] > 0.3)
  }

  @Test func funnelsHoldWhatIsExpected() {
    #expect(Funnel.standing(count: 20, expected: 20, confidence: Funnel.warning) == .within)
    #expect(Funnel.standing(count: 40, expected: 20, confidence: Funnel.alarm) == .high)
    #expect(Funnel.standing(count: 10, expected: 20, confidence: Funnel.warning) == .low)
    #expect(Funnel.limits(expected: 0.1, confidence: Funnel.alarm).lowerBound == 0)
  }

  /// R's poisson.test; the chance is twice the smaller tail of pbinom.
  @Test(arguments: [
    (80, 100, 1, 1, 0.5886444188964, 1.0842733577587, 0.15653146957815),
    (0, 12, 1, 1, 0, 0.3598938172877, 0.00048828125),
    (7, 3, 181, 184, 0.54150671562937, 14.21540071199773, 0.33043164441677),
    (230, 200, 365, 366, 0.94992221011185, 1.40080989355775, 0.15354066596249),
  ] as [(Int, Int, Double, Double, Double, Double, Double)])
  func changeAsInR(
    _ row: (now: Int, before: Int, days: Double, daysBefore: Double, low: Double, high: Double, chance: Double)
  ) {
    let change = CountChange(now: row.now, before: row.before, exposure: row.days, exposureBefore: row.daysBefore)
    #expect(near(change.interval.lowerBound, row.low, 1e-9) && near(change.interval.upperBound, row.high, 1e-9))
    #expect(near(change.chance, row.chance, 1e-9))
    #expect(near(change.ratio ?? 0, Double(row.now) / row.days / (Double(row.before) / row.daysBefore), 1e-12))
  }

  @Test func changesFromNothing() {
    let fresh = CountChange(now: 4, before: 0)
    #expect(fresh.ratio == nil && fresh.interval.upperBound == .infinity && fresh.interval.lowerBound > 0.5)
    #expect(near(fresh.chance, 0.125, 1e-12))
    let nothing = CountChange(now: 0, before: 0)
    #expect(nothing.interval == 0...(.infinity) && nothing.chance == 1)
  }

  @Test func ranksOfPlacesThatDiffer() {
    let clear = [400.0, 100, 25].map { GammaPosterior(shape: $0, rate: 1) }
    let ranks = RankIntervals([clear[1], clear[0], clear[2]], seed: 3)
    #expect(ranks.order == [1, 0, 2])
    #expect(ranks.places.map(\.position) == [2, 1, 3] && ranks.places.allSatisfy { !$0.isTied })
    #expect(ranks.places.map(\.interval) == [2...2, 1...1, 3...3] && ranks.places[1].chanceFirst == 1)
  }

  @Test func ranksOfPlacesThatDoNot() {
    let posteriors = [20.0, 21, 22, 90].map { GammaPosterior(shape: $0, rate: 10) }
    let ranks = RankIntervals(posteriors, seed: 3)
    #expect(ranks.order == [3, 2, 1, 0])
    #expect(ranks.places.map(\.position) == [2, 2, 2, 1] && ranks.places.map(\.isTied) == [true, true, true, false])
    #expect(ranks.places[0...2].allSatisfy { $0.interval == 2...4 })
    #expect(RankIntervals(posteriors, seed: 3) == ranks)
  }

  /// Three times as likely to be drawn higher: P(first) of two exponentials of means 3 and 1 is 3/4.
  @Test func chancesAreThoseOfTheDistributions() {
    let pair = [GammaPosterior(shape: 1, rate: 1), GammaPosterior(shape: 1, rate: 1.0 / 3)]
    let first = RankIntervals(pair, draws: 20_000, seed: 9).places[1].chanceFirst
    #expect(abs(first - 0.75) < 4.5 * 0.433 / 20_000.0.squareRoot())
    #expect(RankIntervals(pair, seed: 9) != RankIntervals(pair, seed: 10))
    let halves = [GammaPosterior(shape: 0.5, rate: 1), GammaPosterior(shape: 0.5, rate: 4)]
    // P(X₁ > X₂) with X₂ = X/4: P(B > 1/5) for a beta of shapes ½ and ½.
    let wanted = 1 - BetaDistribution.below(0.2, 0.5, 0.5)
    let found = RankIntervals(halves, draws: 20_000, seed: 9).places[0].chanceFirst
    #expect(abs(found - wanted) < 4.5 * 0.5 / 20_000.0.squareRoot())
  }
}
