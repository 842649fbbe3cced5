import Domain
import Statistics

/// The cases of some kinds in one period, what is known of their losses, and what of that may leave the house.
package struct LossTable {
  /// One kind, or several together.
  package struct Row {
    package var cases: Int
    package var failed: Int
    /// What those that succeeded cost: how many cost so much.
    package var amounts: [Int: Int]

    package init(cases: Int = 0, failed: Int = 0, amounts: [Int: Int] = [:]) {
      self.cases = cases
      self.failed = failed
      self.amounts = amounts
    }

    package var succeeded: Int { amounts.values.reduce(0, +) }
    var known: Int { failed + succeeded }
    var sum: Int { amounts.reduce(0) { $0 + $1.key * $1.value } }

    static func + (one: Row, other: Row) -> Row {
      Row(cases: one.cases + other.cases, failed: one.failed + other.failed,
          amounts: one.amounts.merging(other.amounts, uniquingKeysWith: +))
    }
  }

  let rows: [Row]
  /// Whose reports an edition hides elsewhere: nor does it tell the cases then.
  let isHiddenElsewhere: [Bool]
  let limit: Int

  package init(rows: [Row], isHiddenElsewhere: [Bool], limit: Int) {
    self.rows = rows
    self.isHiddenElsewhere = isHiddenElsewhere
    self.limit = limit
  }

  /// Nothing is told where that of the rest would follow from it: three tables, each within the one before. First
  /// cases, then which of them succeeded, then what these cost. A line that may not stand by itself is told together
  /// with others only, and they with it, in the line of all.
  package func results(isTotalTold: Bool) -> (total: EditionLosses.Result, rows: [EditionLosses.Result]) {
    let all = rows.reduce(Row(), +)
    var cases = Suppression.shown(rows.map(\.cases), below: limit, hiding: isHiddenElsewhere)
    let hidden = rows.indices.filter { !cases[$0] }
    let most = hidden.reduce(0) { $0 + rows[$1].cases } - (hidden.count - 1)
    guard isTotalTold, Suppression.isShown(all.cases, below: limit),
      hidden.isEmpty || hidden.count > 1 && most >= limit
    else {
      cases = cases.map { _ in false }
      return (Row().result(false, false, false), rows.map { $0.result(false, false, false) })
    }
    let outcomes = told(cases, weight: \.cases, isSafe: isOutcomeSafe)
    let amounts = outcomes.flatMap { told($0, weight: \.succeeded, isSafe: isAmountSafe) }
    return (
      all.result(true, outcomes != nil, amounts != nil),
      rows.indices.map {
        rows[$0].result(cases[$0], outcomes?[$0] ?? false, amounts?[$0] ?? false)
      }
    )
  }

  private func isOutcomeSafe(_ row: Row) -> Bool {
    [row.succeeded, row.failed, row.cases - row.known].allSatisfy { Suppression.isShown($0, below: limit) }
  }

  /// A sum of few, or one of which a single case makes up more than half, would tell what that one cost.
  private func isAmountSafe(_ row: Row) -> Bool {
    guard let most = row.amounts.keys.max() else { return true }
    return row.succeeded >= limit && 2 * most <= row.sum
  }

  /// Which rows may be told by themselves, where the sum over all rows is told too: those left out are, taken together,
  /// as safe as those that are told.
  /// - Returns: nil where not even all together may be told.
  private func told(_ candidates: [Bool], weight: (Row) -> Int, isSafe: (Row) -> Bool) -> [Bool]? {
    var isTold = rows.indices.map { candidates[$0] && isSafe(rows[$0]) }
    var left = rows.indices.filter { !isTold[$0] }
    guard !left.isEmpty else { return isTold }
    let others = rows.indices.filter { isTold[$0] && weight(rows[$0]) > 0 }
      .sorted { (weight(rows[$0]), $0) < (weight(rows[$1]), $1) }
    for other in others {
      if left.count > 1, isSafe(left.reduce(Row()) { $0 + rows[$1] }) { break }
      isTold[other] = false
      left.append(other)
    }
    return left.count > 1 && isSafe(left.reduce(Row()) { $0 + rows[$1] }) ? isTold : nil
  }
}

extension LossTable.Row {
  fileprivate func result(_ tellsCases: Bool, _ tellsOutcomes: Bool, _ tellsAmounts: Bool) -> EditionLosses.Result {
    let isKnown = tellsOutcomes && known > 0
    let interval = isKnown ? Wilson.interval(hits: succeeded, of: known) : nil
    return .init(
      cases: tellsCases ? cases : nil, succeeded: tellsOutcomes ? succeeded : nil, failed: tellsOutcomes ? failed : nil,
      share: isKnown ? (Double(succeeded) / Double(known)).rounded(digits: 3) : nil,
      low: interval?.lowerBound.rounded(digits: 3), high: interval?.upperBound.rounded(digits: 3),
      sum: tellsAmounts ? sum : nil, median: tellsAmounts ? median : nil)
  }

  /// Of an even number the mean of the two in the middle, as two digits again.
  private var median: Int? {
    let count = succeeded
    guard count > 0 else { return nil }
    let sorted = amounts.sorted { $0.key < $1.key }
    func amount(_ place: Int) -> Int {
      var end = 0
      for (yuan, cases) in sorted {
        end += cases
        if place < end { return yuan }
      }
      return 0
    }
    return Loss.rounded((amount((count - 1) / 2) + amount(count / 2)) / 2)
  }
}
