import Domain
import Features
import Hummingbird

/// Editions of the safety index: those that were made, and asking for the next.
enum EditionEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [list(parts), ask(parts), read(parts)] }

  private static let path = "/api/v1/editions"

  private static func list(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .get, path, "listEditions", zh: "平安指数各期,最新在前;以及最近一次编制的进展",
      en: "Editions of the safety index, the latest first, and how the making asked for last gets on",
      access: .scope(.ratesRead), roles: ListScenarios.readers,
      answer: .json(.object([
        .required("editions", .list(EditionLineView.schema)), .optional("making", EditionMakingView.schema),
      ]).named("Editions"))
    ) { call in
      let lines = try await EditionStore(parts.site).list()
      let making = try await EditionDesk(parts.site).latest()
      return try JSON.response(Editions(editions: lines.map(EditionLineView.init),
                                        making: making.map(EditionMakingView.init)))
    }
  }

  private static func ask(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .post, path, "askForEdition", zh: "编制一期;在后台进行,同一时间只编制一期",
      en: "Have an edition made: in the background, one at a time", access: .scope(.ratesRead),
      roles: EditionDesk.roles, body: EditionInput.schema, answer: .json(EditionMakingView.schema, status: 202),
      problems: [.periodUnusable, .notAllowedThere, .editionUnderWay, .nothingToPublish]
    ) { call in
      let input = try await call.body(EditionInput.self).value
      let desk = EditionDesk(parts.site)
      let query = try desk.query(from: input.day(input.from, "from"), to: input.day(input.to, "to"),
                                 comparison: input.compare ?? .lastYear, division: input.division, for: call.actor)
      return try JSON.response(EditionMakingView(try await desk.ask(query, by: call.actor)), status: .accepted)
    }
  }

  private static func read(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .get, path + "/{number}", "readEdition", zh: "一期的全部内容,编成后不再改变",
      en: "All that an edition says; it never changes", access: .scope(.ratesRead), roles: ListScenarios.readers,
      answer: .json(.anything), problems: [.unknownEdition]
    ) { call in
      try JSON.response(try await edition(call, parts))
    }
  }

  /// The edition of the path.
  /// - Throws: ``ProblemKind/unknownEdition``.
  static func edition(_ call: Call, _ parts: WebParts) async throws -> Edition {
    guard let number = call.pathParameters.get("number").flatMap({ Int($0) }),
      let edition = try await EditionStore(parts.site).edition(number)
    else { throw Problem(.unknownEdition) }
    return edition
  }

  private struct Editions: Encodable {
    let editions: [EditionLineView]
    let making: EditionMakingView?
  }
}

struct EditionInput: JSONInput {
  let from: String
  let to: String
  /// Without it, all that the caller judges.
  let division: String?
  /// Without it, the same days of the year before.
  let compare: EditionQuery.Comparison?

  static let schema = Schema.object([
    .required("from", .day), .required("to", .day), .optional("division", .code),
    .optional("compare", .words(EditionQuery.Comparison.self)),
  ]).named("EditionInput")

  /// - Throws: ``ProblemKind/fieldInvalid``.
  func day(_ text: String, _ field: String) throws -> CivilDate {
    guard let day = CivilDate(text) else { throw Problem(.fieldInvalid, field: field) }
    return day
  }
}

struct EditionLineView: Encodable, Sendable {
  let number: Int
  let from: String
  let to: String
  let division: String
  let compare: String

  init(_ line: EditionStore.Line) {
    number = line.number
    from = line.days.lowerBound
    to = line.days.upperBound
    division = line.area
    compare = line.comparison
  }

  static let schema = Schema.object([
    .required("number", .integer()), .required("from", .day), .required("to", .day), .required("division", .string()),
    .required("compare", .words(EditionQuery.Comparison.self)),
  ]).named("EditionLine")
}

struct EditionMakingView: Encodable, Sendable {
  private enum State: String, Encodable, CaseIterable { case waiting, begun, made, failed }

  let from: String
  let to: String
  let division: String?
  let compare: EditionQuery.Comparison
  private let state: State
  let askedAt: Timestamp
  private(set) var begunAt: Timestamp?
  let endedAt: Timestamp?
  private(set) var number: Int?
  private(set) var failure: EditionMaking.Failure?

  init(_ making: EditionMaking) {
    from = making.query.days.lowerBound.text
    to = making.query.days.upperBound.text
    division = making.query.division
    compare = making.query.comparison
    askedAt = making.askedAt.timestamp
    endedAt = making.endedAt?.timestamp
    switch making.state {
    case .waiting: state = .waiting
    case .begun(let at):
      state = .begun
      begunAt = at.timestamp
    case .made(let made):
      state = .made
      number = made
    case .failed(let why):
      state = .failed
      failure = why
    }
  }

  static let schema = Schema.object([
    .required("from", .day), .required("to", .day), .optional("division", .string()),
    .required("compare", .words(EditionQuery.Comparison.self)), .required("state", .words(State.self)),
    .required("askedAt", .instant), .optional("begunAt", .instant), .optional("endedAt", .instant),
    .optional("number", .integer()), .optional("failure", .words(EditionMaking.Failure.self)),
  ]).named("EditionMaking")
}
