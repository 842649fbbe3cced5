import Hummingbird
import Logging

/// Measures every request and writes a line about it: method, route, status, duration, and nothing of its content.
struct MeterMiddleware: RouterMiddleware {
  let meter: Meter

  func handle(_ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response)
    async throws -> Response
  {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let took = ContinuousClock.now - start
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18
    let route = context.endpointPath ?? "none"
    let method = Self.known.contains(request.method.rawValue) ? request.method.rawValue : "other"
    meter.record(method: method, route: route, status: response.status.code, seconds: seconds)
    context.logger.log(level: response.status.code >= 500 ? .error : .debug, "request", metadata: [
      "method": "\(method)", "route": "\(route)", "status": "\(response.status.code)", "seconds": "\(seconds)",
    ])
    return response
  }

  /// Others are counted together: a caller must not be able to make new series.
  private static let known: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}
