import Domain
import Features
import HTTPTypes
import Hummingbird

/// Cases to read: the list and one whole.
enum CaseEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [list(parts), show(parts)] }

  private static func list(_ parts: WebParts) -> Endpoint {
    let list = ListCases(parts.site)
    let zone = parts.site.pack.calendar.zone
    return Endpoint(
      .get, "/api/v1/cases", "listCases", zh: "事件列表", en: "List cases", access: .scope(.casesRead),
      parameters: listParameters,
      answer: .json(
        .object([.required("cases", .list(CaseView.schema))]).named("CasePage"),
        headers: ["Link": "<…>; rel=\"next\""])
    ) { call in
      let filter = try filter(call.query, zone)
      let limit = try call.query.integer("limit", in: 1...ListCases.pageSizeMax) ?? 50
      let cursor = try call.query["after"].map { text in
        guard let cursor = ListCases.Cursor(text), Call.isIdentifier(cursor.id) else {
          throw call.query.invalid("after")
        }
        return cursor
      }
      let page = try await list(filter, for: call.actor, after: cursor, limit: limit)
      return try JSON.response(
        Page(cases: page.cases.map(CaseView.init)), headers: call.nextLink(after: page.next?.text))
    }
  }

  private struct Page: Encodable {
    let cases: [CaseView]
  }

  private static let listParameters: [Endpoint.Parameter] = [
    .query("phase", .string(max: 200, example: "desk,assigned"), "阶段,可用逗号分隔多个", "Phases, separated by commas"),
    .query("open", .boolean, "仅未办结", "Only what is not ended"),
    .query("late", .boolean, "仅已超时", "Only what is past a deadline"),
    .query("division", .code, "行政区划及其下级", "A division with all below"),
    .query("agency", .code, "承办单位", "An agency"),
    .query("kind", .code, "类别及其下级", "A kind with all below"),
    .query("door", .code, "受理渠道", "A door"),
    .query("from", .instantOrDate, "首次报警不早于", "First reported at or after"),
    .query("before", .instantOrDate, "首次报警早于", "First reported before"),
    .query("order", .words(ListCases.Filter.Order.self), "排序", "Order"),
    .query("limit", .integer(1...ListCases.pageSizeMax), "每页条数,默认 50", "Cases a page; 50 unless told"),
    .query("after", .string(max: 100), "下一页的起点,取自 Link", "Where a page begins, as Link has it"),
  ]

  static func filter(_ query: Query, _ zone: CityZone) throws -> ListCases.Filter {
    ListCases.Filter(
      phases: try query.words("phase"), isOpen: try query.truth("open"), division: try query.code("division"),
      agency: try query.code("agency"), kind: try query.code("kind"), door: try query.code("door"),
      openedFrom: try query.instant("from", in: zone), openedBefore: try query.instant("before", in: zone),
      isLate: try query.truth("late"), order: try query.word("order") ?? .newest)
  }

  private static func show(_ parts: WebParts) -> Endpoint {
    let show = ShowCase(parts.site)
    let now = parts.site.now
    return Endpoint(
      .get, "/api/v1/cases/{id}", "readCase", zh: "事件详情、双时钟与全程记录", en: "A case with its timeline and clocks",
      access: .scope(.casesRead), answer: .json(CaseDetailView.schema), problems: [.unknownCase]
    ) { call in
      let detail = try await show(call.identifier("id"), for: call.actor)
      return try JSON.response(CaseDetailView(detail, now: now()))
    }
  }
}

extension Call {
  /// The address of the next page: this one's query with another beginning.
  func nextLink(after cursor: String?) -> HTTPFields {
    guard let cursor else { return [:] }
    let kept = (request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("after=") }
    let items = (kept.map(String.init) + ["after=" + cursor]).joined(separator: "&")
    return [.link: "<\(request.uri.path)?\(items)>; rel=\"next\""]
  }
}

extension Schema {
  /// `2026-03-01` in the city's time zone, or an RFC 3339 time.
  static let instantOrDate = any([string(format: "date", example: "2026-03-01"), instant])
}
