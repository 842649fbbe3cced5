import HTTPTypes
import Hummingbird

/// Headers that tell a browser to trust nothing but us.
struct SecurityHeadersMiddleware: RouterMiddleware {
  private let fields: [HTTPField]

  /// Styles may stand in the page: the map and the charts set them. Scripts may not.
  /// - Parameter tiles: the server of the city's base map, the only other one that may be asked.
  static func policy(tiles: String?) -> String {
    let others = tiles.map { " " + $0 } ?? ""
    return [
      "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:" + others, "media-src 'self' data: blob:", "font-src 'self'",
      "connect-src 'self'" + others, "worker-src 'self' blob:", "manifest-src 'self'", "form-action 'self'",
      "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")
  }

  init(isBehindTLS: Bool, tiles: String?) {
    var fields = [
      HTTPField(name: .contentSecurityPolicy, value: Self.policy(tiles: tiles)),
      HTTPField(name: .xContentTypeOptions, value: "nosniff"),
      HTTPField(name: .referrerPolicy, value: "same-origin"),
    ]
    if isBehindTLS { fields.append(HTTPField(name: .strictTransportSecurity, value: "max-age=31536000")) }
    self.fields = fields
  }

  func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response)
    async throws -> Response
  {
    var response = try await next(request, context)
    for field in fields { response.headers.append(field) }
    return response
  }
}
