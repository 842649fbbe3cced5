import Domain
import Features
import HTTPTypes

/// A line of the table of the API as others may read it: tests walk all of them.
package struct RouteSummary: Sendable {
  package let method: HTTPRequest.Method
  package let path: String
  package let name: String
  package let isOpen: Bool
  /// Nil: any caller, or everybody.
  package let scope: Scope?
  package let roles: Set<Role>
  package let hasBody: Bool
  /// Names of the query's parameters without which it is refused.
  package let requiredQuery: [String]
  package let statuses: Set<Int>

  init(_ endpoint: Endpoint) {
    method = endpoint.method
    path = endpoint.path
    name = endpoint.name
    isOpen = endpoint.access == .open
    if case .scope(let scope) = endpoint.access { self.scope = scope } else { scope = nil }
    roles = endpoint.roles
    hasBody = endpoint.body != nil
    requiredQuery = endpoint.parameters.filter { $0.place == .query && $0.isRequired }.map(\.name)
    statuses = Set(endpoint.allProblems.map(\.status)).union([endpoint.answer.status])
  }
}

extension WebServer {
  package var routes: [RouteSummary] { WebSite.endpoints(parts).map(RouteSummary.init) }
}
