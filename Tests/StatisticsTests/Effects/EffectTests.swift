import Statistics
import Testing

@Suite struct EffectTests {
  private func near(_ found: Double?, _ wanted: Double, _ relative: Double = 1e-9) -> Bool {
    abs((found ?? .nan) - wanted) <= relative * max(abs(wanted), 1e-12)
  }

  private func panel(_ rows: [[Double]], places: Int, periods: Int) -> Panel {
    Panel(places: places, periods: periods, counts: rows.map { $0[2] }, isTreated: rows.map { $0[3] == 1 })
  }

  /// Measures that begin at different times, one place without any event: linearmodels and statsmodels.
  @Test func panelAsInTheReferences() throws {
    let panel = panel(try References.rows("panel.csv"), places: 30, periods: 12)
    let wanted = try References.rows("effects.csv")
    let linear = try #require(DifferenceInDifferences.linear(panel))
    #expect(near(linear.effect.value, wanted[0][0]))
    #expect(near(linear.effect.standardError, wanted[1][0]))
    #expect(near(linear.modelEffect.standardError, wanted[2][0]))
    let poisson = try #require(DifferenceInDifferences.poisson(panel))
    #expect(near(poisson.effect.value, wanted[0][1]))
    #expect(near(poisson.modelEffect.standardError, wanted[2][1]))
    // statsmodels without its correction, ours with n/(n − k), the empty place among both.
    let plain = poisson.effect.standardError * ((360.0 - 42) / 360).squareRoot()
    #expect(near(plain, wanted[1][1]))
  }

  @Test(.enabled(if: Shared.isThere, "skipped: ../shared is not there"))
  func panelOfTheShared() throws {
    let rows = try Shared.rows("peers/out/did_panel.csv")
    let panel = Panel(places: 400, periods: 48, counts: rows.map { $0[2] }, isTreated: rows.map { $0[5] == 1 })
    let linear = try #require(DifferenceInDifferences.linear(panel))
    #expect(near(linear.effect.value, -2.2312134502923957, 1e-12))
    #expect(near(linear.effect.standardError, 0.21890285152991648))
    let poisson = try #require(DifferenceInDifferences.poisson(panel))
    #expect(near(poisson.effect.ratio, 0.7769927697877635, 1e-11))
    #expect(near(poisson.modelEffect.standardError, 0.027203275684571048))
    #expect(poisson.effect.ratioInterval().contains(0.8))
  }

  @Test func whatCannotBeTold() {
    let all = Panel(places: 2, periods: 3, counts: [1, 2, 3, 4, 5, 6], isTreated: [Bool](repeating: true, count: 6))
    #expect(DifferenceInDifferences.linear(all) == nil && DifferenceInDifferences.poisson(all) == nil)
    let never = Panel(places: 2, periods: 2, counts: [3, 0, 4, 5], isTreated: [false, true, false, false])
    #expect(DifferenceInDifferences.poisson(never) == nil)
  }

  /// The worked example of the references: −43 ± 32.6, p 0.187, quotient −0.16875.
  @Test func displacement() {
    let counts = Displacement(
      treated: .init(before: 200, after: 150), control: .init(before: 180, after: 175),
      around: .init(before: 90, after: 95), aroundControl: .init(before: 85, after: 88))
    #expect(counts.difference.value == -43)
    #expect(near(counts.difference.standardError, 32.60368077380221, 1e-14))
    #expect(near(counts.difference.z, -1.3188694950832505, 1e-14))
    #expect(near(counts.difference.chance, 0.18721274596477455, 1e-12))
    #expect(near(counts.quotient, -0.16874999999999976, 1e-13))
    #expect(near(counts.difference.interval().lowerBound, -43 - 1.959963984540054 * 32.60368077380221, 1e-13))
  }

  @Test func interruptedSeriesAsInTheReferences() throws {
    let counts = try References.rows("series.csv").map { Int($0[0]) }
    let wanted = try References.rows("effects.csv")
    let found = try #require(InterruptedSeries(counts: counts, start: 100))
    #expect(near(found.level.value, wanted[0][2], 1e-8) && near(found.level.standardError, wanted[1][2], 1e-8))
    #expect(near(found.slope.value, wanted[0][3], 1e-8) && near(found.slope.standardError, wanted[1][3], 1e-8))
    #expect(near(found.dispersion, wanted[2][2], 1e-8))
    #expect(found.level.ratioInterval().contains(Double(0.7788)))
    #expect(near(found.counterfactual[100] * found.level.ratio, found.fitted[100]))
    #expect(InterruptedSeries(counts: [1, 2, 3, 4], start: 2) == nil)
    #expect(InterruptedSeries(counts: [Int](repeating: 0, count: 99), start: 50) == nil)
  }

  @Test func mixtureAsInTheReferences() throws {
    let rows = try References.rows("mixture.csv")
    let paths = rows.map { Array($0.dropLast()) }
    let found = SyntheticControl(treated: paths[0], controls: Array(paths.dropFirst()), periodsBefore: 14)
    for (share, row) in zip(found.shares, rows.dropFirst()) { #expect(abs(share - row[20]) < 1e-6) }
    #expect(abs(found.shares.reduce(0, +) - 1) < 1e-12 && found.shares.allSatisfy { $0 >= 0 })
    #expect(found.errorBefore < 0.5 && found.errorAfter > 3 * found.errorBefore && found.chance < 0.25)
    let gap = (14..<20).reduce(0.0) { $0 + paths[0][$1] - found.mixture[$1] } / 6
    #expect(near(found.effect, gap))
  }

  /// One that is a mixture is found to be it, and of two alike each takes half.
  @Test func mixturesThatAreExact() {
    let a = [1.0, 5, 2, 8, 3], b = [4.0, 1, 1, 2, 9], c = [9.0, 9, 7, 8, 9]
    let treated = zip(a, b).map { 0.25 * $0 + 0.75 * $1 }
    let found = SyntheticControl(treated: treated, controls: [a, b, c], periodsBefore: 4, placebos: false)
    #expect(abs(found.shares[0] - 0.25) < 1e-4 && abs(found.shares[1] - 0.75) < 1e-4 && abs(found.effect) < 1e-3)
    let twins = SyntheticControl(treated: treated, controls: [a, b, b, c], periodsBefore: 4, placebos: false)
    #expect(abs(twins.shares[1] - twins.shares[2]) < 1e-9 && twins.chance == 1)
  }
}
