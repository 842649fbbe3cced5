import Crypto
import Domain
import Features
import Journal
import SQL
import Testing

extension TestSite {
  func report(_ text: String, kind: String? = nil, door: String = "12345", at point: Coordinate = SmallCity.inEast)
    async throws -> Receipt
  {
    try await ReceiveReport(site)(
      IncomingReport(door: door, kind: kind, text: text, coordinate: point), by: Self.actor(.operator))
  }

  @discardableResult
  func handle(_ action: CaseCommand.Action, _ id: String, by actor: Actor, words: String? = nil) async throws
    -> CaseSummary
  {
    try await HandleCase(site)(.init(action, words: words), case: id, by: actor)
  }

  /// A noise case in East that went all the way.
  func closedCase(door: String) async throws -> Receipt {
    let receipt = try await report("装修噪音", kind: "noise.renovation", door: door)
    let east = Self.actor(.agency, agency: "town-east")
    for action in [
      CaseCommand.Action.sign, .conclude(.handled, note: nil), .answer(channel: "phone", note: nil),
    ] {
      try await handle(action, receipt.case, by: east)
    }
    try await handle(.close, receipt.case, by: Self.actor(.operator))
    return receipt
  }

  /// All rates of all time, as of now.
  func rates() async throws -> [Rate: ReadRates.Line] {
    let query = ReadRates.Query(from: Instant(milliseconds: 0), to: clock.now + .days(1), asOf: clock.now)
    let lines = try await ReadRates(site)(query, for: Self.actor(.system))
    return Dictionary(uniqueKeysWithValues: lines.map { ($0.rate, $0) })
  }

  /// Journal and views hold, and a rebuild changes nothing.
  func expectWhole() async throws {
    let verify = VerifyInstallation(site, trusting: [])
    #expect(try await verify().faults == [])
    _ = try await RebuildViews(site)()
    #expect(try await verify().faults == [])
  }

  /// Until followers may see all that was committed: on PostgreSQL that is when every older transaction of the server,
  /// those of other tests included, has ended.
  func untilSettled() async throws {
    let journal = site.journal
    let last = try await site.database.read { connection in
      try connection.first("SELECT xact, sequence FROM journal ORDER BY xact DESC, sequence DESC LIMIT 1") {
        Position(transaction: $0.integer(0), sequence: $0.integer(1))
      }
    }
    while try await site.database.read({ try journal.head(on: $0) }) < last ?? .start {}
  }
}
