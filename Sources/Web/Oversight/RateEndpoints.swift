import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// The six rates and the repeat-report rate, and the cases behind each figure.
enum RateEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [rates(parts), cases(parts)] }

  private static func rates(_ parts: WebParts) -> Endpoint {
    let read = ReadRates(parts.site)
    return Endpoint(
      .get, "/api/v1/rates", "readRates", zh: "六率与重复报警率", en: "The six rates and the repeat-report rate",
      access: .scope(.ratesRead),
      parameters: periodParameters + [
        .query("format", .words(Format.self), "格式;不写则按 Accept", "The format; by Accept unless told")
      ],
      answer: .init(
        status: 200, bodies: ["application/json": RatesView.schema, "text/csv": .string()],
        headers: [:])
    ) { call in
      let query = try RateQuery(call.query, parts.site)
      let lines = try await read(query.query, for: call.actor)
      switch try call.query.word("format") ?? Format(accept: call.request.headers[.accept]) {
      case .json: return try JSON.response(RatesView(query, lines))
      case .csv: return RatesCSV(query, lines, pack: parts.site.pack).response
      }
    }
  }

  private static func cases(_ parts: WebParts) -> Endpoint {
    let read = ReadRates(parts.site)
    return Endpoint(
      .get, "/api/v1/rates/{rate}/cases", "listCasesBehindRate", zh: "某一数字背后的事件",
      en: "The cases behind a figure", access: .scope(.ratesRead),
      parameters: periodParameters + [
        .query("part", .words(ReadRates.Part.self), "分子、分母或未到期,默认分母", "Which figure; the denominator unless told"),
        .query("group", .string(max: 100), "by 所指维度的取值", "The value of the dimension that `by` names"),
        .query("limit", .integer(1...500), "每页条数,默认 200", "Cases a page; 200 unless told"),
        .query("after", .string(max: 100), "下一页的起点,取自 Link", "Where a page begins, as Link has it"),
      ],
      answer: .json(
        .object([.required("cases", .list(.identifier))]).named("CaseIDs"), headers: ["Link": "<…>; rel=\"next\""]),
      problems: [.unknownAddress]
    ) { call in
      guard let rate = call.pathParameters.get("rate", as: Rate.self) else { throw Problem(.unknownAddress) }
      let query = try RateQuery(call.query, parts.site)
      let limit = try call.query.integer("limit", in: 1...500) ?? 200
      let after = call.query["after"] ?? ""
      guard after.isEmpty || Call.isIdentifier(after) else { throw call.query.invalid("after") }
      let found = try await read.cases(
        behind: rate, call.query.word("part") ?? .denominator, query.query, group: call.query["group"],
        for: call.actor, after: after, limit: limit)
      let next = found.count == limit ? found.last : nil
      return try JSON.response(CaseIDs(cases: found), headers: call.nextLink(after: next))
    }
  }

  private struct CaseIDs: Encodable {
    let cases: [String]
  }

  private static let periodParameters: [Endpoint.Parameter] = [
    .query("from", .instantOrDate, "期间起", "Beginning of the period", isRequired: true),
    .query("to", .instantOrDate, "期间止(不含)", "End of the period, exclusive", isRequired: true),
    .query("as-of", .instantOrDate, "截至时点,默认现在", "As of; now unless told"),
    .query("by", .words(ReadRates.Dimension.self), "分组维度", "The dimension"),
    .query("division", .code, "行政区划及其下级", "A division with all below"),
    .query("agency", .code, "承办单位", "An agency"),
  ]

  enum Format: String, CaseIterable {
    case json, csv

    init(accept: String?) {
      self = accept.map { $0.contains("text/csv") && !$0.contains("application/json") } ?? false ? .csv : .json
    }
  }
}

/// The period and the filters of a question for rates, and the addresses that open its figures.
struct RateQuery {
  let query: ReadRates.Query
  private let items: [String]

  /// - Throws: ``ProblemKind/parameterInvalid``.
  init(_ query: Query, _ site: Installation) throws {
    let zone = site.pack.calendar.zone
    guard let from = try query.instant("from", in: zone) else { throw query.invalid("from") }
    guard let to = try query.instant("to", in: zone), to > from else { throw query.invalid("to") }
    let asOf = try query.instant("as-of", in: zone) ?? site.now()
    self.query = ReadRates.Query(
      from: from, to: to, asOf: asOf, by: try query.word("by"), division: try query.code("division"),
      agency: try query.code("agency"))
    items = query.items.filter { !["format", "lang", "as-of", "part", "group", "limit", "after"].contains($0.name) }
      .map { "\($0.name)=\($0.value.percentEncoded)" } + ["as-of=" + asOf.timestamp.text]
  }

  func link(_ line: ReadRates.Line, _ part: ReadRates.Part) -> String {
    let group = query.by == nil ? [] : ["group=" + line.group.percentEncoded]
    return "/api/v1/rates/\(line.rate.rawValue)/cases?"
      + (items + group + ["part=" + part.rawValue]).joined(separator: "&")
  }
}

extension String {
  /// For a value in a query.
  var percentEncoded: String {
    var text = ""
    for byte in utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.count == 1 ? "%0" + digits : "%" + digits
      }
    }
    return text
  }
}
