import HTTPTypes
import Hummingbird

/// Refuses what changes something when a browser sends it for another site: a session's cookie alone proves nothing.
/// Programs with a bearer token are not concerned.
struct SameSiteMiddleware: RouterMiddleware {
  func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response)
    async throws -> Response
  {
    let isSafe = request.method == .get || request.method == .head || request.method == .options
    if !isSafe, request.headers[.authorization] == nil, !Self.isOfThisSite(request) { throw Problem(.crossSite) }
    return try await next(request, context)
  }

  /// Browsers name the origin with every such request; without any word of it, only a request that no session stands
  /// behind may pass.
  static func isOfThisSite(_ request: Request) -> Bool {
    if let site = request.headers[.secFetchSite] { return site == "same-origin" || site == "none" }
    if let origin = request.headers[.origin] {
      guard let host = origin.split(separator: "/").last, origin.hasSuffix("://" + host) else { return false }
      return host.lowercased() == request.head.authority?.lowercased()
    }
    return Gate.session(request) == nil
  }
}
