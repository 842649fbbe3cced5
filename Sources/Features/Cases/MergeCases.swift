import Domain
import SQL

/// Same thing twice: one case becomes part of another, and back.
public struct MergeCases: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// The reports of `id` join `target`.
  public func merge(_ id: String, into target: String, by actor: Actor, key: RequestKey? = nil) async throws
    -> CaseSummary
  {
    try await both(id, actor, key) { store, source, at in
      guard id != target else { throw Rejection.mergeIntoItself }
      let other = try visible(target, actor, store)
      if source.state.mergedInto == target { return CaseSummary(other.state) }
      guard !other.state.phase.isEnded else { throw Rejection.mergeTargetEnded }
      var result = other
      for report in source.state.reports {
        result = try store.perform(.join(report.facts), on: result, by: actor, at: at)
      }
      _ = try store.perform(.merge(into: target), on: source, by: actor, at: at)
      return CaseSummary(result.state)
    }
  }

  /// The reports that came with `id` leave the case that it was merged into, and it goes back to its desk.
  public func unmerge(_ id: String, by actor: Actor, key: RequestKey? = nil) async throws -> CaseSummary {
    try await both(id, actor, key) { store, source, at in
      guard let target = source.state.mergedInto else {
        throw Rejection.notNow(step: .unmerged, phase: source.state.phase)
      }
      var other = try visible(target, actor, store)
      for report in source.state.reports {
        other = try store.perform(.part(report: report.facts.id), on: other, by: actor, at: at)
      }
      return CaseSummary(try store.perform(.unmerge, on: source, by: actor, at: at).state)
    }
  }

  private func both(
    _ id: String, _ actor: Actor, _ key: RequestKey?,
    _ body: @Sendable @escaping (CaseStore, CaseRecord, Instant) throws -> CaseSummary
  ) async throws -> CaseSummary {
    try await site.database.write { connection in
      let store = CaseStore(site: site, connection: connection)
      return try site.once(key, on: connection) { try body(store, try visible(id, actor, store), site.now()) }
    }
  }

  private func visible(_ id: String, _ actor: Actor, _ store: CaseStore) throws -> CaseRecord {
    let record = try store.existing(id)
    guard CaseScope(actor).includes(record.state) else { throw Rejection.unknownCase }
    return record
  }
}
