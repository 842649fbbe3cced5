import Domain
import SQL

/// The same kind at the same place: what makes a report a repeat report, and what revokes an earlier closure.
struct SamePlace {
  let site: Installation
  let connection: any Connection

  /// For each report of a case that has one, the latest earlier report within the pack's window.
  func earlierReports(of reports: [ReportFacts], kind: String) throws -> [String: String] {
    var repeats: [String: String] = [:]
    for report in reports {
      guard let place = CaseViews.placeKey(report, site.pack.grid) else { continue }
      let since = report.receivedAt - site.pack.windows.repeatReport
      let earlier = try connection.first(
        """
        SELECT id FROM case_reports
        WHERE district = \(site.district) AND place_key = \(place) AND kind = \(kind)
          AND received_at >= \(since) AND received_at < \(report.receivedAt)
        ORDER BY received_at DESC LIMIT 1
        """
      ) { $0.text(0) }
      if let earlier { repeats[report.id] = earlier }
    }
    return repeats
  }

  /// Marks the earlier closures of the same kind at the same place whose return window still runs.
  /// - Parameters:
  ///   - report: the first report of the new case `id`.
  func markReturned(by report: ReportFacts, of id: String, kind: String, at: Instant) throws {
    guard let place = CaseViews.placeKey(report, site.pack.grid) else { return }
    let since = report.receivedAt - site.pack.windows.returnFlow
    let closed = try connection.all(
      """
      SELECT DISTINCT case_id FROM case_reports
      WHERE district = \(site.district) AND place_key = \(place) AND kind = \(kind)
        AND closed_at >= \(since) AND closed_at < \(report.receivedAt) AND case_id <> \(id)
      """
    ) { $0.text(0) }
    let actor = Actor(id: "system:return-flow", role: .system, division: site.district)
    let mark = CaseEvent.Returned(report: report.id, case: id, isPoliceDoor: report.isPoliceDoor)
    let store = CaseStore(site: site, connection: connection)
    for closed in closed { try store.perform(.markReturned(mark), on: closed, by: actor, at: at) }
  }
}
