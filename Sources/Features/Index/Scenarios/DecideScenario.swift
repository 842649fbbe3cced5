import Domain
import Journal
import SQL

/// Accepts or refuses a scenario that an edition suggests, or decides anew. The edition itself never changes.
public struct DecideScenario: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Request: Sendable, Hashable {
    public let verdict: ScenarioVerdict
    /// The number of the edition that lies before whoever decides.
    public let edition: Int
    public let reason: String
    /// The reason in full; goes to the vault.
    public let words: String?

    public init(_ verdict: ScenarioVerdict, edition: Int, reason: String, words: String? = nil) {
      self.verdict = verdict
      self.edition = edition
      self.reason = reason
      self.words = words
    }
  }

  /// - Returns: the version of the scenario after it.
  /// - Throws: `ScenarioRejection`, ``ScenarioUnknown``, ``ReportFault/textTooLong``, ``RequestKeyReused``.
  @discardableResult
  public func callAsFunction(_ request: Request, scenario id: String, by actor: Actor, key: RequestKey? = nil)
    async throws -> Int
  {
    let edition = try await EditionStore(site).edition(request.edition)
    guard let edition, let suggested = edition.scenarios.first(where: { $0.scenario.id == id }) else {
      throw ScenarioUnknown()
    }
    let words = request.words ?? ""
    guard words.count <= ReportLimits.textCharactersMax else { throw ReportFault.textTooLong }
    // A request that can be repeated names its entry by its key.
    let note = try words.isEmpty ? nil : site.vault.seal(CaseNote(text: words), as: key?.identifier ?? site.makeID())
    let command = ScenarioCommand(
      request.verdict, suggested.scenario, evidence: suggested.evidence(of: edition), reason: request.reason,
      note: note?.reference, by: actor)
    return try await site.database.write { connection in
      try site.once(key, on: connection) {
        let before = try ScenarioRecord.read(id, of: site, on: connection)
        let events = try ScenarioDecider(pack: site.pack).decide(command, before?.state)
        guard !events.isEmpty else { return before?.version ?? 0 }
        // A stream's time never runs backwards, whatever a node's clock says.
        let at = max(site.now(), before?.lastAt ?? site.now())
        _ = try site.journal.append(
          events.map(ScenarioRecord.encode), to: ScenarioRecord.stream(id), expecting: before?.version ?? 0,
          previous: before?.lastHash, at: at.milliseconds, actor: actor.id, on: connection)
        if let note { try site.vault.store(note, district: site.district, on: connection) }
        guard let after = try ScenarioRecord.read(id, of: site, on: connection) else { throw ScenarioUnknown() }
        try ScenarioViews.table.upsert([ScenarioViews.row(after)], district: site.district, on: connection)
        return after.version
      }
    }
  }
}

/// No edition of that number suggests such a scenario, or nobody decided about it.
public struct ScenarioUnknown: Error, Sendable, Hashable {
  public init() {}
}
