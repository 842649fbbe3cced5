import Domain
import SQL

/// Gives documents their numbers: from 1 for each sort and year of the city's calendar, in the transaction that issues
/// the document, so that what is undone takes its number back and no two bear the same one.
///
/// The counter is a row; whoever issues next waits for it until the transaction before has ended. The truth is the
/// number in the event's body: a rebuild counts anew from there.
struct DocumentNumbers {
  let site: Installation
  let connection: any Connection

  /// The events, those numbered that are documents.
  func number(_ events: [CaseEvent], at: Instant) throws -> [CaseEvent] {
    guard let rules = site.pack.documents else { return events }
    let year = site.pack.calendar.zone.local(at).date.parts.year
    return try events.map { event in
      guard let sort = event.documentSort, rules.forms[sort] != nil else { return event }
      let number = try next(sort, year)
      return event.numbered(
        .init(year: year, number: number, text: rules.text(sort, year: year, number: number) ?? ""))
    }
  }

  private func next(_ sort: DocumentRules.Sort, _ year: Int) throws -> Int {
    let number = try connection.first(
      """
      INSERT INTO document_numbers (district, sort, year, last) VALUES (\(site.district), \(sort.rawValue), \(year), 1)
      ON CONFLICT (district, sort, year) DO UPDATE SET last = document_numbers.last + 1
      RETURNING last
      """
    ) { $0.int(0) }
    guard let number else { throw DatabaseError.failed("document_numbers: no number") }
    return number
  }

  /// Counts anew from the documents that there are.
  func recount() throws {
    try connection.run("DELETE FROM document_numbers WHERE district = \(site.district)")
    try connection.run(
      """
      INSERT INTO document_numbers (district, sort, year, last)
      SELECT d.district, d.sort, d.year, MAX(d.number) FROM case_documents d WHERE d.district = \(site.district)
      GROUP BY d.district, d.sort, d.year
      """)
  }

  /// The sorts and years whose numbers have a gap, or whose counter stands elsewhere.
  func gaps() throws -> [(sort: String, year: Int)] {
    try connection.all(
      """
      SELECT d.sort, d.year FROM (
        SELECT sort, year, COUNT(*) AS count, MAX(number) AS top FROM case_documents
        WHERE district = \(site.district) GROUP BY sort, year) d
      LEFT JOIN document_numbers n ON n.district = \(site.district) AND n.sort = d.sort AND n.year = d.year
      WHERE d.count <> d.top OR n.last IS NULL OR n.last <> d.top
      ORDER BY d.sort, d.year
      """
    ) { ($0.text(0), $0.int(1)) }
  }

  static let migrations: [Migration] = [
    Migration(
      "oversight/2 document numbers",
      """
      CREATE TABLE document_numbers (
        district TEXT NOT NULL, sort TEXT NOT NULL, year BIGINT NOT NULL, last BIGINT NOT NULL,
        PRIMARY KEY (district, sort, year));
      """)
  ]
}
