import Domain
import Testing

/// What must hold whatever anybody does, in whatever order.
@Suite struct CasePropertyTests {
  /// Walked once for all tests: so many that the rarest step, taken in about one walk of a hundred, is among them.
  static let walks = Result {
    try Seeds.from(1_500).map { (walk: try CaseWalk(seed: $0, commands: 60), seed: Comment("HEADWATER_SEED=\($0)")) }
  }

  private func everyWalk(_ check: (CaseWalk, Comment) throws -> Void) throws {
    for (walk, seed) in try Self.walks.get() { try check(walk, seed) }
  }

  @Test func theWalksGoEverywhere() throws {
    var phases = Set<Phase>()
    var steps = Set<Step>()
    try everyWalk { walk, _ in
      phases.formUnion(walk.accepted.map(\.after.phase))
      steps.formUnion(walk.journal.map(\.event.step))
    }
    #expect(phases == Set(Phase.allCases))
    #expect(steps == Set(Step.allCases))
  }

  @Test func replayGivesTheSameState() throws {
    try everyWalk { walk, seed in
      let first = walk.journal[0]
      var state = try #require(CaseState(id: "c1", founding: first.event, at: first.at))
      for (event, at) in walk.journal.dropFirst() { state.evolve(event, at: at) }
      #expect(state == walk.state, seed)
    }
  }

  @Test func anAcceptedCommandIsSatisfied() throws {
    try everyWalk { walk, seed in
      for done in walk.accepted {
        let again = CaseCommand(done.command.action, by: done.command.actor, at: done.command.at + .minutes(1))
        let result = Result { () throws(Rejection) in try CaseCity.decider.decide(again, done.after) }
        #expect(result == .success([]), "\(seed) repeated: \(done.command.action) in \(done.after.phase)")
      }
    }
  }

  @Test func custodyPassesOnlyWhereItMay() throws {
    try everyWalk { walk, seed in
      for done in walk.accepted where done.before.holder != done.after.holder {
        let after = done.after
        let expected: Holder? =
          switch done.events[done.events.count - 1].step {
          case .signed: after.assignment.map { Holder(.agency, $0.agency) }
          case .squadSigned: after.squad.map { Holder(.squad, $0) }
          case .refused: Holder(.coordinator, "coordination")
          case .concluded, .reopened: after.agency.map { Holder(.agency, $0) }
          case .handedBack, .unmerged: Holder(.desk, after.desk)
          default: nil
          }
        #expect(after.holder == expected, "\(seed) by \(done.events.map(\.step))")
      }
    }
  }

  /// Until somebody signs, the sender holds it; from then on, whoever signed.
  @Test func theHolderIsWhoThePhaseSays() throws {
    try everyWalk { walk, seed in
      for state in walk.accepted.map(\.after) {
        switch state.phase {
        case .desk: #expect(state.holder == Holder(.desk, state.desk), seed)
        case .coordination: #expect(state.holder == Holder(.coordinator, "coordination"), seed)
        case .assigned, .merged:
          #expect(state.holder.role == .desk || state.holder.role == .coordinator, seed)
        case .handling, .dispatched, .resolved, .answered, .closed:
          #expect(state.holder.role == .agency && state.holder.body == state.agency, seed)
        case .accepted, .underway, .onSite:
          #expect(state.holder.role == .squad && state.holder.body == state.squad, seed)
        }
      }
    }
  }

  @Test func aDangerNeverGoesAnywhereButToPoliceOrRescue() throws {
    try everyWalk { walk, seed in
      for state in walk.accepted.map(\.after) where !state.dangers.isEmpty {
        let body = state.assignment.flatMap { CaseCity.pack.agency($0.agency) }
        #expect(body.map { $0.isPolice || $0.isRescue } ?? true, seed)
      }
    }
  }

  @Test func deadlinesNeverLieBeforeTheMomentTheyWereSet() throws {
    try everyWalk { walk, seed in
      for (event, at) in walk.journal {
        for due in event.dues { #expect(due.at >= at && due.rungs.allSatisfy { $0 <= due.at || $0 >= at }, seed) }
      }
    }
  }

  @Test func aPauseMovesWhatWasLeft() throws {
    try everyWalk { walk, seed in
      var paused: (at: Instant, dues: [Due])?
      for done in walk.accepted {
        if let resumed = done.events.first, case .resumed(let body) = resumed, let stood = paused {
          let running = stood.dues.filter { $0.at > stood.at }
          #expect(body.dues.map(\.step) == running.map(\.step), seed)
          for (old, new) in zip(running, body.dues) {
            let left = old.clock.time(from: stood.at, to: old.at, calendar: CaseCity.pack.calendar)
            #expect(new.clock.time(from: done.command.at, to: new.at, calendar: CaseCity.pack.calendar) == left, seed)
            #expect(new.from == old.from, seed)
          }
        }
        paused = done.after.pausedAt.map { ($0, done.after.openDues) }
      }
    }
  }

  @Test func endedCasesAreNeverPaused() throws {
    try everyWalk { walk, seed in
      for state in walk.accepted.map(\.after) where state.phase.isEnded {
        #expect(state.pausedAt == nil && state.openDues.isEmpty, seed)
      }
    }
  }

  @Test func theSecondRefusalGoesToTheCoordinatorWhoseOrderBinds() throws {
    try everyWalk { walk, seed in
      for done in walk.accepted {
        guard case .refused = done.events.last else { continue }
        #expect(done.before.assignment?.isBinding == false, seed)
        #expect(done.after.phase == (done.before.refusals == 0 ? .desk : .coordination), seed)
      }
    }
  }
}

extension CaseEvent {
  /// The deadlines that it sets.
  var dues: [Due] {
    switch self {
    case .opened(let body): body.dues
    case .judged(let body): body.dues
    case .assigned(let body), .jointlyOrdered(let body): [body.due].compactMap { $0 }
    case .dispatched(let body): [body.due].compactMap { $0 }
    case .reopened(let body), .resumed(let body): body.dues
    default: []
    }
  }
}
