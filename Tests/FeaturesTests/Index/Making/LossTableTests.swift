import Features
import Testing

@Suite struct LossTableTests {
  private static func row(_ amounts: [Int], failed: Int = 0, unknown: Int = 0) -> LossTable.Row {
    .init(cases: amounts.count + failed + unknown, failed: failed,
          amounts: Dictionary(amounts.map { ($0, 1) }, uniquingKeysWith: +))
  }

  /// - Parameter limit: below which counts are small.
  private static func told(_ rows: [LossTable.Row], limit: Int = 5)
    -> (total: EditionLosses.Result, rows: [EditionLosses.Result])
  {
    LossTable(rows: rows, isHiddenElsewhere: rows.map { _ in false }, limit: limit).results(isTotalTold: true)
  }

  /// Fifty small frauds and one that cost more than all of them: neither its kind nor the total tells a sum; where
  /// another kind makes up for it, the two are told together in the total.
  @Test func oneCaseThatOutweighsAllOthersHidesTheirSum() {
    let small = [Int](repeating: 1_000, count: 50)
    let dominated = Self.row(small + [900_000])
    let alone = Self.told([dominated, Self.row([])])
    #expect(alone.total.succeeded == 51 && alone.total.sum == nil && alone.total.median == nil)
    let (purchase, investment) = (Self.row(small.map { $0 * 20 }), Self.row(small.map { $0 * 90 } + small))
    let all = Self.told([dominated, purchase, investment])
    #expect(all.rows.map(\.sum) == [nil, nil, 4_550_000])
    #expect(all.total.sum == 950_000 + 1_000_000 + 4_550_000)
  }

  @Test func fewFailuresHideTheirLineAndTheSmallestOther() {
    let amounts = [Int](repeating: 2_000, count: 30)
    let told = Self.told([
      Self.row(amounts, failed: 2), Self.row(amounts, failed: 9), Self.row(amounts + amounts, failed: 20),
    ])
    #expect(told.rows.map(\.cases) == [32, 39, 80], "cases stand by themselves")
    #expect(told.rows.map(\.succeeded) == [nil, nil, 60] && told.rows.map(\.share) == [nil, nil, 0.75])
    #expect(told.total.succeeded == 120 && told.total.failed == 31)
  }

  @Test func whereThereIsOneKindOnlyItIsToldOrNot() {
    let amounts = [Int](repeating: 2_000, count: 30)
    #expect(Self.told([Self.row(amounts, failed: 9)]).total.failed == 9)
    #expect(Self.told([Self.row(amounts, failed: 2)]).total.failed == nil)
    #expect(Self.told([Self.row([2_000])]).total.cases == nil)
  }

  // MARK: - Whoever adds and subtracts

  private struct Made {
    let rows: [LossTable.Row]
    let isHidden: [Bool]
    let limit: Int

    init(_ draws: inout SeededRandom) {
      limit = Int.random(in: 3...10, using: &draws)
      let size = [4, 12, 40].randomElement(using: &draws) ?? 4
      let range = 0...Int.random(in: 0...4, using: &draws)
      rows = (0..<Int.random(in: 1...6, using: &draws)).map { _ in
        let amounts = (0..<Int.random(in: 0...size, using: &draws)).map { _ in
          (0..<Int.random(in: range, using: &draws)).reduce(Int.random(in: 1...9, using: &draws)) { sum, _ in sum * 10 }
        }
        return LossTableTests.row(amounts, failed: Int.random(in: 0...size, using: &draws),
                                  unknown: Int.random(in: 0...size, using: &draws))
      }
      isHidden = rows.map { _ in Int.random(in: 0..<8, using: &draws) == 0 }
    }
  }

  /// Of every count: what is told is 0 or enough. Of what is left of the total when all that is told is taken away:
  /// there are two that it could be of, and it is 0 or enough itself. Of a sum the same, and no case is more than half.
  @Test func nothingHiddenFollowsFromWhatIsTold() {
    let seed = UInt64.random(in: 0 ... .max)
    var draws = SeededRandom(seed: seed)
    var (sums, hiddenSums) = (0, 0)
    for _ in 0..<5_000 {
      let made = Made(&draws)
      let told = LossTable(rows: made.rows, isHiddenElsewhere: made.isHidden, limit: made.limit)
        .results(isTotalTold: true)
      func isSafe(_ count: Int) -> Bool { count == 0 || count >= made.limit }
      for figure in [\EditionLosses.Result.cases, \.succeeded, \.failed, \.unknown] {
        let shown = [told.total[keyPath: figure]] + told.rows.map { $0[keyPath: figure] }
        #expect(shown.compactMap { $0 }.allSatisfy(isSafe), "seed \(seed)")
        guard let (rest, left) = Self.rest(told, figure) else { continue }
        #expect(left.count > 1 && isSafe(rest), "seed \(seed)")
      }
      for (result, isHidden) in zip(told.rows, made.isHidden) where isHidden {
        #expect(result.cases == nil && result.succeeded == nil && result.sum == nil, "seed \(seed)")
      }
      if let (rest, left) = Self.rest(told, \.cases) {
        #expect(rest - (left.count - 1) >= made.limit, "each could be enough; seed \(seed)")
      }
      expectSumsAreOfEnough(told, made, seed)
      sums += told.rows.count { $0.sum != nil }
      hiddenSums += told.rows.count { $0.sum == nil }
    }
    #expect(sums > 1_000 && hiddenSums > 1_000)
  }

  private func expectSumsAreOfEnough(_ told: (total: EditionLosses.Result, rows: [EditionLosses.Result]), _ made: Made,
                                     _ seed: UInt64) {
    func expect(_ rows: [LossTable.Row]) {
      let amounts = rows.flatMap { $0.amounts.flatMap { [Int](repeating: $0.key, count: $0.value) } }
      guard let most = amounts.max() else { return }
      #expect(amounts.count >= made.limit && 2 * most <= amounts.reduce(0, +), "seed \(seed)")
    }
    for (row, result) in zip(made.rows, told.rows) where result.sum != nil { expect([row]) }
    guard told.total.sum != nil else { return }
    expect(made.rows)
    guard let (_, left) = Self.rest(told, \.sum) else { return }
    #expect(left.count > 1, "seed \(seed)")
    expect(left.map { made.rows[$0] })
  }

  /// What is left of the total, and of which rows; nil where nothing is left or the total is hidden.
  private static func rest(_ told: (total: EditionLosses.Result, rows: [EditionLosses.Result]),
                           _ figure: KeyPath<EditionLosses.Result, Int?>) -> (count: Int, rows: [Int])? {
    guard let total = told.total[keyPath: figure] else { return nil }
    let left = told.rows.indices.filter { told.rows[$0][keyPath: figure] == nil }
    return left.isEmpty ? nil : (total - told.rows.reduce(0) { $0 + ($1[keyPath: figure] ?? 0) }, left)
  }
}
