import Dispatch
import SQL
import Synchronization

/// A database on which a transaction can be held just before its commit while later ones overtake it: what happens
/// between nodes on PostgreSQL, made to happen on purpose. (On SQLite, with its one writer, nothing can overtake.)
public final class LateDatabase: Database {
  /// The gate that the writes of this task stop at.
  @TaskLocal static var gate: CommitGate?

  private let base: any Database

  public init(_ base: any Database) { self.base = base }

  public var dialect: Dialect { base.dialect }

  public func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    try await base.read(body)
  }

  public func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T {
    guard let gate = Self.gate else { return try await base.write(body) }
    return try await base.write { connection in
      let answer = try body(connection)
      gate.waitUntilOpen()
      return answer
    }
  }

  public func wakes(channel: String) -> AsyncStream<Void> { base.wakes(channel: channel) }

  public func close() async { await base.close() }
}

/// Where one transaction waits for others to pass.
final class CommitGate: Sendable {
  private enum State {
    case untouched
    case awaited(CheckedContinuation<Void, Never>)
    case reached
  }

  private let state = Mutex(State.untouched)
  private let barrier = DispatchSemaphore(value: 0)

  /// Whoever overtakes may need a row that the waiting transaction has locked; then it goes on by itself.
  private static let patience = DispatchTimeInterval.milliseconds(40)

  /// On the thread of the transaction.
  func waitUntilOpen() {
    reach()
    _ = barrier.wait(timeout: .now() + Self.patience)
    barrier.signal()
  }

  /// The transaction stands at the gate, or will never come there.
  func reach() {
    let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
      defer { state = .reached }
      if case .awaited(let caller) = state { return caller }
      return nil
    }
    waiting?.resume()
  }

  func reached() async {
    await withCheckedContinuation { caller in
      let isThere = state.withLock { state in
        if case .reached = state { return true }
        state = .awaited(caller)
        return false
      }
      if isThere { caller.resume() }
    }
  }

  func open() { barrier.signal() }
}
