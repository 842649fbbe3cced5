import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// The board: the queue beside the map, moving by itself.
struct BoardPage: Sendable {
  let filters: [Choice]
  let queue: String?
  let search: String
  let boardURL: String
  let partURL: String
  let feedURL: String
  let caseURL: String
  let scriptURL: String
  let styleURL: String
  let part: BoardPart
  /// What the browser draws the map from; nil where its library is absent.
  let live: LiveMap?
  let map: BoardMap
  let hiddenDots: String?

  init(_ query: BoardQuery, part: BoardPart, dots: ListCases.Page, map: BoardMap, live: LiveMap?,
       _ presenter: Presenter) {
    let words = presenter.words
    queue = query.queue == .open ? nil : query.queue.rawValue
    search = query.text ?? ""
    boardURL = PageURL.board.path
    partURL = query.link(.boardPart)
    feedURL = "/api/v1/feed"
    caseURL = PageURL.oneCase("").path
    scriptURL = PageAssets.link("board.js")
    styleURL = PageAssets.link("board.css")
    self.part = part
    self.live = live
    self.map = map
    hiddenDots = dots.next == nil ? nil : words("hiddenDots", ["n": String(dots.cases.count)])
    filters = [
      Choice("division", words["division"], none: words["allDivisions"], Choices.divisions(presenter), query.division),
      Choice("kind", words["kind"], none: words["allKinds"], Choices.kinds(presenter, leavesOnly: false), query.kind),
      Choice("agency", words["agency"], none: words["allAgencies"],
             Choices.agencies(presenter), query.agency),
      Choice("door", words["door"], none: words["allDoors"], Choices.doors(presenter), query.door),
    ]
  }

  /// The most dots that the drawn map shows.
  private static let dotsMax = 500
  /// The most cases that are asked for by name.
  private static let namedMax = 100

  static func routes(_ parts: WebParts) -> [PageRoute] {
    // The pack does not change while the server runs, and the pictures take a while.
    let drawing = MapDrawing(pack: parts.site.pack, decoration: parts.settings.mapDecoration)
    let layers = parts.mapLayers
    return [
      .get(.board, .scope(.casesRead)) { call in
        let query = try BoardQuery(call)
        async let dots = dots(query, call)
        let part = try await Self.part(query, call)
        let map = BoardMap(try await dots.cases, drawing: drawing, query, call.presenter)
        let live = LiveMap(query, layers, parts.library, call.presenter)
        return call.page("board", title: call.words["navBoard"], here: .board,
                         BoardPage(query, part: part, dots: try await dots, map: map, live: live, call.presenter))
      },
      .get(.boardPart, .scope(.casesRead)) { call in
        let query = try BoardQuery(call)
        guard let ids = call.query["ids"] else {
          return call.page("boardpart", title: "", ["part": try await Self.part(query, call)])
        }
        return call.page("boardpart", title: "", ["part": try await named(ids, query, call)])
      },
      .get(.boardMap, .scope(.casesRead)) { call in
        let query = try BoardQuery(call)
        let map = BoardMap(try await dots(query, call).cases, drawing: drawing, query, call.presenter)
        return call.page("map", title: "", ["map": map])
      },
      .get(.boardPoints, .scope(.casesRead)) { call in
        let points = try await ListCases(call.site).points(try BoardQuery(call).queueFilter, for: call.actor)
        return call.json(LiveMap.points(points, call.presenter))
      },
      .get(.boardSquads, .scope(.casesRead)) { call in
        call.json(LiveMap.squads(try await SquadsAtWork(call.site)(for: call.actor), call.presenter))
      },
      .get(.map(version: "{version}"), .signedIn) { _ in picture(drawing) },
      .get(.mapLayer("{name}"), .signedIn) { call in try layers.response(call.parameters.get("name") ?? "", call) },
    ]
  }

  private static func part(_ query: BoardQuery, _ call: PageCall) async throws -> BoardPart {
    let list = ListCases(call.site)
    let actor = try call.actor
    async let counts = list.counts(query.filter, for: actor)
    async let page = list(query.queueFilter, for: actor, after: query.after, limit: BoardQuery.pageSize)
    return BoardPart(query, counts: try await counts, cases: try await page.cases, next: try await page.next,
                     call.presenter)
  }

  /// Certain cases, as far as they stand on this board.
  private static func named(_ list: String, _ query: BoardQuery, _ call: PageCall) async throws -> BoardPart {
    let ids = list.split(separator: ",").map(String.init)
    guard ids.count <= namedMax, ids.allSatisfy(Call.isIdentifier) else { throw call.query.invalid("ids") }
    let cases = ListCases(call.site)
    let actor = try call.actor
    async let counts = cases.counts(query.filter, for: actor)
    async let found = cases.named(ids, query.queueFilter, for: actor)
    return BoardPart(query, counts: try await counts, cases: try await found, next: nil, call.presenter)
  }

  private static func dots(_ query: BoardQuery, _ call: PageCall) async throws -> ListCases.Page {
    try await ListCases(call.site)(query.queueFilter, for: call.actor, limit: dotsMax)
  }

  private static func picture(_ drawing: MapDrawing) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "image/svg+xml", .cacheControl: "private, max-age=31536000, immutable"],
      body: .init(byteBuffer: ByteBuffer(string: drawing.svg)))
  }
}
