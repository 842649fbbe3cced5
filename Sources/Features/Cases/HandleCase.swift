import Domain
import SQL

/// One step of one case, by whoever may do it: sign, refuse, dispatch, arrive, conclude, answer …
public struct HandleCase: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// What a caller asks; words go to the vault before they reach the journal.
  public struct Request: Sendable, Hashable {
    public let action: CaseCommand.Action
    /// Free words that belong to the action (a reason in full, what was done, what the reporter said).
    public let words: String?

    public init(_ action: CaseCommand.Action, words: String? = nil) {
      self.action = action
      self.words = words
    }
  }

  /// - Throws: `Rejection`, ``RequestKeyReused``. A case outside the caller's division is ``Rejection/unknownCase``:
  ///   that it exists is not theirs to know.
  public func callAsFunction(_ request: Request, case id: String, by actor: Actor, key: RequestKey? = nil)
    async throws -> CaseSummary
  {
    let words = try request.words.map { try note($0) }
    return try await site.database.write { connection in
      try site.once(key, on: connection) {
        let store = CaseStore(site: site, connection: connection)
        let before = try store.existing(id)
        guard CaseScope(actor).includes(before.state) else { throw Rejection.unknownCase }
        let step = request.action.step
        guard !Self.notByHand.contains(step) else { throw Rejection.notByRole(step: step, role: actor.role) }
        let action = try completed(request.action, note: words?.reference, before, connection)
        let after = try store.perform(action, on: before, by: actor, at: site.now())
        if let words, after.state.version > before.state.version {
          try site.vault.store(words, district: site.district, on: connection)
        }
        if case .judge(let wish) = action, after.state.version > before.state.version {
          try SamePlace(site: site, connection: connection)
            .markReturned(by: after.state.firstReport, of: id, kind: wish.kind, at: site.now())
        }
        return CaseSummary(after.state)
      }
    }
  }

  /// Steps that touch two cases at once: alone, a report would be in none, or in two. See ``MergeCases``.
  private static let notByHand: Set<Step> = [.joined, .parted, .merged, .unmerged, .returned]

  private func note(_ words: String) throws -> Vault.Sealed {
    guard words.count <= ReportLimits.textCharactersMax else { throw ReportFault.textTooLong }
    return try site.vault.seal(CaseNote(text: words), as: site.makeID())
  }

  /// Adds what only the installation knows: the note's reference, the repeats at the same place.
  private func completed(
    _ action: CaseCommand.Action, note: String?, _ record: CaseRecord, _ connection: any Connection
  ) throws -> CaseCommand.Action {
    switch action {
    case .judge(let wish):
      let repeats = try SamePlace(site: site, connection: connection)
        .earlierReports(of: record.state.reports.map(\.facts), kind: wish.kind)
      return .judge(.init(kind: wish.kind, severity: wish.severity, basis: wish.basis, certainty: wish.certainty,
                          repeats: repeats))
    case .refuse(let reason, _): return .refuse(reason: reason, note: note)
    case .conclude(let outcome, _): return .conclude(outcome, note: note)
    case .answer(let channel, _): return .answer(channel: channel, note: note)
    case .complain: return .complain(note: note)
    case .reopen(let reason, _): return .reopen(reason: reason, note: note)
    case .handBack(let reason, _): return .handBack(reason: reason, note: note)
    case .pause(let reason, _): return .pause(reason: reason, note: note)
    case .rectify: return .rectify(note: note)
    default: return action
    }
  }
}

/// Words that somebody added to a case, as the vault holds them.
public struct CaseNote: Sendable, Hashable, Codable {
  public let text: String
}
