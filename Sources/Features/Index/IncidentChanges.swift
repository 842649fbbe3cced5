import Domain
import Journal
import SQL

/// What the journal's tail changes of the reports that are counted: judged anew, joined to another case, parted from it.
///
/// What a case counts as is a function of its events, so that the difference between before and after an event needs no
/// memory of what was counted: whoever adds up all differences from the start has counted all reports.
struct IncidentChanges: Sendable {
  var removed: [Incident] = []
  var added: [Incident] = []
  /// Behind the last event that was read.
  var position: Position
  /// There may be more at once.
  var isFull = false

  /// The events that can change what a case counts as.
  static let steps: Set<Step> = [.opened, .judged, .joined, .parted, .merged, .unmerged]

  /// So many events are read at once: servers follow the journal all the time, and hold a page in memory meanwhile.
  private static let pageEvents = 1_024

  /// The next page of events behind `position`.
  static func read(after position: Position, of site: Installation, on connection: any Connection) throws
    -> IncidentChanges
  {
    let events = try site.journal.tail(after: position, limit: pageEvents, on: connection)
    var changes = IncidentChanges(position: events.last?.position ?? position, isFull: events.count == pageEvents)
    var streams: [String: [RecordedEvent]] = [:]
    var order: [String] = []
    for event in events where moves(event) {
      if streams[event.stream] == nil { order.append(event.stream) }
      streams[event.stream, default: []].append(event)
    }
    for stream in order { try changes.add(streams[stream] ?? [], stream, of: site, on: connection) }
    return changes
  }

  /// What the events of a case, up to a position, count as.
  static func incidents(of events: [RecordedEvent], through position: Position) -> [Incident] {
    fold(events.filter { moves($0) && $0.position <= position }, into: nil).map(Incident.all) ?? []
  }

  private static func moves(_ event: RecordedEvent) -> Bool {
    event.stream.hasPrefix(CaseRecord.streamPrefix) && Step(rawValue: event.kind).map(steps.contains) ?? false
  }

  private mutating func add(
    _ events: [RecordedEvent], _ stream: String, of site: Installation, on connection: any Connection
  ) throws {
    guard let first = events.first else { return }
    var state: CaseState?
    if first.version > 1 {
      let earlier = try site.journal.read(stream: stream, on: connection)
      state = Self.fold(earlier.filter { $0.version < first.version && Self.moves($0) }, into: nil)
    }
    let before = state.map(Incident.all) ?? []
    let after = Self.fold(events, into: state).map(Incident.all) ?? []
    // What stays counted is no change: most judgements confirm what was thought.
    var left = before
    for incident in after {
      if let index = left.firstIndex(of: incident) { left.remove(at: index) } else { added.append(incident) }
    }
    removed += left
  }

  /// An event that this program cannot read is passed over; `verify` names it.
  private static func fold(_ events: [RecordedEvent], into state: CaseState?) -> CaseState? {
    var state = state
    for event in events {
      guard let read = try? CaseEventCodec.decode(kind: event.kind, body: event.body) else { continue }
      let at = Instant(milliseconds: event.at)
      if state == nil {
        state = CaseState(id: String(event.stream.dropFirst(CaseRecord.streamPrefix.count)), founding: read, at: at)
      } else {
        state?.evolve(read, at: at)
      }
    }
    return state
  }
}
