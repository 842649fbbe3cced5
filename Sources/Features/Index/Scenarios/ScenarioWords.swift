import Domain
import SQL

/// What somebody wrote of a decision about a scenario. It is not to tell of persons, but who writes freely may: so it lies
/// in the vault, each look is journalled, and it can be erased.
public struct ScenarioWords: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// - Parameter reference: as a decision names it.
  /// - Throws: ``ScenarioUnknown``, ``LookFault``; ``Vault/Failure`` where it was erased.
  public func look(_ reference: String, scenario id: String, by actor: Actor) async throws -> String {
    guard ListScenarios.readers.contains(actor.role) else { throw LookFault.notAllowed }
    return try await site.database.write { connection in
      _ = try scenario(id, with: reference, on: connection)
      // First the event: an erasure at the same time then either came before, or waits until this is done.
      try AuditTrail(site: site, connection: connection).append(
        "looked", Looked(scenario: id), to: AuditTrail.vault(reference), by: actor.id, at: site.now())
      return try site.vault.open(CaseNote.self, reference, district: site.district, on: connection).text
    }
  }

  /// By an administrator of the place's division.
  /// - Returns: false if it had been erased before.
  /// - Throws: ``ScenarioUnknown``, ``LookFault/notOfThisCase``, ``EraseFault/notAllowed``.
  @discardableResult
  public func erase(_ reference: String, scenario id: String, reason: EraseEntry.Reason, by caller: Caller)
    async throws -> Bool
  {
    guard caller.may(.admin) else { throw EraseFault.notAllowed }
    return try await site.database.write { connection in
      let scenario = try scenario(id, with: reference, on: connection)
      guard site.pack.isPlace(scenario.place, within: caller.actor.division) else { throw EraseFault.notAllowed }
      return try EraseEntry.erase(reference, reason, by: caller.actor.id, site, connection)
    }
  }

  /// Names and fields are storage formats.
  private struct Looked: Encodable {
    let scenario: String
  }

  private func scenario(_ id: String, with reference: String, on connection: any Connection) throws -> Scenario {
    guard let state = try ScenarioRecord.read(id, of: site, on: connection)?.state else { throw ScenarioUnknown() }
    guard state.decisions.contains(where: { $0.body.note == reference }) else { throw LookFault.notOfThisCase }
    return state.scenario
  }
}
