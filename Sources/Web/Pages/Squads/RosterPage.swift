import Domain
import Features

/// A squad's week: who is on which shift, what was agreed against the plan, and what is missing.
struct RosterPage: Sendable {
  struct Day: Sendable {
    let name: String
    let date: String
    let isToday: Bool
  }

  struct Member: Sendable {
    let code: String
    let skills: String?
    /// Away for a part of the shift or all of it.
    let isAway: Bool
    let isInstead: Bool
  }

  struct Cell: Sendable {
    let day: String
    let members: [Member]
    let gaps: [String]
  }

  struct Line: Sendable {
    let hours: String
    let cells: [Cell]
  }

  struct Form: Sendable {
    let kind: String
    let heading: String
    let choices: [Choice]
  }

  struct Agreement: Sendable {
    let id: String
    let text: String
  }

  let title: String
  let url: String
  let withdrawalURL: String
  let copyURL: String
  let squad: String
  let week: String
  let squads: Choice
  let earlierURL: String
  let laterURL: String
  let span: String
  let days: [Day]
  let lines: [Line]
  let agreements: [Agreement]
  let holes: [String]
  let hasAgreements: Bool
  let forms: [Form]
  let styleURL = PageAssets.link("board.css")
  let problem: PageProblem?

  init(_ view: RosterWeek, squads plans: [SquadPlan], problem: PageProblem?, _ presenter: Presenter) {
    let words = presenter.words
    let plan = view.roster.plan
    title = presenter.squad(plan.code)
    url = PageURL.rosters.path
    withdrawalURL = PageURL.rosterWithdrawals.path
    copyURL = PageURL.rosterCopies.path
    squad = plan.code
    week = view.monday.text
    squads = Choice("squad", words["rosterSquad"], none: nil,
                    plans.map { .init(value: $0.code, text: presenter.squad($0.code)) }, plan.code)
    earlierURL = view.link(weeks: -1)
    laterURL = view.link(weeks: 1)
    span = view.monday.text + " – " + view.monday.adding(days: 6).text
    let today = presenter.pack.calendar.zone.local(presenter.now).date
    let days = view.dates.map {
      Day(name: words["weekday.\($0.weekday)"], date: String($0.text.dropFirst(5)), isToday: $0 == today)
    }
    self.days = days
    lines = view.order.map { index in
      Line(hours: Self.hours(plan.shifts[index]), cells: zip(view.dates, days).map { date, day in
        Self.cell(.init(date: date, index: index), view, day: day.name + " " + day.date, presenter)
      })
    }
    agreements = view.agreed.map { Agreement(id: $0.id, text: Self.text($0.override, view, presenter)) }
    holes = view.roster.holes(from: view.start, to: view.end).map { hole in
      words("rosterHole", ["gap": words["gap." + hole.gap.rawValue], "from": presenter.time(hole.from).text,
                           "to": presenter.time(hole.to).text])
    }
    hasAgreements = !agreements.isEmpty
    forms = Self.forms(view, words)
    self.problem = problem
  }

  private static func forms(_ view: RosterWeek, _ words: Words) -> [Form] {
    let plan = view.roster.plan
    let members = plan.members.map { Choice.Option(value: $0.code, text: short($0.code, plan)) }
    let dates = view.dates.map { Choice.Option(value: $0.text, text: $0.text) }
    let shifts = view.dates.flatMap { date in
      view.order.map { Choice.Option(value: "\(date.text)/\($0)", text: "\(date.text) \(hours(plan.shifts[$0]))") }
    }
    func choice(_ name: String, _ options: [Choice.Option]) -> Choice {
      Choice(name, words["field." + name], none: nil, options, nil)
    }
    func form(_ kind: String, _ choices: [Choice]) -> Form {
      Form(kind: kind, heading: words["roster." + kind], choices: choices)
    }
    return [
      form("absence", [choice("member", members), choice("from", dates), choice("until", dates)]),
      form("swap", [choice("shift", shifts), choice("out", members), choice("in", members)]),
      form("vehicle-out", [choice("vehicle", plan.vehicles.map { .init(value: $0, text: $0) }), choice("from", dates),
                           choice("until", dates)]),
    ]
  }

  private static func cell(_ shift: Roster.Shift, _ view: RosterWeek, day: String, _ presenter: Presenter) -> Cell {
    let span = view.span(of: shift)
    let planned = Set(Roster(plan: view.roster.plan, zone: view.zone).members(of: shift).map(\.code))
    let members = view.roster.members(of: shift).map { member in
      Member(code: short(member.code, view.roster.plan),
             skills: member.skills.contains(Roster.mediator) ? presenter.words["mediatorMark"] : nil,
             isAway: view.isAway(member.code, span), isInstead: !planned.contains(member.code))
    }
    let gaps = Set(view.roster.holes(from: span.lowerBound, to: span.upperBound).map(\.gap))
    return Cell(day: day, members: members,
                gaps: Roster.Gap.allCases.filter(gaps.contains).map { presenter.words["gap." + $0.rawValue] })
  }

  private static func text(_ override: Roster.Override, _ view: RosterWeek, _ presenter: Presenter) -> String {
    let words = presenter.words
    func span(_ key: String, _ who: String, _ from: Instant, _ to: Instant) -> String {
      words(key, ["who": short(who, view.roster.plan), "from": presenter.date(from),
                  "to": presenter.date(to - .minutes(1))])
    }
    switch override {
    case .absence(let member, let from, let to): return span("rosterAbsence", member, from, to)
    case .vehicleOut(let vehicle, let from, let to): return span("rosterVehicleOut", vehicle, from, to)
    case .swap(let shift, let out, let new):
      let hours = view.roster.plan.shifts.indices.contains(shift.index)
        ? hours(view.roster.plan.shifts[shift.index]) : ""
      return words("rosterSwap", ["out": short(out, view.roster.plan), "in": short(new, view.roster.plan),
                                  "shift": shift.date.text + " " + hours])
    }
  }

  /// Within a squad its own code need not be said.
  private static func short(_ code: String, _ plan: SquadPlan) -> String {
    code.hasPrefix(plan.code + "-") ? String(code.dropFirst(plan.code.count + 1)) : code
  }

  private static func hours(_ shift: Range<Int>) -> String {
    func clock(_ minute: Int) -> String {
      let (hour, rest) = (minute / 60 % 24, minute % 60)
      return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
    return clock(shift.lowerBound) + "–" + clock(shift.upperBound)
  }
}

/// A squad's roster for the seven days from a Monday.
struct RosterWeek: Sendable {
  let roster: Roster
  let agreed: [Rosters.Agreed]
  let monday: CivilDate
  let zone: CityZone

  var dates: [CivilDate] { (0..<7).map { monday.adding(days: $0) } }
  var start: Instant { zone.instant(monday) }
  var end: Instant { zone.instant(monday.adding(days: 7)) }
  /// The plan's shifts by the hour at which they begin.
  var order: [Int] {
    let shifts = roster.plan.shifts
    return shifts.indices.sorted { shifts[$0].lowerBound < shifts[$1].lowerBound }
  }

  static func monday(of date: CivilDate) -> CivilDate { date.adding(days: 1 - date.weekday) }

  func link(weeks: Int) -> String {
    PageURL.rosters.link([("squad", roster.plan.code), ("week", monday.adding(days: 7 * weeks).text)])
  }

  func span(of shift: Roster.Shift) -> Range<Instant> {
    let minutes = roster.plan.shifts[shift.index]
    return zone.instant(shift.date, minute: minutes.lowerBound)..<zone.instant(shift.date, minute: minutes.upperBound)
  }

  func isAway(_ code: String, _ span: Range<Instant>) -> Bool {
    roster.overrides.contains { override in
      guard case .absence(code, let from, let to) = override else { return false }
      return from < span.upperBound && to > span.lowerBound
    }
  }

  /// The same a week later.
  var copied: [Roster.Override] {
    func later(_ instant: Instant) -> Instant {
      let (date, minute) = zone.local(instant)
      return zone.instant(date.adding(days: 7), minute: minute)
    }
    return agreed.map { item in
      switch item.override {
      case .absence(let member, let from, let to): .absence(member: member, from: later(from), to: later(to))
      case .vehicleOut(let vehicle, let from, let to): .vehicleOut(vehicle: vehicle, from: later(from), to: later(to))
      case .swap(let shift, let out, let new):
        .swap(.init(date: shift.date.adding(days: 7), index: shift.index), out: out, in: new)
      }
    }
  }
}
