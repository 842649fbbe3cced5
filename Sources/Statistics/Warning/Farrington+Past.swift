extension Farrington {
  /// The weeks that a week is judged by: the windows around the same week of past years are the last level of the
  /// season; what lies between two windows is cut into the other levels, as evenly as whole weeks allow.
  func past(of week: Int, _ counts: [Int]) -> SeasonFit.Data {
    var chosen: [(week: Int, level: Int)] = []
    for year in (1...years).reversed() {
      let same = week - year * Self.weeksOfYear
      for near in same - halfWindow...same + halfWindow { chosen.append((near, levels - 1)) }
      guard levels > 1 else { continue }
      let between = same + halfWindow + 1..<same + Self.weeksOfYear - halfWindow
      let (each, longer) = between.count.quotientAndRemainder(dividingBy: levels - 1)
      var next = between.lowerBound
      for level in 0..<levels - 1 {
        for near in next..<next + each + (level < longer ? 1 : 0) { chosen.append((near, level)) }
        next += each + (level < longer ? 1 : 0)
      }
    }
    chosen.removeAll { $0.week >= week - weeksLeftOut }
    return SeasonFit.Data(
      counts: chosen.map { Double(counts[$0.week]) }, times: chosen.map { Double($0.week) },
      groups: chosen.map(\.level), groupCount: levels)
  }
}
