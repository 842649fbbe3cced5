import Domain
import SQL

/// What people said, read for learning and counting: each look is an event on the entry's own stream, in the
/// transaction that reads, as a person's is. Only reports of cases that have ended, whose kind therefore stands.
struct VaultTexts {
  let site: Installation

  /// Raw values are storage formats, beside those of ``LookIntoVault/Purpose``.
  enum Purpose: String, Sendable {
    case train, count
  }

  struct Report: Sendable {
    let id: String
    let caseID: String
    let reference: String
    let kind: String
    let division: String
    let saidAt: Instant
    let isFirst: Bool
  }

  /// Looks in one transaction, so that intake never waits long.
  static let batch = 50
  static let actor = "system:language"

  /// - Returns: the text of each report, in order; nil where it was erased.
  func read(_ reports: [Report], for purpose: Purpose, on connection: any Connection) throws -> [String?] {
    try reports.map { report in
      do {
        let words = try site.vault.open(
          ReportWords.self, report.reference, district: site.district, on: connection)
        try AuditTrail(site: site, connection: connection).append(
          "looked", LookIntoVault.Looked(case: report.caseID, purpose: purpose.rawValue),
          to: AuditTrail.vault(report.reference), by: Self.actor, at: site.now())
        return words.text
      } catch Vault.Failure.erased {
        return nil
      }
    }
  }

  static func report(_ row: any Row) -> Report {
    Report(
      id: row.text(0), caseID: row.text(1), reference: row.text(2), kind: row.text(3), division: row.text(4),
      saidAt: Instant(milliseconds: row.integer(5)), isFirst: row.int(6) == 1)
  }
}
