/// Which counts of a table may leave the house when their sum is known as well.
///
/// A count from 1 up to below a limit is hidden. So that nobody finds it by subtraction, the smallest others are hidden
/// with it until at least two are, and until each of the hidden ones could, for all that the rest tells, be as high as
/// the limit: with m hidden ones of sum S, S − (m − 1) ≥ limit. A count of 0 is shown.
/// Source: L. Willenborg, T. de Waal, Elements of Statistical Disclosure Control (2001), chapter 4, for one table.
public enum Suppression {
  /// - Parameters:
  ///   - counts: that add up to what is published elsewhere.
  ///   - hiding: those that may not be shown whatever they are; none where it is left out.
  /// - Returns: for each count whether it may be shown.
  public static func shown(_ counts: [Int], below limit: Int, hiding: [Bool] = []) -> [Bool] {
    var isShown = counts.indices.map { index in
      (counts[index] == 0 || counts[index] >= limit) && !(hiding.indices.contains(index) && hiding[index])
    }
    var hidden = counts.indices.count { !isShown[$0] }
    guard hidden > 0 else { return isShown }
    var sum = counts.indices.reduce(0) { isShown[$1] ? $0 : $0 + counts[$1] }
    let others = counts.indices.filter { isShown[$0] && counts[$0] > 0 }
      .sorted { (counts[$0], $0) < (counts[$1], $1) }
    for other in others {
      if hidden >= 2, sum - (hidden - 1) >= limit { break }
      isShown[other] = false
      hidden += 1
      sum += counts[other]
    }
    return isShown
  }

  /// The counts, those that are hidden as nil.
  public static func kept(_ counts: [Int], below limit: Int) -> [Int?] {
    zip(counts, shown(counts, below: limit)).map { $1 ? $0 : nil }
  }

  /// A total may be shown where it is 0 or no small count itself.
  public static func isShown(_ total: Int, below limit: Int) -> Bool { total == 0 || total >= limit }
}
