import Domain
import Journal
import SQL

/// Reads what somebody said, or who said it. Every look is an event on the entry's own stream, in the transaction that
/// reads: no look without its event.
///
/// Only for those who handle the case in person: whoever has ``Scope/vaultRead`` and sees the case; of agencies only
/// those that it is with, not one that refused it or handed it back; of squads only the one that was sent last.
public struct LookIntoVault: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// What an entry holds.
  public enum Words: Sendable, Hashable {
    case report(ReportWords)
    case note(CaseNote)
  }

  /// Why somebody looks. A choice and not free words: it stands in the journal, which is never erased.
  public enum Purpose: String, Sendable, Hashable, CaseIterable {
    /// To judge and assign the case; to work on it; to answer the reporter; to look into a complaint; to put right
    /// what was written down wrongly.
    case judge, handle, answer, complaint, correct
  }

  /// One look, as the journal keeps it.
  public struct Look: Sendable, Hashable {
    public let at: Instant
    public let actor: String
    public let purpose: String
  }

  /// - Parameters:
  ///   - reference: of the entry, as the case's events name it.
  ///   - purpose: the raw value of a ``Purpose``.
  /// - Throws: ``LookFault``; `Rejection.unknownCase` also where the case is not the caller's to see;
  ///   ``Vault/Failure`` where the entry was erased or does not fit the key.
  public func callAsFunction(reference: String, case id: String, purpose: String, by caller: Caller) async throws
    -> Words
  {
    guard let purpose = Purpose(rawValue: purpose) else { throw LookFault.unknownPurpose }
    guard caller.may(.vaultRead) else { throw LookFault.notAllowed }
    return try await site.database.write { connection in
      let (state, references) = try entries(of: id, for: caller.actor, on: connection)
      guard Self.needs(state, caller.actor) else { throw LookFault.notAllowed }
      guard let content = references.contents[reference] else { throw LookFault.notOfThisCase }
      // First the event: an erasure at the same time then either came before, or waits until this is done.
      try AuditTrail(site: site, connection: connection).append(
        "looked", Looked(case: id, purpose: purpose.rawValue), to: AuditTrail.vault(reference), by: caller.actor.id,
        at: site.now())
      return try open(content, reference, on: connection)
    }
  }

  /// Who has looked, the first one first: for whoever sees the case.
  public func looks(reference: String, case id: String, for actor: Actor) async throws -> [Look] {
    try await site.database.read { connection in
      let (_, references) = try entries(of: id, for: actor, on: connection)
      guard references.contents[reference] != nil else { throw LookFault.notOfThisCase }
      let events = try site.journal.read(stream: AuditTrail.vault(reference), on: connection)
      return try events.filter { $0.kind == "looked" }.map {
        Look(at: Instant(milliseconds: $0.at), actor: $0.actor, purpose: try AuditTrail.body(Looked.self, $0).purpose)
      }
    }
  }

  /// Names and fields are storage formats. The program's own looks have purposes of their own; see ``VaultTexts``.
  struct Looked: Codable {
    let `case`: String
    let purpose: String
  }

  private func open(_ content: VaultReferences.Content, _ reference: String, on connection: any Connection) throws
    -> Words
  {
    switch content {
    case .report:
      .report(try site.vault.open(ReportWords.self, reference, district: site.district, on: connection))
    case .note: .note(try site.vault.open(CaseNote.self, reference, district: site.district, on: connection))
    }
  }

  private func entries(of id: String, for actor: Actor, on connection: any Connection) throws
    -> (CaseState, VaultReferences)
  {
    let (state, references) = try VaultReferences.load(id, site, on: connection)
    guard CaseScope(actor).includes(state) else { throw Rejection.unknownCase }
    return (state, references)
  }

  private static func needs(_ state: CaseState, _ actor: Actor) -> Bool {
    guard Scope.of(actor.role).contains(.vaultRead) else { return false }
    guard actor.role == .agency else { return true }
    guard let agency = actor.agency, let assignment = state.assignment else { return false }
    return assignment.agency == agency || assignment.supporting.contains(agency)
  }
}

/// Why nobody may look.
public enum LookFault: Error, Sendable, Hashable {
  case unknownPurpose
  /// The role does not need it, the token was not made for it, or the case is no longer with the agency.
  case notAllowed
  case notOfThisCase
}
