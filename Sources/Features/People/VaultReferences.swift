import Domain
import Journal
import SQL

/// The vault's entries that belong to a case.
struct VaultReferences {
  enum Content: Sendable { case report, note }

  /// What each entry holds, by reference.
  let contents: [String: Content]

  /// - Parameters:
  ///   - state: whose reports stand with it now. Those of a case that was merged belong to the other.
  ///   - events: all of its stream.
  init(_ state: CaseState, _ events: [CaseEvent]) {
    var contents: [String: Content] = [:]
    for note in events.compactMap(\.note) { contents[note] = .note }
    if state.mergedInto == nil {
      for reference in state.reports.compactMap(\.facts.vault) { contents[reference] = .report }
    }
    self.contents = contents
  }

  /// A case and its entries.
  /// - Throws: `Rejection.unknownCase`.
  static func load(_ id: String, _ site: Installation, on connection: any Connection) throws
    -> (CaseState, VaultReferences)
  {
    let events = try site.journal.read(stream: CaseRecord.stream(id), on: connection)
    guard let record = try CaseRecord(id: id, events: events) else { throw Rejection.unknownCase }
    let history = try events.map { try CaseEventCodec.decode(kind: $0.kind, body: $0.body) }
    return (record.state, VaultReferences(record.state, history))
  }
}
