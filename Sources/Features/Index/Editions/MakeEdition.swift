import Crypto
import Domain
import Foundation
import SQL

/// Makes an edition of the safety index from the reports of an installation, and freezes it.
public struct MakeEdition: Sendable {
  public enum Fault: Error, Sendable {
    /// The pack in force has no `index.json`.
    case noDefinition
    case unknownDivision(String)
  }

  private let site: Installation
  private let incidents: IncidentStore

  /// - Parameter incidents: brought up to date before it is read.
  public init(_ site: Installation, incidents: IncidentStore) {
    self.site = site
    self.incidents = incidents
  }

  /// - Throws: ``Fault``.
  public func callAsFunction(_ query: EditionQuery) async throws -> Edition {
    if let code = query.division, site.pack.division(code) == nil { throw Fault.unknownDivision(code) }
    try await incidents.refresh()
    let words = try await words(query)
    let losses = (now: try await losses(query.days, query.division),
                  before: try await losses(query.before, query.division))
    let made = try await LongWork.run {
      let now = try table(query.days, query.division)
      let before = try table(query.before, query.division)
      return EditionMaker.edition(now: now, before: before, query, pack: site.pack, words: words,
                                  losses: losses)
    }
    guard let edition = made else { throw Fault.noDefinition }
    try Task.checkCancellation()
    return try await EditionStore(site).freeze(edition)
  }

  /// Words are counted by months: those of the whole months of the period, beside as many of the one before.
  private func words(_ query: EditionQuery) async throws -> [EditionWord] {
    guard let months = Self.months(query.days) else { return [] }
    let read = ReadWords(site)
    let found = try await read(months: months, before: Self.months(query.before), division: query.division,
                               reportsMin: max(ReadWords.reportsMin, site.pack.editions?.suppressBelow ?? 0))
    return found.prefix(Self.wordsMax)
      .map { EditionWord(word: $0.word, reports: $0.reports, before: $0.before, z: $0.z.short) }
  }

  private static let wordsMax = 300

  /// Nil where no month lies in it as a whole.
  private static func months(_ days: ClosedRange<CivilDate>) -> ClosedRange<Int>? {
    let (first, end) = (days.lowerBound, days.upperBound.adding(days: 1))
    let begun = CountMonth(day: first.dayNumber)
    let whole = begun.first == first ? begun : begun.next
    let last = CountMonth(day: end.dayNumber).number - 1
    return whole.number <= last ? whole.number...last : nil
  }

  /// Cases by kind and loss: as few rows as there are figures of two digits.
  private func losses(_ days: ClosedRange<CivilDate>, _ division: String?) async throws -> [LossCount] {
    let zone = site.pack.calendar.zone
    let (from, to) = (zone.instant(days.lowerBound), zone.instant(days.upperBound.adding(days: 1)))
    let inside: Statement = division.map { " AND \(Statement.within("division", $0))" } ?? ""
    return try await site.database.read { connection in
      try connection.all(
        """
        SELECT kind, yuan, COUNT(*) FROM case_losses
        WHERE district = \(site.district) AND said_at >= \(from) AND said_at < \(to)\(inside) GROUP BY kind, yuan
        """
      ) { LossCount(kind: $0.text(0), yuan: $0.int(1), cases: $0.int(2)) }
    }
  }

  private func table(_ days: ClosedRange<CivilDate>, _ division: String?) throws -> IncidentTable {
    let zone = site.pack.calendar.zone
    return try incidents.table(
      from: zone.instant(days.lowerBound), to: zone.instant(days.upperBound.adding(days: 1)), division: division)
  }
}

extension Edition {
  /// SHA-256 over all that it says, without its number and the checkpoint that it got with it.
  var fingerprint: String {
    get throws {
      var bare = self
      bare.number = 0
      bare.source.checkpoint = nil
      bare.source.root = nil
      return SHA256.hash(data: try SortedJSON.encode(bare)).hexadecimal
    }
  }
}
