import Domain
import Features
import HTTPTypes
import Hummingbird
import Logging

/// Answers a ``PageRoute``: who looks, in which language, whether they may; what goes wrong becomes a page too.
struct PageResponder: HTTPResponder {
  let route: PageRoute
  let parts: WebParts

  func respond(to request: Request, context: WebContext) async throws -> Response {
    let call = PageCall(
      request: request, caller: try await caller(request), language: Language(request),
      query: try Query(request.uri.query), remoteAddress: parts.gate.remoteAddress(request, context),
      parameters: context.parameters, parts: parts, cut: context.closeConnection)
    var response = try await answer(call, context)
    if call.query["lang"] == call.language.rawValue { response.setCookie(remembering(call.language)) }
    return response
  }

  private func caller(_ request: Request) async throws -> Caller? {
    switch route.url {
    case .asset, .library: return nil
    default: break
    }
    let caller = try await parts.gate.caller(of: request)
    guard route.access == .wall, caller?.may(.wallRead) != true else { return caller }
    return try await parts.gate.wall(of: request)
  }

  private func answer(_ call: PageCall, _ context: WebContext) async throws -> Response {
    do {
      if let turnedAway = try turnedAway(call) { return turnedAway }
      return try await route.handle(call)
    } catch {
      let problem = PageProblem(error, call.words)
      if problem.kind == .internal {
        // The error's own text may hold what a caller sent; its type tells where to look.
        context.logger.error("internal error", metadata: [
          "type": "\(type(of: error))", "route": "\(context.endpointPath ?? "")",
        ])
      }
      return call.page("problem", title: problem.title, status: .init(code: problem.kind.status), problem)
    }
  }

  /// Whoever is not signed in is asked to, and then led back.
  private func turnedAway(_ call: PageCall) throws -> Response? {
    if route.access == .open { return nil }
    if route.access == .wall { return call.caller?.may(.wallRead) == true ? nil : call.redirect(PageURL.wallKey.path) }
    guard let caller = call.caller else {
      let isLook = call.request.method == .get || call.request.method == .head
      let next = isLook && route.url != .start ? call.request.uri.string : nil
      return call.redirect(PageURL.signIn.link([("next", next)]))
    }
    if case .scope(let scope) = route.access, !caller.may(scope) { throw Problem(.roleForbidden) }
    return nil
  }

  private func remembering(_ language: Language) -> Cookie {
    Cookie(name: Language.cookieName, value: language.rawValue, maxAge: 31_536_000, path: "/",
           secure: parts.settings.isBehindTLS, httpOnly: true, sameSite: .lax)
  }
}
