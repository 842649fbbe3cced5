import Domain
import Features

extension Simulator {
  /// A resident reports at a door.
  func report(_ saying: Saying) async throws {
    guard let life = population.life(of: saying.kind) else { return }
    let resident = tally.reports
    tally.reports += 1
    var random = root.split("resident \(resident)")
    let report = writer.report(saying, life, resident: resident, &random)
    let file = files.count
    files.append(CaseFile(truth: population.index(of: saying.kind), place: saying.place,
                          street: report.place == nil ? report.coordinate : nil, sameAs: saying.sameAs))
    let desk = 1 + random.below(max(1, plan.staffing.operators))
    try await send(.report(report), .report, file: file, by: deskActor(desk))
  }

  /// The report is acknowledged: the case goes its way, and sometimes the neighbours call too.
  func opened(_ receipt: Receipt, file index: Int) {
    tally.acknowledged += 1
    tally.receipts.append(receipt)
    files[index].id = receipt.case
    files[index].report = receipt.report
    files[index].phase = receipt.phase
    files[index].kind = receipt.kind
    files[index].agency = receipt.agency
    files[index].severity = receipt.kind.flatMap { pack.kind($0)?.severity } ?? .ordinary
    files[index].division = files[index].street.flatMap(pack.division(containing:))?.code
      ?? files[index].place?.division ?? ""
    if files[index].sameAs == nil { callAgain(index) }
    if let same = files[index].sameAs, files[index].phase == .desk || files[index].phase == .assigned,
      files[same].phase != .closed, files[same].phase != .merged,
      with("desk", { $0.chance(plan.habits.merging) })
    {
      schedule(.merge, on: index, by: "desk", after: Delay(6, spread: 0.6))
    }
    next(index)
    if let place = files[index].place, files[index].street == nil { byPlace[place.code] = index }
  }

  private func callAgain(_ index: Int) {
    let file = files[index]
    var random = root.split("callers \(index)")
    guard random.chance(plan.habits.secondCaller) else { return }
    let kind = population.lives[file.truth].kind.code
    let at = clock.now + Span(milliseconds: random.delay(Delay(20, spread: 0.9)))
    agenda.add(.saying(Saying(kind: kind, place: file.place, street: file.street, sameAs: index)), at: at)
  }

  /// The same thing again, days after it was said to be over.
  func recur(_ index: Int) {
    guard !files[index].hasRecurred else { return }
    files[index].hasRecurred = true
    var random = root.split("recurrence \(index)")
    guard random.chance(plan.habits.recurrence) else { return }
    let at = clock.now + Span(milliseconds: random.delay(Delay(4 * 1_440, spread: 0.9)))
    let file = files[index]
    let saying = Saying(kind: population.lives[file.truth].kind.code, place: file.place, street: file.street,
                        door: random.chance(0.7) ? "110" : nil)
    agenda.add(.saying(saying), at: at)
  }
}

extension Population {
  /// - Precondition: `kind` is one of ``lives``.
  func index(of kind: String) -> Int { lives.firstIndex { $0.kind.code == kind } ?? 0 }
}
