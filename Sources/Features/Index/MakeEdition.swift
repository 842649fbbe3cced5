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

  public init(_ site: Installation) { self.site = site }

  /// - Throws: ``Fault``.
  public func callAsFunction(_ query: EditionQuery) async throws -> Edition {
    if let code = query.division, site.pack.division(code) == nil { throw Fault.unknownDivision(code) }
    let now = try await table(query.days, query.division)
    let before = try await table(query.before, query.division)
    guard let edition = EditionMaker.edition(now: now, before: before, query, pack: site.pack) else {
      throw Fault.noDefinition
    }
    return try await EditionStore(site).freeze(edition)
  }

  private func table(_ days: ClosedRange<CivilDate>, _ division: String?) async throws -> IncidentTable {
    let zone = site.pack.calendar.zone
    return try await IncidentTable.read(
      from: zone.instant(days.lowerBound), to: zone.instant(days.upperBound.adding(days: 1)), division: division,
      of: site)
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
