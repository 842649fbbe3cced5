import Domain
import SQL

/// What the squads of somebody's area are doing now.
public struct SquadsAtWork: Sendable {
  /// Raw values are for answers and pages.
  public enum Doing: String, Sendable, Hashable, CaseIterable {
    case offShift = "off-shift"
    case free
    /// Sent to a case, on which it has not set out.
    case called
    case underway
    case onSite = "on-site"
  }

  public struct Squad: Sendable, Hashable {
    public let plan: SquadPlan
    public let doing: Doing
    /// The case that it is on; nil where it is not the reader's to see.
    public let caseInHand: String?
    /// Where that case is.
    public let point: Coordinate?
    /// Those that are fit to drive.
    public let vehicles: Int
  }

  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public func callAsFunction(for actor: Actor) async throws -> [Squad] {
    let works = try await works(for: actor)
    let agreed = try await site.database.read { try Rosters(site).now(on: $0) }
    let now = site.now()
    let zone = site.pack.calendar.zone
    return site.pack.squads.filter { Self.isSeen($0, by: actor, site.pack) }.map { plan in
      let duty = Roster(plan: plan, zone: zone, overrides: agreed[plan.code] ?? []).duty(at: now)
      let work = works[plan.code]
      let doing = work.map { Self.doing($0.phase) } ?? (duty.members.isEmpty ? .offShift : .free)
      return Squad(plan: plan, doing: doing, caseInHand: work.flatMap { $0.isSeen ? $0.id : nil },
                   point: work.flatMap { $0.isSeen ? $0.point : nil }, vehicles: duty.vehicles.count)
    }
  }

  private static func isSeen(_ plan: SquadPlan, by actor: Actor, _ pack: CityPack) -> Bool {
    switch actor.role {
    case .squadMember: plan.code == actor.squad
    case .agency: plan.agency == actor.agency
    default: pack.isDivision(plan.division, within: actor.division)
    }
  }

  private static func doing(_ phase: Phase) -> Doing {
    switch phase {
    case .underway: .underway
    case .onSite: .onSite
    default: .called
    }
  }

  private struct Work {
    let squad: String
    let id: String
    let phase: Phase
    let point: Coordinate?
    let isSeen: Bool
  }

  /// By squad; of several cases the one that is furthest.
  private func works(for actor: Actor) async throws -> [String: Work] {
    let rows = try await site.database.read { connection in
      try connection.all(
        """
        SELECT c.squad, c.id, c.phase, c.latitude, c.longitude,
          CASE WHEN \(CaseScope(actor).condition()) THEN 1 ELSE 0 END
        FROM cases c
        WHERE c.district = \(site.district) AND c.phase IN ('dispatched', 'accepted', 'underway', 'on-site')
          AND c.squad IS NOT NULL
        ORDER BY c.id
        """
      ) { row in
        guard let phase = Phase(rawValue: row.text(2)) else { throw DatabaseError.failed("cases: an unknown phase") }
        let point = row.optionalReal(3).flatMap { latitude in
          row.optionalReal(4).map { Coordinate(latitude: latitude, longitude: $0) }
        }
        return Work(squad: row.text(0), id: row.text(1), phase: phase, point: point, isSeen: row.integer(5) != 0)
      }
    }
    let order: [Phase] = [.dispatched, .accepted, .underway, .onSite]
    return Dictionary(rows.map { ($0.squad, $0) }) { one, other in
      (order.firstIndex(of: one.phase) ?? 0) >= (order.firstIndex(of: other.phase) ?? 0) ? one : other
    }
  }
}
