import Domain
import Features
import Journal
import SQL

/// The journal read again from its beginning, every state of every case kept: what the checks of a run reckon with.
/// Slow and plain on purpose; it shares no query and no view with the program.
struct Ledger {
  struct Moment {
    let event: CaseEvent
    let state: CaseState
  }

  struct History {
    let id: String
    let moments: [Moment]
    var last: CaseState { moments[moments.count - 1].state }

    /// The case as it was at an instant; nil before it was opened.
    func state(asOf instant: Instant) -> CaseState? { moments.last { $0.state.lastAt <= instant }?.state }
  }

  private(set) var histories: [History] = []
  private(set) var violations: [Violation] = []
  /// FNV-1a over the hashes of all events in the order of the journal: equal for equal journals.
  private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ site: Installation) async throws {
    let journal = site.journal
    let streams = try await site.database.read { connection in
      var streams: [(String, [RecordedEvent])] = []
      try journal.forEachStream(on: connection) { streams.append(($0, $1)) }
      return streams
    }
    for (stream, events) in streams where stream.hasPrefix(Self.prefix) {
      add(String(stream.dropFirst(Self.prefix.count)), events)
    }
    for event in streams.flatMap(\.1).sorted(by: { $0.position < $1.position }) {
      for byte in event.hash { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
  }

  private static let prefix = "case-"

  private mutating func add(_ id: String, _ events: [RecordedEvent]) {
    var moments: [Moment] = []
    for (index, recorded) in events.enumerated() {
      let at = Instant(milliseconds: recorded.at)
      guard let event = try? CaseEventCodec.decode(kind: recorded.kind, body: recorded.body),
        recorded.version == index + 1, moments.last.map({ $0.state.lastAt <= at }) ?? true
      else { return violations.append(.order(case: id, version: recorded.version)) }
      if var state = moments.last?.state {
        state.evolve(event, at: at)
        moments.append(Moment(event: event, state: state))
      } else if let state = CaseState(id: id, founding: event, at: at) {
        moments.append(Moment(event: event, state: state))
      } else {
        return violations.append(.order(case: id, version: recorded.version))
      }
    }
    if !moments.isEmpty { histories.append(History(id: id, moments: moments)) }
  }
}
