/// What is wrong with an event of a stream.
public enum EventFault: Sendable, Equatable {
  /// The content is not what was hashed; or that of the event before was altered together with its hash.
  case changed
  /// An event that stood at this version is missing.
  case dropped
  /// The event was put in; those behind it were moved.
  case inserted
  /// The event has changed places with the one at this version.
  case swapped(with: Int)
}

/// Reckons the chain of a stream again and tells what was done to it.
struct ChainCheck {
  private var hasher: EventHasher

  init(district: String) { hasher = EventHasher(district: district) }

  /// The faults of one whole stream, by version. One altered event is one fault: what stands behind it is judged by
  /// the hash it claims.
  mutating func faults(of events: [RecordedEvent]) -> [(version: Int, fault: EventFault)] {
    var faults: [(version: Int, fault: EventFault)] = []
    var previous: [UInt8]?
    var expected = 1
    for event in events {
      if event.version != expected {
        for missing in expected..<max(expected, event.version) { faults.append((missing, .dropped)) }
      } else if !hasher.confirms(event, at: event.version, after: previous, hash: event.hash) {
        faults.append((event.version, .changed))
      }
      previous = event.hash
      expected = event.version + 1
    }
    return faults.contains { $0.fault == .changed } ? explained(faults, events) : faults
  }

  /// Looks for where each event that does not fit belongs. Slow, and only for streams that are broken.
  private mutating func explained(
    _ faults: [(version: Int, fault: EventFault)], _ events: [RecordedEvent]
  ) -> [(version: Int, fault: EventFault)] {
    guard events.count <= Self.explainedMax else { return faults }
    guard let first = faults.first(where: { $0.fault == .changed })?.version else { return faults }
    var homes: [Int: Int] = [:]
    for event in events { homes[event.version] = home(of: event, events) }
    // A drop or an insertion may have been covered up by new numbers: then everything behind belongs one further, or
    // one back. The event that followed a dropped one has lost the hash it was linked to, and an inserted one never
    // had any; neither is at home anywhere.
    let behind = events.filter { $0.version > first }.map { ($0.version, homes[$0.version]) }
    if homes[first] == nil, !behind.isEmpty {
      if behind.allSatisfy({ $1 == $0 + 1 }) { return [(first, .dropped)] }
      if behind.allSatisfy({ $1 == $0 - 1 }) { return [(first, .inserted)] }
    }
    let told = faults.compactMap { version, fault -> (version: Int, fault: EventFault)? in
      guard let home = homes[version] else { return (version, fault) }
      // At its own place, but behind another event than the one that now stands there: a consequence.
      if home == version { return nil }
      return homes[home] == version ? (version, .swapped(with: home)) : (version, fault)
    }
    return told.isEmpty ? faults : told
  }

  /// The version at which the content gives a hash that the stream holds, behind another that it holds.
  private mutating func home(of event: RecordedEvent, _ events: [RecordedEvent]) -> Int? {
    let hashes = Set(events.map(\.hash))
    let previous = [nil] + events.map { Optional($0.hash) }
    // Its own place first, then the rest: versions may have been moved beyond the last one.
    for version in [event.version] + Array(1...(events.count + 1)) {
      for link in previous {
        let hash = hasher.hash(
          after: link, stream: event.stream, version: version, kind: event.kind, at: event.at, actor: event.actor,
          body: event.body)
        if hashes.contains(hash) { return version }
      }
    }
    return nil
  }

  /// The search takes about the cube of a stream's length.
  private static let explainedMax = 64
}
