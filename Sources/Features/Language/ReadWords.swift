import Domain
import SQL
import Statistics

/// Words of a period beside those of another: how many reports had each, and which rose.
public struct ReadWords: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Word: Sendable, Hashable, Codable {
    public let word: String
    /// Reports of the period that have it, and of the one before.
    public let reports: Int
    public let before: Int
    /// How far it sets the period apart from the one before, in standard errors; see `WordContrast`.
    public let z: Double
  }

  /// A word in fewer reports never leaves.
  public static let reportsMin = 5

  /// - Parameters:
  ///   - months: first and last of the period, as ``monthNumber(year:month:)`` counts them.
  ///   - before: of the one it is set against; nil for none, z is then 0.
  ///   - kinds: codes of the pack; each counts with what is below it. Nil for all.
  ///   - division: with what is below it; nil for all.
  /// - Returns: the most frequent first, then by name.
  public func callAsFunction(
    months: ClosedRange<Int>, before: ClosedRange<Int>? = nil, kinds: [String]? = nil, division: String? = nil,
    reportsMin: Int = ReadWords.reportsMin
  ) async throws -> [Word] {
    let now = try await counts(months, kinds, division)
    let then = if let before { try await counts(before, kinds, division) } else { [String: Int]() }
    let words = Set(now.keys).union(then.keys).filter { max(now[$0] ?? 0, then[$0] ?? 0) >= reportsMin }.sorted()
    let counts = words.map { now[$0] ?? 0 }
    let others = words.map { then[$0] ?? 0 }
    let z = then.isEmpty || words.isEmpty
      ? [Double](repeating: 0, count: words.count)
      : WordContrast.z(
        counts: counts, others: others, background: zip(counts, others).map { $0 + $1 }, priorSize: Self.priorSize)
    return words.indices.filter { counts[$0] >= reportsMin }.map {
      Word(word: words[$0], reports: counts[$0], before: others[$0] >= reportsMin ? others[$0] : 0, z: z[$0])
    }.sorted { ($1.reports, $0.word) < ($0.reports, $1.word) }
  }

  /// The prior weighs as much as so many words: enough that a word seen five times does not win by chance.
  private static let priorSize = 500.0

  public static func monthNumber(year: Int, month: Int) -> Int { CountMonth(year: year, month: month).number }

  private func counts(_ months: ClosedRange<Int>, _ kinds: [String]?, _ division: String?) async throws
    -> [String: Int]
  {
    let rows = try await site.database.read { connection in
      try connection.all(
        """
        SELECT word, kind, division, SUM(reports) FROM word_counts
        WHERE district = \(site.district) AND month >= \(months.lowerBound) AND month <= \(months.upperBound)
        GROUP BY word, kind, division
        """
      ) { ($0.text(0), $0.text(1), $0.text(2), $0.int(3)) }
    }
    var counts: [String: Int] = [:]
    for (word, kind, place, reports) in rows {
      if let division, !CountQuestion.isDivision(place, within: division) { continue }
      if let kinds, !kinds.contains(where: { Kind.isCode(kind, within: $0) }) { continue }
      counts[word, default: 0] += reports
    }
    return counts
  }
}
