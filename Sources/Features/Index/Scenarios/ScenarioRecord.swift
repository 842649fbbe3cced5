import Crypto
import Domain
import Foundation
import Journal
import SQL

/// A scenario folded from its stream, and the link that the next event hangs on.
struct ScenarioRecord: Sendable {
  private(set) var state: ScenarioState
  let version: Int
  let lastHash: [UInt8]
  let lastAt: Instant

  static let streamPrefix = "scenario-"
  static func stream(_ id: String) -> String { streamPrefix + id }

  /// Folds a whole stream; nil if it is empty.
  /// - Throws: ``CaseEventCodec/Unreadable``.
  init?(events: [RecordedEvent]) throws {
    guard let first = events.first, let last = events.last else { return nil }
    func at(_ event: RecordedEvent) -> Instant { Instant(milliseconds: event.at) }
    state = ScenarioState(founding: try Self.event(first), at: at(first), by: first.actor)
    for event in events.dropFirst() { state.evolve(try Self.event(event), at: at(event), by: event.actor) }
    (version, lastHash, lastAt) = (last.version, last.hash, at(last))
  }

  static func read(_ id: String, of site: Installation, on connection: any Connection) throws -> ScenarioRecord? {
    try ScenarioRecord(events: site.journal.read(stream: stream(id), on: connection))
  }

  static func encode(_ event: ScenarioEvent) throws -> NewEvent {
    NewEvent(kind: event.verdict.rawValue, body: try SortedJSON.text(event.body))
  }

  private static func event(_ event: RecordedEvent) throws -> ScenarioEvent {
    guard let verdict = ScenarioVerdict(rawValue: event.kind),
      let body = try? JSONDecoder().decode(ScenarioEvent.Body.self, from: Data(event.body.utf8))
    else { throw CaseEventCodec.Unreadable(kind: event.kind) }
    return ScenarioEvent(verdict, body)
  }
}

extension Scenario {
  /// Follows from what it is, so that the next edition's suggestion is known again: 32 hexadecimal digits.
  public var id: String {
    SHA256.hash(data: Array("\(kind)\u{0}\(place)\u{0}\(from)-\(to)".utf8)).prefix(16)
      .hexadecimal
  }
}

extension EditionScenario {
  public var scenario: Scenario { Scenario(kind: kind, place: place, from: from, to: to) }

  public func evidence(of edition: Edition) -> ScenarioEvidence {
    ScenarioEvidence(edition: edition.number, firstDay: edition.period.from, lastDay: edition.period.to,
                     atLeast: atLeast, share: share, shareElsewhere: shareElsewhere)
  }
}
