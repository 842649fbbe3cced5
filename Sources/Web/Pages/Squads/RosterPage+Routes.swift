import Domain
import Features
import Hummingbird

extension RosterPage {
  static let routes: [PageRoute] = [
    .get(.rosters, .scope(.casesRead)) { call in
      try await show(call, squad: call.query["squad"], week: call.query["week"])
    },
    .post(.rosters, .scope(.casesWrite)) { call in
      try await change(call) { week, fields in
        try await Rosters(call.site).agree([try override(fields, week.zone)], squad: week.roster.plan.code,
                                           by: call.actor)
        return week.link(weeks: 0)
      }
    },
    .post(.rosterWithdrawals, .scope(.casesWrite)) { call in
      try await change(call) { week, fields in
        try await Rosters(call.site).withdraw(fields.needed("id"), squad: week.roster.plan.code, by: call.actor)
        return week.link(weeks: 0)
      }
    },
    .post(.rosterCopies, .scope(.casesWrite)) { call in
      try await change(call) { week, _ in
        try await copy(week, call)
        return week.link(weeks: 1)
      }
    },
  ]

  static func isFor(_ caller: Caller) -> Bool {
    [.agency, .dispatcher, .coordinator].contains(caller.actor.role) && caller.may(.casesWrite)
  }

  private static func plans(_ call: PageCall) throws -> [SquadPlan] {
    let (pack, actor) = (call.site.pack, try call.actor)
    let plans = pack.squads.filter { Rosters.isFor(actor, $0, pack) }
    guard !plans.isEmpty else { throw Problem(.roleForbidden) }
    return plans
  }

  private static func week(_ call: PageCall, squad: String?, week: String?) async throws -> RosterWeek {
    let plans = try plans(call)
    guard let plan = squad.map({ code in plans.first { $0.code == code } }) ?? plans.first else {
      throw Problem(.roleForbidden)
    }
    let zone = call.site.pack.calendar.zone
    guard let date = week.map({ CivilDate($0) }) ?? zone.local(call.site.now()).date else {
      throw call.query.invalid("week")
    }
    let monday = RosterWeek.monday(of: date)
    let (roster, agreed) = try await Rosters(call.site).roster(
      plan, from: zone.instant(monday), to: zone.instant(monday.adding(days: 7)))
    return RosterWeek(roster: roster, agreed: agreed, monday: monday, zone: zone)
  }

  private static func show(_ call: PageCall, squad: String?, week text: String?, problem: PageProblem? = nil)
    async throws -> Response
  {
    let week = try await week(call, squad: squad, week: text)
    return call.page("roster", title: call.words["navRosters"], here: .rosters,
                     status: problem.map { .init(code: $0.kind.status) } ?? .ok,
                     RosterPage(week, squads: try plans(call), problem: problem, call.presenter))
  }

  private static func change(
    _ call: PageCall, _ body: (RosterWeek, PageForm) async throws -> String
  ) async throws -> Response {
    let fields = try await call.form()
    let week = try await week(call, squad: fields.needed("squad"), week: fields.needed("week"))
    do {
      return call.redirect(try await body(week, fields))
    } catch {
      let problem = PageProblem(error, call.words)
      guard problem.kind != .internal, problem.kind != .roleForbidden else { throw error }
      return try await show(call, squad: fields["squad"], week: fields["week"], problem: problem)
    }
  }

  /// What the plan of the next week allows of this week's: a swap of somebody who is not due then is left out.
  private static func copy(_ week: RosterWeek, _ call: PageCall) async throws {
    let rosters = Rosters(call.site)
    for override in week.copied {
      do {
        try await rosters.agree([override], squad: week.roster.plan.code, by: call.actor)
      } catch RosterFault.unusable { continue }
    }
  }

  private static func override(_ fields: PageForm, _ zone: CityZone) throws -> Roster.Override {
    func date(_ name: String) throws -> CivilDate {
      guard let date = CivilDate(try fields.needed(name)) else { throw Problem(.fieldInvalid, field: name) }
      return date
    }
    func span() throws -> (from: Instant, to: Instant) {
      (zone.instant(try date("from")), zone.instant(try date("until").adding(days: 1)))
    }
    switch try fields.needed("kind") {
    case "absence": return .absence(member: try fields.needed("member"), from: try span().from, to: try span().to)
    case "vehicle-out":
      return .vehicleOut(vehicle: try fields.needed("vehicle"), from: try span().from, to: try span().to)
    case "swap":
      let parts = try fields.needed("shift").split(separator: "/")
      guard parts.count == 2, let day = CivilDate(parts[0]), let index = Int(parts[1]) else {
        throw Problem(.fieldInvalid, field: "shift")
      }
      return .swap(.init(date: day, index: index), out: try fields.needed("out"), in: try fields.needed("in"))
    default: throw Problem(.fieldInvalid, field: "kind")
    }
  }
}
