import Crypto
import Domain
import Foundation

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
    let now = try table(query.days, query.division)
    let before = try table(query.before, query.division)
    guard let edition = EditionMaker.edition(now: now, before: before, query, pack: site.pack) else {
      throw Fault.noDefinition
    }
    return try await EditionStore(site).freeze(edition)
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
      return SHA256.hash(data: try SortedJSON.encode(bare))
        .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
  }
}
