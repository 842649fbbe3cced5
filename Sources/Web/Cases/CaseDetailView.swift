import Domain
import Features

/// One case whole: both clocks, its deadlines, its reports without their words, and everything that happened to it.
struct CaseDetailView: Encodable, Sendable {
  /// Since when, and how long so far (or until it ended), in seconds.
  struct Clock: Encodable, Sendable {
    let since: Timestamp
    let until: Timestamp?
    let elapsedSeconds: Int64
  }

  struct Clocks: Encodable, Sendable {
    /// In the phase the case is in now.
    let phase: Clock
    /// From the first report to closure, without a break.
    let whole: Clock
  }

  struct Deadline: Encodable, Sendable {
    let step: DeadlineStep
    let from: Timestamp
    let at: Timestamp
    let clock: Allowance.Clock
    let isLate: Bool
  }

  struct ReportView: Encodable, Sendable {
    let id: String
    let door: String
    let kind: String?
    let place: String?
    let division: String
    let point: Coordinate?
    let saidAt: Timestamp
    let receivedAt: Timestamp
    let dangers: [String]
  }

  let `case`: CaseView
  let clocks: Clocks
  let deadlines: [Deadline]
  let refusals: Int
  let rounds: Int
  let reports: [ReportView]
  let timeline: [TimelineView]

  init(_ detail: ShowCase.Detail, now: Instant) {
    let state = detail.state
    self.case = CaseView(detail.summary)
    let end = state.phase.isEnded ? state.closedAt ?? state.lastAt : nil
    clocks = Clocks(phase: Clock(from: state.phaseSince, until: nil, now: now),
                    whole: Clock(from: state.firstReportAt, until: end, now: now))
    deadlines = state.openDues.map {
      Deadline(step: $0.step, from: $0.from.timestamp, at: $0.at.timestamp, clock: $0.clock,
               isLate: state.pausedAt == nil && $0.at < now)
    }
    refusals = state.refusals
    rounds = state.rounds.count
    reports = state.reports.map { ReportView($0.facts) }
    timeline = detail.timeline.map(TimelineView.init)
  }

  static let schema = Schema.object([
    .required("case", CaseView.schema),
    .required("clocks", .object([.required("phase", Clock.schema), .required("whole", Clock.schema)])),
    .required("deadlines", .list(.object([
      .required("step", .words(DeadlineStep.self)), .required("from", .instant), .required("at", .instant),
      .required("clock", .words(Allowance.Clock.self)), .required("isLate", .boolean),
    ]))),
    .required("refusals", .integer()), .required("rounds", .integer()),
    .required("reports", .list(ReportView.schema)), .required("timeline", .list(TimelineView.schema)),
  ]).named("CaseDetail")
}

extension CaseDetailView.Clock {
  init(from start: Instant, until end: Instant?, now: Instant) {
    since = start.timestamp
    until = end?.timestamp
    elapsedSeconds = max(0, ((end ?? now) - start).milliseconds / 1_000)
  }

  static let schema = Schema.object([
    .required("since", .instant), .optional("until", .instant), .required("elapsedSeconds", .integer()),
  ]).named("Clock")
}

extension CaseDetailView.ReportView {
  init(_ facts: ReportFacts) {
    self.init(
      id: facts.id, door: facts.door, kind: facts.kind, place: facts.place, division: facts.division,
      point: facts.point, saidAt: facts.saidAt.timestamp, receivedAt: facts.receivedAt.timestamp,
      dangers: facts.dangers)
  }

  static let schema = Schema.object([
    .required("id", .identifier), .required("door", .string()), .optional("kind", .string()),
    .optional("place", .string()), .required("division", .string()), .optional("point", .point),
    .required("saidAt", .instant), .required("receivedAt", .instant), .required("dangers", .list(.string())),
  ]).named("Report")
}
