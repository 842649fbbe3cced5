import Domain
import Journal

/// A case folded from its stream: its state, what the rates count of it, and the link that the next event hangs on.
public struct CaseRecord: Sendable {
  public private(set) var state: CaseState
  public private(set) var ledger: RateLedger
  var lastHash: [UInt8]

  static let streamPrefix = "case-"
  static func stream(_ id: String) -> String { streamPrefix + id }

  /// Founds a case with its first event.
  init(id: String, founding event: CaseEvent, at: Instant) throws {
    guard let state = CaseState(id: id, founding: event, at: at) else {
      throw CaseEventCodec.Unreadable(kind: event.step.rawValue)
    }
    self.state = state
    ledger = RateLedger()
    ledger.update(RateFact.facts(of: state), at: at)
    lastHash = []
  }

  /// Folds a whole stream; nil if it is empty.
  init?(id: String, events: [RecordedEvent]) throws {
    guard let first = events.first else { return nil }
    try self.init(id: id, founding: CaseEventCodec.decode(kind: first.kind, body: first.body),
                  at: Instant(milliseconds: first.at))
    for event in events.dropFirst() {
      evolve(try CaseEventCodec.decode(kind: event.kind, body: event.body), at: Instant(milliseconds: event.at))
    }
    lastHash = events[events.count - 1].hash
  }

  mutating func evolve(_ event: CaseEvent, at: Instant) {
    state.evolve(event, at: at)
    if event.step.movesRates { ledger.update(RateFact.facts(of: state), at: at) }
  }
}
