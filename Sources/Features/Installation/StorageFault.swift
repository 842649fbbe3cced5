import SQL

/// What the layers above need to know of an error of the storage: whether to try again later.
public enum StorageFault: Error, Sendable, Hashable {
  /// The database cannot be reached, or was too busy; the same request may succeed later.
  case unavailable
  /// A mistake of ours.
  case failed

  /// Nil for an error that is not the storage's.
  public init?(_ error: any Error) {
    guard let error = error as? DatabaseError else { return nil }
    switch error {
    case .conflict, .unavailable: self = .unavailable
    case .constraint, .failed: self = .failed
    }
  }
}
