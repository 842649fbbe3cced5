import Domain
import Features
import SQL

/// Everything that must hold after a run, whatever went wrong in it.
struct RunCheck {
  let site: Installation
  let plan: SimulationPlan
  let tally: Tally

  struct Result {
    let violations: [Violation]
    let digest: UInt64
    let cases: Int
    let events: Int
  }

  func callAsFunction() async throws -> Result {
    let ledger = try await Ledger(site)
    var found = tally.contradictions + ledger.violations
    found += reports(ledger.histories)
    let custody = CustodyCheck(pack: site.pack)
    for history in ledger.histories { found += custody.violations(in: history) }
    found += try await rates(ledger.histories)
    found += try await verification()
    found += try await vault(ledger.histories)
    let events = ledger.histories.reduce(0) { $0 + $1.moments.count }
    return Result(violations: found, digest: ledger.digest, cases: ledger.histories.count, events: events)
  }

  /// Each report that was acknowledged is in exactly one case, and nothing came in that nobody sent.
  private func reports(_ histories: [Ledger.History]) -> [Violation] {
    var cases: [String: Int] = [:]
    for history in histories where history.last.mergedInto == nil {
      for report in history.last.reports { cases[report.facts.id, default: 0] += 1 }
    }
    var found: [Violation] = []
    for receipt in tally.receipts {
      switch cases[receipt.report] {
      case nil: found.append(.lost(report: receipt.report))
      case 1: break
      case let count?: found.append(.doubled(report: receipt.report, cases: count))
      }
    }
    let receipts = Set(tally.receipts.map(\.report))
    if receipts.count != tally.receipts.count || histories.count != tally.receipts.count {
      found.append(.unasked(opened: histories.count, acknowledged: tally.receipts.count))
    }
    return found
  }

  private func rates(_ histories: [Ledger.History]) async throws -> [Violation] {
    let read = ReadRates(site)
    let actor = Actor(id: "system:simulation", role: .system, division: site.district)
    let recount = RateRecount(histories: histories)
    var random = SeededRandom(seed: plan.seed).split("as of")
    let length = (plan.end - plan.from).milliseconds
    let instants = (0..<3).map { _ in plan.from + Span(milliseconds: Int64(random.unit() * Double(length))) }
    var found: [Violation] = []
    for asOf in instants + [plan.end + .days(2)] {
      for dimension in [nil] + ReadRates.Dimension.allCases.map(Optional.some) {
        let query = ReadRates.Query(from: plan.from + Span(milliseconds: Int64(random.below(Int(length / 2)))),
                                    to: plan.end + .days(40), asOf: asOf, by: dimension)
        found += recount.violations(query, against: try await read(query, for: actor))
      }
    }
    return found
  }

  private func verification() async throws -> [Violation] {
    let report = try await VerifyInstallation(site, trusting: [])()
    var found = report.faults.map { Violation.verification("\($0)") }
    if plan.faults != nil {
      let overdue = try await Watchdog(site)().overdue
      if overdue > 0 { found.append(.forgotten(overdue: overdue)) }
    }
    return found
  }

  /// What people said and wrote can be read: every report, and every note that the journal refers to.
  private func vault(_ histories: [Ledger.History]) async throws -> [Violation] {
    let reports = tally.receipts.map(\.report)
    let notes = histories.flatMap(\.moments).compactMap(\.event.note)
    return try await site.database.read { [site] connection in
      func isReadable(_ type: (some Decodable).Type, _ reference: String) -> Bool {
        (try? site.vault.open(type, reference, district: site.district, on: connection)) != nil
      }
      return reports.filter { !isReadable(ReportWords.self, $0) }.map(Violation.vault(report:))
        + notes.filter { !isReadable(CaseNote.self, $0) }.map(Violation.note(reference:))
    }
  }
}
