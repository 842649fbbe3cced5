import Domain
import Features
import Hummingbird
import Logging
import NIOCore

/// All routes of a server, composed: the API from its table, the pages, the doors of other protocols.
struct WebSite: Sendable {
  let parts: WebParts
  let doors: [PlainDoor]

  /// The table of the API.
  static func endpoints(_ parts: WebParts) -> [Endpoint] {
    HealthEndpoints.all(parts) + ReportEndpoints.all(parts) + CaseEndpoints.all(parts) + StepEndpoints.all(parts)
      + WordsEndpoints.all(parts) + CandidateEndpoints.all(parts) + MergerEndpoints.all(parts)
      + RateEndpoints.all(parts) + NoticeEndpoints.all(parts) + EditionEndpoints.all(parts)
      + ScenarioEndpoints.all(parts)
      + PackEndpoint.all(parts) + FeedEndpoint.all(parts) + SessionEndpoints.all(parts) + AccountEndpoints.all(parts)
      + TokenEndpoints.all(parts)
  }

  func router() -> Router<WebContext> {
    let endpoints = Self.endpoints(parts)
    let described = endpoints + [DescriptionEndpoint.describing(endpoints)]
    let methods = PathMethods(described, doors)
    let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: MeterMiddleware(meter: parts.meter))
    router.add(middleware: SecurityHeadersMiddleware(
      isBehindTLS: parts.settings.isBehindTLS, tiles: parts.site.pack.baseMap?.origin))
    router.add(middleware: ProblemMiddleware(methods: methods.at))
    router.add(middleware: PageProblemMiddleware(parts: parts))
    // Other protocols authenticate for themselves and never by a cookie.
    for door in doors { mount(door, on: router) }
    router.add(middleware: SameSiteMiddleware())
    for endpoint in described {
      router.on(RouterPath(endpoint.path), method: endpoint.method,
                responder: EndpointResponder(endpoint, gate: parts.gate))
    }
    Pages.mount(parts, on: router)
    return router
  }

  private func mount(_ door: PlainDoor, on router: Router<WebContext>) {
    let responder = PlainDoorResponder(door: door, gate: parts.gate)
    for method in door.methods.compactMap(HTTPRequest.Method.init(rawValue:)) {
      router.on(RouterPath(door.pathPrefix), method: method, responder: responder)
      router.on(RouterPath(door.pathPrefix + "/**"), method: method, responder: responder)
    }
  }
}

/// Which methods an address takes: what tells 405 from 404.
struct PathMethods: Sendable {
  private let templates: [(parts: [Substring], methods: [String])]
  private let doors: [PlainDoor]

  init(_ endpoints: [Endpoint], _ doors: [PlainDoor]) {
    templates = Dictionary(grouping: endpoints, by: \.path).map { path, endpoints in
      let methods = endpoints.map(\.method.rawValue)
      return (path.dropFirst().split(separator: "/"), methods + (methods.contains("GET") ? ["HEAD"] : []))
    }
    self.doors = doors
  }

  /// Sorted; none where there is nothing.
  @Sendable func at(_ path: String) -> [String] {
    let parts = path.split(separator: "/")
    if let door = doors.first(where: { path == $0.pathPrefix || path.hasPrefix($0.pathPrefix + "/") }) {
      return door.methods.sorted()
    }
    let found = templates.first { template in
      template.parts.count == parts.count && zip(template.parts, parts).allSatisfy { $0.first == "{" || $0 == $1 }
    }
    return found?.methods.sorted() ?? []
  }
}
