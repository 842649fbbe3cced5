import Domain
import Foundation
import Journal
import SQL

/// Events about accounts, tokens and the vault: on streams of their own, without names, in the transaction of what
/// they tell. Kinds and fields are storage formats.
struct AuditTrail {
  let site: Installation
  let connection: any Connection

  static func account(_ id: String) -> String { "account-" + id }
  static func token(_ id: String) -> String { "token-" + id }
  static func vault(_ reference: String) -> String { "vault-" + reference }

  /// A body without fields.
  struct Nothing: Encodable {}

  static func body<Body: Decodable>(_ type: Body.Type, _ event: RecordedEvent) throws -> Body {
    try JSONDecoder().decode(type, from: Data(event.body.utf8))
  }

  func append(_ kind: String, _ body: some Encodable = Nothing(), to stream: String, by actor: String, at: Instant)
    throws
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let event = NewEvent(kind: kind, body: String(decoding: try encoder.encode(body), as: UTF8.self))
    let last = try site.journal.last(of: stream, on: connection)
    // A stream's time never runs backwards, whatever a node's clock says.
    _ = try site.journal.append(
      [event], to: stream, expecting: last?.version ?? 0, previous: last?.hash,
      at: max(at.milliseconds, last?.at ?? .min), actor: actor, on: connection)
  }
}
