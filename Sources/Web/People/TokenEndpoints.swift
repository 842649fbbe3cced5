import Domain
import Features
import Hummingbird

/// Tokens of programs, for the administrators of their divisions.
enum TokenEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [list(parts), create(parts), revoke(parts)] }

  private static let path = "/api/v1/tokens"

  private static func list(_ parts: WebParts) -> Endpoint {
    Endpoint(.get, path, "listTokens", zh: "令牌列表", en: "List tokens", access: .scope(.admin),
             roles: AccountEndpoints.administrators,
             answer: .json(.object([.required("tokens", .list(TokenView.schema))]))) { call in
      let tokens = try await parts.gate.tokens.list(for: call.actor)
      return try JSON.response(["tokens": tokens.map(TokenView.init)])
    }
  }

  private static func create(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .post, path, "createToken", zh: "新建令牌;令牌只显示这一次", en: "Make a token; it is shown this once",
      access: .scope(.admin), roles: AccountEndpoints.administrators, body: NewTokenInput.schema,
      answer: .json(.object([.required("token", .string())]), status: 201),
      problems: ProblemKind.postRules + [.nameUnusable, .notAllowedThere, .scopesUnusable, .expiryPast]
    ) { call in
      let input = try await call.body(NewTokenInput.self).value
      let token = try await parts.gate.tokens.create(
        name: input.name, role: input.role, division: input.division, agency: input.agency, squad: input.squad,
        scopes: input.checkedScopes, expires: input.expiresAt?.instant, by: call.actor)
      return try JSON.response(["token": token], status: .created)
    }
  }

  private static func revoke(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .delete, path + "/{id}", "revokeToken", zh: "吊销令牌", en: "Revoke a token", access: .scope(.admin),
      roles: AccountEndpoints.administrators, answer: .empty, problems: [.unknownToken]
    ) { call in
      try await parts.gate.tokens.revoke(call.identifier("id", orElse: .unknownToken), by: call.actor)
      return Response(status: .noContent)
    }
  }
}

struct NewTokenInput: JSONInput {
  let name: String
  let role: Role
  let division: String?
  let agency: String?
  let squad: String?
  /// Without it, all that the role has.
  let scopes: [String]?
  let expiresAt: Timestamp?

  static let schema = Schema.object(
    [.required("name", .string(max: 200))] + PostInput.fields + [
      .optional("scopes", .list(.words(Scope.self), max: 20)), .optional("expiresAt", .instant),
    ]
  ).named("NewToken")

  var checkedScopes: Set<Scope>? {
    get throws {
      try scopes.map { words in
        Set(try words.map { word in
          guard let scope = Scope(rawValue: word) else { throw Problem(.scopesUnusable, field: "scopes") }
          return scope
        })
      }
    }
  }
}

struct TokenView: Encodable, Sendable {
  let id: String
  let name: String
  let role: Role
  let division: String
  let agency: String?
  let squad: String?
  let createdAt: Timestamp
  let expiresAt: Timestamp?
  let usedAt: Timestamp?
  let revokedAt: Timestamp?

  init(_ token: Token) {
    id = token.id
    name = token.name
    role = token.post.role
    division = token.post.division
    agency = token.post.agency
    squad = token.post.squad
    createdAt = token.createdAt.timestamp
    expiresAt = token.expires?.timestamp
    usedAt = token.usedAt?.timestamp
    revokedAt = token.revokedAt?.timestamp
  }

  static let schema = Schema.object([
    .required("id", .identifier), .required("name", .string()), .required("role", .words(Role.self)),
    .required("division", .string()), .optional("agency", .string()), .optional("squad", .string()),
    .required("createdAt", .instant), .optional("expiresAt", .instant), .optional("usedAt", .instant),
    .optional("revokedAt", .instant),
  ]).named("Token")
}
