import Domain

/// Follows who holds a case from the events alone, and compares with what the program says after each of them.
struct CustodyCheck {
  let pack: CityPack

  func violations(in history: Ledger.History) -> [Violation] {
    var holder: Holder?
    var asked: String?
    var responsible: String?
    var squad: String?
    var desk = ""
    var found: [Violation] = []
    for moment in history.moments {
      switch moment.event {
      case .opened(let opened):
        desk = opened.desk
        holder = Holder(.desk, desk)
      case .assigned(let assigned), .jointlyOrdered(let assigned): asked = assigned.agency
      case .refused(let refused): if let office = refused.coordinator { holder = Holder(.coordinator, office) }
      case .signed:
        responsible = asked
        holder = asked.map { Holder(.agency, $0) }
      case .dispatched(let dispatched): squad = dispatched.squad
      case .squadSigned: holder = squad.map { Holder(.squad, $0) }
      case .concluded, .reopened: holder = responsible.map { Holder(.agency, $0) }
      case .handedBack(let back):
        desk = back.desk
        holder = Holder(.desk, desk)
      case .unmerged: holder = Holder(.desk, desk)
      default: break
      }
      let state = moment.state
      if holder != state.holder || !exists(state.holder) {
        found.append(.custody(case: history.id, version: state.version))
      }
      if isDiverted(moment) { found.append(.diverted(case: history.id, version: state.version)) }
    }
    return found
  }

  private func exists(_ holder: Holder) -> Bool {
    holder.role == .squad ? pack.squad(holder.body) != nil : pack.agency(holder.body) != nil
  }

  /// A report with a danger cue lies with, or is on its way to, somebody who is neither police nor rescue.
  private func isDiverted(_ moment: Ledger.Moment) -> Bool {
    switch moment.event {
    case .assigned, .jointlyOrdered, .signed, .joined: break
    default: return false
    }
    let dangers = moment.state.reports.contains { !$0.facts.dangers.isEmpty }
    guard dangers, let code = moment.state.assignment?.agency, let agency = pack.agency(code) else { return false }
    return !agency.isPolice && !agency.isRescue
  }
}
