import Hummingbird
import Logging

/// Turns whatever is thrown into an answer, and an address that exists for other methods into 405.
struct ProblemMiddleware: RouterMiddleware {
  /// The methods of a path; none if there is nothing there.
  let methods: @Sendable (_ path: String) -> [String]

  func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response)
    async throws -> Response
  {
    do { return try await next(request, context) } catch {
      var problem = Problem(error)
      if (error as? any HTTPResponseError)?.status == .notFound {
        let allowed = methods(request.uri.path)
        if !allowed.isEmpty { problem = Problem(.methodNotAllowed, allowedMethods: allowed) }
      }
      if problem.kind == .internal {
        // The error's own text may hold what a caller sent; its type tells where to look.
        context.logger.error("internal error", metadata: [
          "type": "\(type(of: error))", "route": "\(context.endpointPath ?? "")",
        ])
      }
      return problem.response(Language(request))
    }
  }
}
