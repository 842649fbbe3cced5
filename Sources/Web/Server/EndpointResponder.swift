import Domain
import Features
import Hummingbird

/// Answers an ``Endpoint``: who calls, whether they may, whether the query is one of ours; then the endpoint itself.
struct EndpointResponder: HTTPResponder {
  let endpoint: Endpoint
  let gate: Gate
  private let queryNames: Set<String>

  init(_ endpoint: Endpoint, gate: Gate) {
    self.endpoint = endpoint
    self.gate = gate
    queryNames = Set(endpoint.parameters.filter { $0.place == .query }.map(\.name)).union(["lang"])
  }

  func respond(to request: Request, context: WebContext) async throws -> Response {
    let caller = try await admitted(request)
    let query = try Query(request.uri.query)
    try query.check(queryNames)
    return try await endpoint.handle(
      Call(request: request, caller: caller, query: query, context: context, gate: gate))
  }

  private func admitted(_ request: Request) async throws -> Caller? {
    if endpoint.access == .open { return nil }
    guard let caller = try await gate.caller(of: request) else { throw Problem(.notSignedIn) }
    if case .scope(let scope) = endpoint.access, !caller.scopes.contains(scope) {
      throw Problem(.scopeMissing, detail: Texts(zh: "需要 \(scope.rawValue)", en: "\(scope.rawValue) is needed"))
    }
    guard endpoint.roles.contains(caller.actor.role) else { throw Problem(.roleForbidden) }
    return caller
  }
}
