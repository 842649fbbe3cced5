import Domain
import Journal
import SQL

/// Records of the past, taken over from elsewhere: each a case that is over, in the journal, the views and the vault
/// like any other, made ready without the database and written many at once.
struct RecordHistory: Sendable {
  let site: Installation
  let actor: Actor
  private let intake: ReceiveReport
  private let decider: CaseDecider

  init(_ site: Installation, by actor: Actor) {
    self.site = site
    self.actor = actor
    intake = ReceiveReport(site)
    decider = CaseDecider(pack: site.pack)
  }

  /// - Throws: ``ReportFault``, `Rejection`.
  func prepare(_ report: IncomingReport) throws -> FoundedCase {
    let prepared = try intake.prepare(report, isHistory: true)
    let kind = report.kind ?? prepared.triage.certain?.kind.code
    let event = try decider.record(prepared.facts, kind: kind, by: actor)
    let draft = try FoundedCase.Draft(id: prepared.caseID, founding: event, by: actor.id, at: site.now())
    return FoundedCase(draft, sealed: prepared.sealed, site: site)
  }
}
