import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// The wall of a control room: map, queue, squads and rates, to be read from across the room, moving by itself.
///
/// It shows kinds, towns and bodies, and nothing that is of a person or leads to a case.
struct WallPage: Sendable {
  let partURL: String
  let feedURL: String
  let scriptURL: String
  let styleURL: String
  let part: WallPart

  static func routes(_ parts: WebParts) -> [PageRoute] {
    let drawing = MapDrawing(pack: parts.site.pack, decoration: parts.settings.mapDecoration)
    let rates = WallRates()
    return [
      .get(.wall, .wall) { call in
        let page = WallPage(part: try await part(call, drawing, rates))
        return call.page("wall", title: call.words["wall"], page)
      },
      .get(.wallPart, .wall) { call in
        call.page("wallpart", title: "", ["part": try await part(call, drawing, rates)])
      },
      .get(.wallFeed, .wall) { call in try await WallFeed.response(to: call) },
      .get(.wallMap(version: "{version}"), .wall) { _ in
        Response(
          status: .ok,
          headers: [.contentType: "image/svg+xml", .cacheControl: "private, max-age=31536000, immutable"],
          body: .init(byteBuffer: ByteBuffer(string: drawing.darkSVG)))
      },
    ] + WallKeyPage.routes
  }

  private init(part: WallPart) {
    partURL = PageURL.wallPart.path
    feedURL = PageURL.wallFeed.path
    scriptURL = PageAssets.link("wall.js")
    styleURL = PageAssets.link("wall.css")
    self.part = part
  }

  /// The most cases that are drawn.
  private static let dotsMax = 500

  private static func part(_ call: PageCall, _ drawing: MapDrawing, _ rates: WallRates) async throws -> WallPart {
    let list = ListCases(call.site)
    let actor = try call.actor
    async let counts = list.counts(.init(), for: actor)
    async let open = list(.init(isOpen: true, order: .attention), for: actor, limit: dotsMax)
    async let squads = SquadsAtWork(call.site)(for: actor)
    let lines = try await rates.lines(call.site, for: actor, call.presenter)
    return WallPart(counts: try await counts, open: try await open.cases, squads: try await squads, rates: lines,
                    drawing, call.presenter)
  }
}
