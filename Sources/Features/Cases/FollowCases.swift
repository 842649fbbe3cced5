import Domain
import Journal
import SQL
import Synchronization

/// A place in the journal that a follower goes on from.
public struct FollowPosition: Sendable, Hashable, Comparable {
  let position: Position

  init(_ position: Position) { self.position = position }

  /// Reads what ``text`` writes; nil for anything else.
  public init?(_ text: String) {
    guard let position = Position(text) else { return nil }
    self.position = position
  }

  /// `T-S`.
  public var text: String { position.text }

  public static func < (left: FollowPosition, right: FollowPosition) -> Bool { left.position < right.position }
}

/// What happened to a case, with the case as it was right then.
public struct CaseChange: Sendable, Hashable {
  public let position: FollowPosition
  public let step: Step
  public let at: Instant
  public let state: CaseState
}

/// Follows the journal's tail as changes of cases, in order, without a gap.
///
/// It remembers the cases it saw last, so that an event on a case at work is folded into what is known instead of
/// reading the whole stream again. One object serves one follower.
public final class FollowCases: Sendable {
  public struct Batch: Sendable, Hashable {
    public let changes: [CaseChange]
    /// Behind the last event that was read, of cases or not.
    public let position: FollowPosition
    /// There may be more at once.
    public let isFull: Bool
  }

  private let site: Installation
  private let memory = Mutex<[String: CaseState]>([:])

  public init(_ site: Installation) { self.site = site }

  /// Cases that are remembered; beyond it, all are forgotten and read again when something happens to them.
  public static let memoryMax = 1_000

  /// The position of the last event there is.
  public func head() async throws -> FollowPosition {
    FollowPosition(try await site.database.read { [journal = site.journal] in try journal.head(on: $0) })
  }

  /// Wakes whenever there may be something new.
  public func wakes() -> AsyncStream<Void> { site.database.wakes(channel: Journal.channel) }

  /// At most `limit` events behind `position`.
  public func callAsFunction(after position: FollowPosition, limit: Int) async throws -> Batch {
    try await site.database.read { [self] connection in
      let events = try site.journal.tail(after: position.position, limit: limit, on: connection)
      var changes: [CaseChange] = []
      changes.reserveCapacity(events.count)
      for event in events {
        guard let state = try state(after: event, on: connection), let step = Step(rawValue: event.kind) else {
          continue
        }
        changes.append(
          CaseChange(position: FollowPosition(event.position), step: step, at: Instant(milliseconds: event.at),
                     state: state))
      }
      return Batch(changes: changes, position: events.last.map { FollowPosition($0.position) } ?? position,
                   isFull: events.count == limit)
    }
  }

  /// Nil for an event of another stream than a case's, or of a newer program.
  private func state(after event: RecordedEvent, on connection: any Connection) throws -> CaseState? {
    guard event.stream.hasPrefix(CaseRecord.streamPrefix) else { return nil }
    let id = String(event.stream.dropFirst(CaseRecord.streamPrefix.count))
    do {
      let state = try folded(event, id: id, on: connection)
      memory.withLock { memory in
        if memory.count >= Self.memoryMax { memory.removeAll(keepingCapacity: true) }
        memory[id] = state
      }
      return state
    } catch is CaseEventCodec.Unreadable { return nil }
  }

  private func folded(_ event: RecordedEvent, id: String, on connection: any Connection) throws -> CaseState? {
    let known = memory.withLock { $0.removeValue(forKey: id) }
    if var known, known.version == event.version - 1 {
      known.evolve(try CaseEventCodec.decode(kind: event.kind, body: event.body),
                   at: Instant(milliseconds: event.at))
      return known
    }
    let events = try site.journal.read(stream: event.stream, on: connection).prefix { $0.version <= event.version }
    return try CaseRecord(id: id, events: Array(events))?.state
  }
}
