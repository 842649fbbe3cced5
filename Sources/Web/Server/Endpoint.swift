import Domain
import Features
import HTTPTypes
import Hummingbird

/// One line of the table of the API. From it come the routes, the check of rights, `/openapi.json`, and the test of
/// every role against every route.
struct Endpoint: Sendable {
  enum Access: Sendable, Hashable {
    /// Anybody, signed in or not.
    case open
    /// Whoever is signed in.
    case caller
    case scope(Scope)
  }

  struct Parameter: Sendable {
    enum Place: String, Sendable { case path, query, header }
    let name: String
    let place: Place
    let schema: Schema
    let isRequired: Bool
    let summary: Texts

    static func query(_ name: String, _ schema: Schema, _ zh: String, _ en: String, isRequired: Bool = false)
      -> Parameter
    {
      Parameter(name: name, place: .query, schema: schema, isRequired: isRequired, summary: Texts(zh: zh, en: en))
    }
  }

  /// What a good answer holds; nil where there is no body.
  struct Answer: Sendable {
    let status: Int
    /// By media type.
    let bodies: [String: Schema]
    let headers: [String: String]
    /// Where its identifiers lead: by path with one `{id}`, the place in the body (a JSON pointer).
    let identifiers: [String: String]

    init(status: Int, bodies: [String: Schema], headers: [String: String], identifiers: [String: String] = [:]) {
      self.status = status
      self.bodies = bodies
      self.headers = headers
      self.identifiers = identifiers
    }

    static func json(_ schema: Schema, status: Int = 200, headers: [String: String] = [:],
                     identifiers: [String: String] = [:]) -> Answer {
      Answer(status: status, bodies: ["application/json": schema], headers: headers, identifiers: identifiers)
    }
    static let empty = Answer(status: 204, bodies: [:], headers: [:])
  }

  let method: HTTPRequest.Method
  /// With `{name}` for what varies.
  let path: String
  /// `operationId`: unique.
  let name: String
  let summary: Texts
  let access: Access
  /// Who may call it at all; what they may see and do is narrower (division, agency, squad, the case's phase).
  let roles: Set<Role>
  let parameters: [Parameter]
  let body: Schema?
  /// A body that would do here and now, for the description.
  let bodyExample: JSONValue?
  /// A body may be left out.
  let isBodyOptional: Bool
  let answer: Answer
  /// What may be wrong besides what can be wrong with every request.
  let problems: [ProblemKind]
  let handle: @Sendable (Call) async throws -> Response

  static let everybody = Set(Role.allCases)

  init(
    _ method: HTTPRequest.Method, _ path: String, _ name: String, zh: String, en: String, access: Access,
    roles: Set<Role> = Endpoint.everybody, parameters: [Parameter] = [], body: Schema? = nil,
    bodyExample: JSONValue? = nil, isBodyOptional: Bool = false, answer: Answer, problems: [ProblemKind] = [],
    handle: @Sendable @escaping (Call) async throws -> Response
  ) {
    self.method = method
    self.path = path
    self.name = name
    summary = Texts(zh: zh, en: en)
    self.access = access
    self.roles = roles
    self.parameters = parameters
    self.body = body
    self.bodyExample = bodyExample
    self.isBodyOptional = isBodyOptional
    self.answer = answer
    self.problems = problems
    self.handle = handle
  }

  /// The names in braces.
  var pathParameters: [String] {
    path.split(separator: "/").filter { $0.first == "{" }.map { String($0.dropFirst().dropLast()) }
  }
}
