import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// The board: the queue beside the map, moving by itself.
struct BoardPage: Sendable {
  let filters: [Choice]
  let queue: String?
  let boardURL: String
  let partURL: String
  let feedURL: String
  let part: BoardPart

  init(_ query: BoardQuery, part: BoardPart, _ presenter: Presenter) {
    let words = presenter.words
    queue = query.queue == .open ? nil : query.queue.rawValue
    boardURL = PageURL.board.path
    partURL = query.link(.boardPart, after: query.after)
    feedURL = "/api/v1/feed"
    self.part = part
    filters = [
      Choice("division", words["division"], none: words["allDivisions"], Choices.divisions(presenter), query.division),
      Choice("kind", words["kind"], none: words["allKinds"], Choices.kinds(presenter, leavesOnly: false), query.kind),
      Choice("agency", words["agency"], none: words["allAgencies"],
             Choices.agencies(presenter), query.agency),
      Choice("door", words["door"], none: words["allDoors"], Choices.doors(presenter), query.door),
    ]
  }

  /// The most dots that are drawn.
  private static let dotsMax = 500

  static func routes(_ parts: WebParts) -> [PageRoute] {
    // The pack does not change while the server runs, and the picture takes a while.
    let drawing = MapDrawing(pack: parts.site.pack, decoration: parts.settings.mapDecoration)
    return [
      .get(.board, .scope(.casesRead)) { call in
        let query = try BoardQuery(call.query)
        let part = try await Self.part(query, drawing, call)
        return call.page("board", title: call.words["navBoard"], here: .board,
                         BoardPage(query, part: part, call.presenter))
      },
      .get(.boardPart, .scope(.casesRead)) { call in
        let part = try await Self.part(try BoardQuery(call.query), drawing, call)
        return call.page("boardpart", title: "", ["part": part])
      },
      .get(.map(version: "{version}"), .signedIn) { _ in picture(drawing) },
    ]
  }

  private static func part(_ query: BoardQuery, _ drawing: MapDrawing, _ call: PageCall) async throws -> BoardPart {
    let list = ListCases(call.site)
    let actor = try call.actor
    async let counts = list.counts(query.filter, for: actor)
    async let page = list(query.queueFilter, for: actor, after: query.after, limit: BoardQuery.pageSize)
    async let dots = list(query.queueFilter, for: actor, limit: dotsMax)
    return BoardPart(query, counts: try await counts, page: try await page, dots: try await dots, drawing: drawing,
                     call.presenter)
  }

  private static func picture(_ drawing: MapDrawing) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "image/svg+xml", .cacheControl: "private, max-age=31536000, immutable"],
      body: .init(byteBuffer: ByteBuffer(string: drawing.svg)))
  }
}
