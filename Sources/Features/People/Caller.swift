import Domain

/// Somebody who has proved who they are, for the length of one request.
public struct Caller: Sendable, Hashable {
  public let actor: Actor
  public let scopes: Set<Scope>
  /// To be shown to the caller itself; never written to journal or log.
  public let displayName: String
  /// A program with a token rather than a person with a session.
  public let isToken: Bool

  /// - Parameter scopes: nil for all that the role has; more than that is cut off.
  public init(actor: Actor, scopes: Set<Scope>? = nil, displayName: String, isToken: Bool) {
    self.actor = actor
    let all = Scope.of(actor.role)
    self.scopes = scopes.map(all.intersection) ?? all
    self.displayName = displayName
    self.isToken = isToken
  }

  public func may(_ scope: Scope) -> Bool { scopes.contains(scope) }
}
