import Domain
import SQL

/// Erases what the vault holds of somebody: the entry and its key go, the journal keeps that there was one, and every
/// hash stays valid.
public struct EraseEntry: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// Raw values are storage formats.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// The person asked for it; the pack's time has passed; it should never have been written down.
    case request, retention, mistake
  }

  /// By an administrator of the case's division.
  /// - Returns: false if it had been erased before.
  /// - Throws: ``EraseFault``; `Rejection.unknownCase` also where the case is not the caller's to see.
  @discardableResult
  public func callAsFunction(reference: String, case id: String, reason: Reason, by caller: Caller) async throws -> Bool
  {
    guard caller.may(.admin) else { throw EraseFault.notAllowed }
    return try await site.database.write { connection in
      let (state, references) = try VaultReferences.load(id, site, on: connection)
      guard CaseScope(caller.actor).includes(state) else { throw Rejection.unknownCase }
      guard references.contents[reference] != nil else { throw EraseFault.notOfThisCase }
      return try Self.erase(reference, reason, by: caller.actor.id, site, connection)
    }
  }

  /// Erases an entry and says so on its stream; false if there is none any more.
  static func erase(
    _ reference: String, _ reason: Reason, by actor: String, _ site: Installation, _ connection: any Connection
  ) throws -> Bool {
    let now = site.now()
    guard try site.vault.erase(reference, district: site.district, at: now.milliseconds, on: connection) else {
      return false
    }
    try AuditTrail(site: site, connection: connection).append(
      "erased", Erased(reason: reason.rawValue), to: AuditTrail.vault(reference), by: actor, at: now)
    return true
  }

  /// Names and fields are storage formats.
  private struct Erased: Encodable {
    let reason: String
  }
}

/// Why nothing was erased.
public enum EraseFault: Error, Sendable, Hashable {
  case notAllowed
  case notOfThisCase
}
