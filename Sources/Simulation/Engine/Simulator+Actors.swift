import Domain
import Features

/// Who they are, and whom they choose.
extension Simulator {
  func deskActor(_ number: Int) -> Actor {
    Actor(id: "account:operator-\(number)", role: .operator, division: pack.district)
  }

  func agencyActor(_ code: String) -> Actor {
    Actor(id: "account:agency-\(code)", role: .agency, division: pack.agency(code)?.division ?? pack.district,
          agency: code)
  }

  func squadActor(_ code: String) -> Actor {
    let squad = pack.squad(code)
    return Actor(id: "account:squad-\(code)", role: .squadMember, division: squad?.division ?? pack.district,
                 agency: squad?.agency, squad: code)
  }

  func agencyName(_ index: Int) -> String { "agency " + (files[index].agency ?? "") }
  func squadName(_ index: Int) -> String { "squad " + (files[index].squad ?? "") }

  /// Who answers for the case if it is what it really is.
  func rightAgency(_ index: Int) -> String? {
    let file = files[index]
    let kind = population.lives[file.truth].kind.code
    return responsible(kind, file.division)?.agency
  }

  func responsible(_ kind: String, _ division: String) -> ResponsibilityTable.Line? {
    pack.responsibility.responsible(kind: kind, division: division, at: clock.now, pack: pack)
  }

  /// The body that the desk sends it to: by the table, to the police where there is danger, now and then to the wrong.
  func assignment(_ index: Int) -> CaseCommand.Assignment? {
    let file = files[index]
    guard let kind = file.kind, let line = responsible(kind, file.division), let agency = pack.agency(line.agency)
    else { return nil }
    let mistakes = with("desk") { $0.chance(plan.habits.operatorMistake) }
    if mistakes {
      let wrong = with("desk") { $0.pick(pack.agencies) }
      return .init(agency: wrong.code)
    }
    if file.isDangerous, !agency.isPolice, !agency.isRescue {
      return police(of: file.division).map { .init(agency: $0.code, supporting: [agency.code]) }
    }
    return .init(agency: line.agency, supporting: line.supporting, basis: line.source)
  }

  private func police(of division: String) -> Agency? {
    pack.agencies.filter { $0.isPolice && division.hasPrefix($0.division) }
      .max { ($0.division.count, $1.code) < ($1.division.count, $0.code) }
  }

  /// The nearest manned squad of the case's town that is free, or else the one that will be free first.
  func nearestSquad(_ index: Int) -> SquadPlan? {
    let file = files[index]
    let manned = pack.squads.prefix(Int((Double(pack.squads.count) * plan.staffing.squadShare).rounded(.up)))
    let own = manned.filter { file.division.hasPrefix($0.division) }
    let now = clock.now
    func busyUntil(_ squad: SquadPlan) -> Int64 { max(squadFreeAt[squad.code] ?? now, now).milliseconds }
    func metres(_ squad: SquadPlan) -> Double { file.point.map { squad.base.distanceMetres(to: $0) } ?? 0 }
    return own.min { (busyUntil($0), metres($0), $0.code) < (busyUntil($1), metres($1), $1.code) }
  }

  /// Another open case at the same place, for those who merge too quickly.
  func neighbour(of index: Int) -> Int? {
    guard let place = files[index].place, files[index].street == nil, let other = byPlace[place.code], other != index,
      !files[other].id.isEmpty, files[other].phase != .closed, files[other].phase != .merged
    else { return nil }
    return other
  }
}
