import Domain
import Features

/// Somebody presses whatever button there is, at any time, in whatever role: what nobody sensible would do must be
/// refused, or do no harm.
extension Simulator {
  func meddle() async throws {
    var random = root.split("meddler \(clock.now.milliseconds)")
    agenda.add(.meddling, at: clock.now + Span(milliseconds: random.delay(Delay(40, spread: 0.8))))
    let known = files.indices.filter { !files[$0].id.isEmpty }
    guard !known.isEmpty else { return }
    // Mostly a recent case: there is more to spoil.
    let index = random.chance(0.7) ? known.suffix(4).randomElement(using: &random) ?? 0 : random.pick(known)
    let other = files[random.pick(known)].id
    let actor = anybody(index, &random)
    let content: Letter.Content = switch random.below(8) {
    case 0: .merge(into: other)
    case 1: .unmerge
    default: .step(.init(anything(index, other: other, &random), words: random.chance(0.3) ? "…" : nil))
    }
    try await send(content, .meddle, file: index, by: actor)
  }

  private func anybody(_ index: Int, _ random: inout SeededRandom) -> Actor {
    let file = files[index]
    let division = random.chance(0.8) ? pack.district : random.pick(pack.divisions).code
    switch random.below(9) {
    case 0, 1: return deskActor(1)
    case 2: return Actor(id: "account:dispatcher", role: .dispatcher, division: division)
    case 3: return Actor(id: "account:coordinator", role: .coordinator, division: division)
    case 4: return agencyActor(file.agency ?? random.pick(pack.agencies).code)
    case 5: return agencyActor(random.pick(pack.agencies).code)
    case 6: return squadActor(file.squad ?? random.pick(pack.squads).code)
    case 7: return Actor(id: "reporter:" + file.report, role: .reporter, division: division)
    default: return Actor(id: "account:anybody", role: random.pick(Role.allCases.filter { $0 != .system }),
                          division: division)
    }
  }

  private func anything(_ index: Int, other: String, _ random: inout SeededRandom) -> CaseCommand.Action {
    let agency = random.pick(pack.agencies).code
    let wish = CaseCommand.Assignment(agency: agency, supporting: random.chance(0.3) ? [agency] : [])
    let report = files[random.below(files.count)].report
    let choices: [CaseCommand.Action] = [
      .judge(.init(kind: random.pick(pack.kinds).code)), .judge(.init(kind: random.pick(pack.leafKinds).code)),
      .assign(wish), .assign(wish), .orderJointly(wish), .sign, .refuse(reason: "not-ours", note: nil),
      .dispatch(squad: random.pick(pack.squads).code, reasons: []), .squadSign, .setOut, .arrive,
      .conclude(random.pick(Outcome.allCases), note: nil), .answer(channel: "phone", note: nil), .confirm,
      .rate(stars: random.below(7)), .complain(note: nil), .close, .reopen(reason: "again", note: nil),
      .handBack(reason: "not-ours", note: nil), .pause(reason: "waiting", note: nil), .resume(reason: "on"),
      .notice(random.pick(DeadlineStep.allCases), rung: random.below(4)), .rectify(note: nil),
      .addNote(note: nil),
      .part(report: report), .merge(into: other), .unmerge,
      .markReturned(.init(report: report, case: other, isPoliceDoor: true)),
    ]
    return random.pick(choices)
  }
}
