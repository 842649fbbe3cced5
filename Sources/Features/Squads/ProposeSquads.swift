import Domain
import SQL

/// Which squads could be sent to a case, best first, with the reasons for and against.
public struct ProposeSquads: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// - Throws: `Rejection.unknownCase` also where the case is not the caller's to see.
  public func callAsFunction(_ id: String, for actor: Actor) async throws -> [DispatchProposal] {
    let now = site.now()
    return try await site.database.read { connection in
      let state = try CaseStore(site: site, connection: connection).existing(id).state
      guard CaseScope(actor).includes(state) else { throw Rejection.unknownCase }
      let busy = try inHand(but: id, on: connection)
      let zone = site.pack.calendar.zone
      let agreed = try Rosters(site).now(on: connection)
      let candidates = site.pack.squads.map { plan in
        DispatchProposal.Candidate(
          plan: plan, duty: Roster(plan: plan, zone: zone, overrides: agreed[plan.code] ?? []).duty(at: now),
          caseInHand: busy[plan.code])
      }
      return DispatchProposal.rank(.init(state, pack: site.pack), candidates, pack: site.pack)
    }
  }

  /// The case that each squad is on, this one aside.
  private func inHand(but id: String, on connection: any Connection) throws -> [String: String] {
    let rows = try connection.all(
      """
      SELECT squad, MIN(id) FROM cases
      WHERE district = \(site.district) AND phase IN ('dispatched', 'accepted', 'underway', 'on-site')
        AND squad IS NOT NULL AND id <> \(id)
      GROUP BY squad
      """
    ) { ($0.text(0), $0.text(1)) }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}
