import Domain
import Features
import Hummingbird

/// The inbox of notices, and the bulletin of a period.
enum NoticeEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [notices(parts), bulletin(parts)] }

  private static func notices(_ parts: WebParts) -> Endpoint {
    let list = ListNotices(parts.site)
    return Endpoint(
      .get, "/api/v1/notices", "listNotices", zh: "催办、预警单、督办单与整改,最新在前",
      en: "Reminders, warning notices, supervision orders and rectifications, the newest first",
      access: .scope(.casesRead),
      parameters: period + [
        .query("limit", .integer(1...500), "每页条数,默认 100", "Notices a page; 100 unless told"),
        .query("after", .string(max: 100), "下一页的起点,取自 Link", "Where a page begins, as Link has it"),
      ],
      answer: .json(
        .object([.required("notices", .list(NoticeView.schema))]).named("Notices"),
        headers: ["Link": "<…>; rel=\"next\""])
    ) { call in
      let (from, to) = try call.period(parts.site)
      let limit = try call.query.integer("limit", in: 1...500) ?? 100
      let cursor = try call.query["after"].map { text in
        guard let cursor = ListNotices.Cursor(text) else { throw call.query.invalid("after") }
        return cursor
      }
      let found = try await list(from: from, to: to, for: call.actor, after: cursor, limit: limit)
      let next = found.count == limit ? found.last?.cursor.text : nil
      return try JSON.response(["notices": found.map(NoticeView.init)], headers: call.nextLink(after: next))
    }
  }

  private static func bulletin(_ parts: WebParts) -> Endpoint {
    let make = MakeBulletin(parts.site)
    return Endpoint(
      .get, "/api/v1/bulletin", "readBulletin", zh: "一段时间的通报", en: "The bulletin of a period",
      access: .scope(.ratesRead),
      parameters: period + [.query("as-of", .instantOrDate, "截至时点,默认现在", "As of; now unless told")],
      answer: .json(BulletinView.schema)
    ) { call in
      let (from, to) = try call.period(parts.site)
      let asOf = try call.query.instant("as-of", in: parts.site.pack.calendar.zone) ?? parts.site.now()
      return try JSON.response(BulletinView(try await make(from: from, to: to, asOf: asOf, for: call.actor)))
    }
  }

  private static let period: [Endpoint.Parameter] = [
    .query("from", .instantOrDate, "期间起", "Beginning of the period", isRequired: true),
    .query("to", .instantOrDate, "期间止(不含)", "End of the period, exclusive", isRequired: true),
  ]
}

extension Call {
  /// - Throws: ``ProblemKind/parameterInvalid``.
  fileprivate func period(_ site: Installation) throws -> (from: Instant, to: Instant) {
    let zone = site.pack.calendar.zone
    guard let from = try query.instant("from", in: zone) else { throw query.invalid("from") }
    guard let to = try query.instant("to", in: zone), to > from else { throw query.invalid("to") }
    return (from, to)
  }
}

/// A notice as JSON.
struct NoticeView: Encodable, Sendable {
  let `case`: String
  let number: Int
  let at: Timestamp
  let notice: DeadlineTable.Rung.Notice
  let step: DeadlineStep
  let due: Timestamp
  let addressee: String
  let agency: String
  let division: String

  init(_ entry: ListNotices.Entry) {
    self.case = entry.caseID
    number = entry.number
    at = entry.at.timestamp
    notice = entry.event.notice
    step = entry.event.step
    due = entry.event.due.timestamp
    addressee = entry.event.addressee
    agency = entry.event.agency
    division = entry.division
  }

  static let schema = Schema.object([
    .required("case", .identifier), .required("number", .integer()), .required("at", .instant),
    .required("notice", .words(DeadlineTable.Rung.Notice.self)), .required("step", .words(DeadlineStep.self)),
    .required("due", .instant), .required("addressee", .word), .required("agency", .code),
    .required("division", .code),
  ]).named("Notice")
}

/// A bulletin as JSON.
struct BulletinView: Encodable, Sendable {
  struct Tally: Encodable, Sendable {
    let rate: Rate
    let denominator: Int
    let numerator: Int
    let notYetDue: Int
  }
  struct Line: Encodable, Sendable {
    let code: String
    let place: Int?
    let rates: [Tally]
  }
  struct Count: Encodable, Sendable {
    let agency: String
    let notice: DeadlineTable.Rung.Notice
    let count: Int
  }
  struct Late: Encodable, Sendable {
    let `case`: String
    let agency: String
    let step: DeadlineStep
    let due: Timestamp
    let doneAt: Timestamp?
    let lateMinutes: Int
  }

  let from: Timestamp
  let to: Timestamp
  let asOf: Timestamp
  let formulaVersion: Int
  let whole: [Tally]
  let agencies: [Line]
  let towns: [Line]
  let notices: [Count]
  let delays: [Late]

  init(_ bulletin: Bulletin) {
    from = bulletin.from.timestamp
    to = bulletin.to.timestamp
    asOf = bulletin.asOf.timestamp
    formulaVersion = bulletin.formulaVersion
    whole = Self.tallies(bulletin.whole)
    agencies = bulletin.agencies.map { Line(code: $0.code, place: $0.place, rates: Self.tallies($0.tallies)) }
    towns = bulletin.towns.map { Line(code: $0.code, place: $0.place, rates: Self.tallies($0.tallies)) }
    notices = bulletin.notices.map { Count(agency: $0.agency, notice: $0.notice, count: $0.count) }
    delays = bulletin.delays.map {
      Late(case: $0.case, agency: $0.agency, step: $0.step, due: $0.due.timestamp, doneAt: $0.doneAt?.timestamp,
           lateMinutes: Int($0.late.wall.milliseconds / 60_000))
    }
  }

  private static func tallies(_ tallies: [Rate: RateTally]) -> [Tally] {
    Rate.allCases.compactMap { rate in
      tallies[rate].map {
        Tally(rate: rate, denominator: $0.denominator, numerator: $0.numerator, notYetDue: $0.notYetDue)
      }
    }
  }

  private static let tallies = Schema.list(.object([
    .required("rate", .words(Rate.self)), .required("denominator", .integer()), .required("numerator", .integer()),
    .required("notYetDue", .integer()),
  ]))
  private static let lines = Schema.list(.object([
    .required("code", .code), .optional("place", .integer()), .required("rates", tallies),
  ]))

  static let schema = Schema.object([
    .required("from", .instant), .required("to", .instant), .required("asOf", .instant),
    .required("formulaVersion", .integer()), .required("whole", tallies), .required("agencies", lines),
    .required("towns", lines),
    .required("notices", .list(.object([
      .required("agency", .code), .required("notice", .words(DeadlineTable.Rung.Notice.self)),
      .required("count", .integer()),
    ]))),
    .required("delays", .list(.object([
      .required("case", .identifier), .required("agency", .code), .required("step", .words(DeadlineStep.self)),
      .required("due", .instant), .optional("doneAt", .instant), .required("lateMinutes", .integer()),
    ]))),
  ]).named("Bulletin")
}
