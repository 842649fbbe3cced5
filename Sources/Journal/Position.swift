/// A place in the order in which followers see the journal.
///
/// PostgreSQL hands out sequence numbers before a commit, so 100 may be seen while 99 is still being written. The
/// writing transaction's id comes first, therefore, and followers see a transaction only when every earlier one has
/// ended. On SQLite, with its one writer, the transaction is always 0.
public struct Position: Sendable, Hashable, Comparable {
  public let transaction: Int64
  public let sequence: Int64

  public init(transaction: Int64, sequence: Int64) {
    self.transaction = transaction
    self.sequence = sequence
  }

  /// Before every event.
  public static let start = Position(transaction: 0, sequence: 0)

  /// Reads the form `T-S` that ``text`` writes; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let transaction = Int64(parts[0]), let sequence = Int64(parts[1]),
      transaction >= 0, sequence >= 0
    else { return nil }
    self.init(transaction: transaction, sequence: sequence)
  }

  /// `T-S`, to be used as the id of a server-sent event.
  public var text: String { "\(transaction)-\(sequence)" }

  public static func < (left: Position, right: Position) -> Bool {
    (left.transaction, left.sequence) < (right.transaction, right.sequence)
  }
}
