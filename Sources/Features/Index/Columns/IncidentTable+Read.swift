import Domain
import SQL

extension IncidentTable {
  /// All reports that were said in a period, straight from the views: the cost follows the number of rows.
  /// - Parameters:
  ///   - to: exclusive.
  ///   - division: with all below; nil for the whole district.
  public static func read(from: Instant, to: Instant, division: String? = nil, of site: Installation) async throws
    -> IncidentTable
  {
    try await site.database.read { try read(from: from, to: to, division: division, of: site, on: $0) }
  }

  static func read(from: Instant, to: Instant, division: String?, of site: Installation, on connection: any Connection)
    throws -> IncidentTable
  {
    let area: Statement = division.map { " AND \(.within("r.division", $0))" } ?? ""
    let frame = IncidentFrame(site.pack)
    var table = IncidentTable()
    try connection.forEach(
      """
      SELECT \(Incident.columns) FROM case_reports r
      WHERE r.district = \(site.district) AND r.said_at >= \(from) AND r.said_at < \(to)\(area)
      ORDER BY r.said_at, r.id
      """
    ) { table.append(Incident(row: $0), frame) }
    return table
  }
}
