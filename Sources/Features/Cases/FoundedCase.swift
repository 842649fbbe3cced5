import Domain
import Journal
import SQL

/// A new case made ready without the database, on any thread: its events encoded and linked, the rows of its views and
/// its sealed words. So the one thread that writes has little to do, and many can be written at once.
final class FoundedCase: Sendable {
  private let founding: Journal.Founding
  private let views: CaseViews
  private let sealed: Vault.Sealed?

  init(_ draft: Draft, sealed: Vault.Sealed?, site: Installation) {
    founding = site.journal.founding(
      draft.events, of: CaseRecord.stream(draft.record.state.id), at: draft.at.milliseconds)
    views = CaseViews(draft.record, grid: site.pack.grid)
    self.sealed = sealed
  }

  /// The events of a new case while they are being decided, folded as far as they go.
  struct Draft {
    let at: Instant
    private(set) var record: CaseRecord
    fileprivate private(set) var events: [(event: NewEvent, actor: String)]

    init(id: String, founding event: CaseEvent, by actor: String, at: Instant) throws {
      self.at = at
      record = try CaseRecord(id: id, founding: event, at: at)
      events = [(try CaseEventCodec.encode(event), actor)]
    }

    mutating func append(_ new: [CaseEvent], by actor: String) throws {
      for event in new {
        record.evolve(event, at: at)
        events.append((try CaseEventCodec.encode(event), actor))
      }
    }
  }

  /// Everything that is written for new cases, table by table, to be handed to ``run(_:on:)``.
  static func statements(_ cases: [FoundedCase], district: String) -> [Statement] {
    let sealed = cases.compactMap(\.sealed)
    return Journal.statements(founding: cases.map(\.founding))
      + Vault.statements(storing: sealed, district: district)
      + CaseViews.insertions(cases.map(\.views), district: district)
  }

  static func run(_ statements: [Statement], on connection: any Connection) throws {
    guard !statements.isEmpty else { return }
    try connection.run(statements)
    try connection.wake(Journal.channel)
  }
}
