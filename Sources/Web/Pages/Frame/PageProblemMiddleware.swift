import HTTPTypes
import Hummingbird

/// Shows people what the API tells programs: an address that does not exist, a request from another site, a database
/// that is away. Whoever asks for a page gets the problem as one.
struct PageProblemMiddleware: RouterMiddleware {
  let parts: WebParts

  func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response)
    async throws -> Response
  {
    do { return try await next(request, context) } catch {
      guard Self.wantsPage(request), let query = try? Query(request.uri.query) else { throw error }
      let call = PageCall(
        request: request, caller: nil, language: Language(request), query: query, remoteAddress: nil,
        parameters: context.parameters, parts: parts)
      let problem = PageProblem(error, call.words)
      // What is ours to mend is logged where all problems are.
      guard problem.kind != .internal else { throw error }
      return call.page("problem", title: problem.title, status: .init(code: problem.kind.status), problem)
    }
  }

  /// Browsers name HTML when somebody goes to an address; scripts and programs do not.
  private static func wantsPage(_ request: Request) -> Bool {
    let isOurs = ["/api/", "/open311/", "/assets/"].contains { request.uri.path.hasPrefix($0) }
    return !isOurs && request.headers[.accept]?.contains("text/html") == true
  }
}
