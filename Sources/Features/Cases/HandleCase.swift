import Domain
import SQL

/// One step of one case, by whoever may do it: sign, refuse, dispatch, arrive, conclude, answer …
public struct HandleCase: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// What a caller asks; words go to the vault before they reach the journal.
  public struct Request: Sendable, Hashable {
    public let action: CaseCommand.Action
    /// What belongs to the action: a reason in full, what was done, what the reporter said.
    public let note: CaseNote?
    public let phone: PhoneClock?

    public init(_ action: CaseCommand.Action, words: String? = nil) {
      self.init(action, note: words.map { CaseNote(text: $0) })
    }

    public init(_ action: CaseCommand.Action, note: CaseNote?, phone: PhoneClock? = nil) {
      self.action = action
      self.note = note
      self.phone = phone
    }
  }

  /// What a phone says of a step that it kept, both by its own clock.
  public struct PhoneClock: Sendable, Hashable {
    public let doneAt: Instant
    public let sentAt: Instant

    public init(doneAt: Instant, sentAt: Instant) {
      self.doneAt = doneAt
      self.sentAt = sentAt
    }
  }

  /// - Throws: `Rejection`, ``RequestKeyReused``. A case outside the caller's division is ``Rejection/unknownCase``:
  ///   that it exists is not theirs to know.
  public func callAsFunction(_ request: Request, case id: String, by actor: Actor, key: RequestKey? = nil)
    async throws -> CaseSummary
  {
    let note = try request.note.map { try sealed($0, of: id, key) }
    return try await site.database.write { connection in
      try site.once(key, on: connection) {
        let store = CaseStore(site: site, connection: connection)
        let before = try store.existing(id)
        guard CaseScope(actor).includes(before.state) else { throw Rejection.unknownCase }
        let step = request.action.step
        guard !Self.notByHand.contains(step) else { throw Rejection.notByRole(step: step, role: actor.role) }
        let action = try completed(request.action, note: note?.reference, before, connection)
        let now = site.now()
        let own = request.phone.map { OwnTime(at: $0.doneAt, sentAt: $0.sentAt, receivedAt: now) }
        let after = try store.perform(action, on: before, by: actor, at: now, own: own)
        if let note, after.state.version > before.state.version {
          try site.vault.store(note, district: site.district, on: connection)
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

  /// A request that can be repeated names its entry by its key: a step that a phone sends again after days, when the
  /// key itself is long forgotten, is still known by the entry that it left.
  private func sealed(_ note: CaseNote, of id: String, _ key: RequestKey?) throws -> Vault.Sealed {
    let texts = [note.text, note.mediation?.agreement].compactMap { $0 } + (note.mediation?.parties.map(\.name) ?? [])
    guard texts.allSatisfy({ $0.count <= ReportLimits.textCharactersMax }) else { throw ReportFault.textTooLong }
    return try site.vault.seal(note, as: key?.identifier ?? site.makeID())
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
    case .conclude(let outcome, _, let loss): return .conclude(outcome, note: note, loss: loss)
    case .answer(let channel, _): return .answer(channel: channel, note: note)
    case .complain: return .complain(note: note)
    case .reopen(let reason, _): return .reopen(reason: reason, note: note)
    case .handBack(let reason, _): return .handBack(reason: reason, note: note)
    case .pause(let reason, _): return .pause(reason: reason, note: note)
    case .rectify: return .rectify(note: note)
    case .addNote: return .addNote(note: note)
    default: return action
    }
  }
}
