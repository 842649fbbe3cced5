import Domain
import Features
import Hummingbird

/// Accounts, for the administrators of their divisions; one's own password, for everybody.
enum AccountEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] {
    [list(parts), create(parts), move(parts), suspend(parts), restore(parts), password(parts), signOut(parts)]
  }

  static let administrators: Set<Role> = [.administrator, .system]
  private static let path = "/api/v1/accounts"

  private static func list(_ parts: WebParts) -> Endpoint {
    Endpoint(.get, path, "listAccounts", zh: "账号列表", en: "List accounts", access: .scope(.admin),
             roles: administrators,
             answer: .json(.object([.required("accounts", .list(AccountView.schema))]))) { call in
      let accounts = try await parts.gate.accounts.list(for: call.actor)
      return try JSON.response(["accounts": accounts.map(AccountView.init)])
    }
  }

  private static func create(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .post, path, "createAccount", zh: "新建账号", en: "Found an account", access: .scope(.admin),
      roles: administrators, body: NewAccountInput.schema,
      answer: .json(CreatedView.schema, status: 201, identifiers: [path + "/{id}": "/id"]),
      problems: ProblemKind.postRules + ProblemKind.passwordRules + [.nameUnusable, .nameTaken, .notAllowedThere]
    ) { call in
      let input = try await call.body(NewAccountInput.self).value
      let id = try await parts.gate.accounts.create(
        name: input.name, password: input.password, role: input.role, division: input.division,
        agency: input.agency, squad: input.squad, by: call.actor)
      return try JSON.response(CreatedView(id: id), status: .created)
    }
  }

  private static func move(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .put, path + "/{id}/post", "moveAccount", zh: "调整岗位", en: "Give an account another post",
      access: .scope(.admin), roles: administrators, body: PostInput.schema, answer: .empty,
      problems: ProblemKind.postRules + [.unknownAccount, .notAllowedThere]
    ) { call in
      let id = try call.identifier("id", orElse: .unknownAccount)
      let post = try await call.body(PostInput.self).value
      try await parts.gate.accounts.move(
        id, role: post.role, division: post.division, agency: post.agency, squad: post.squad, by: call.actor)
      return Response(status: .noContent)
    }
  }

  private static func suspend(_ parts: WebParts) -> Endpoint {
    change(.post, "suspension", "suspendAccount", zh: "停用账号", en: "Take an account out of use",
           problems: [.notYourself]) { id, actor in try await parts.gate.accounts.disable(id, by: actor) }
  }

  private static func restore(_ parts: WebParts) -> Endpoint {
    change(.delete, "suspension", "restoreAccount", zh: "恢复账号", en: "Put an account into use again") { id, actor in
      try await parts.gate.accounts.enable(id, by: actor)
    }
  }

  private static func change(
    _ method: HTTPRequest.Method, _ noun: String, _ name: String, zh: String, en: String,
    problems: [ProblemKind] = [], body: @Sendable @escaping (String, Actor) async throws -> Void
  ) -> Endpoint {
    Endpoint(method, path + "/{id}/" + noun, name, zh: zh, en: en, access: .scope(.admin), roles: administrators,
             answer: .empty, problems: [.unknownAccount] + problems) { call in
      try await body(call.identifier("id", orElse: .unknownAccount), call.actor)
      return Response(status: .noContent)
    }
  }

  private static func password(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .put, path + "/{id}/password", "setPassword", zh: "设置密码(本人须给出现密码)",
      en: "Set a password; one's own needs the present one", access: .caller, body: PasswordInput.schema,
      answer: .empty,
      problems: ProblemKind.passwordRules + [.unknownAccount, .passwordWrong, .tooManyAttempts]
    ) { call in
      let id = try call.identifier("id", orElse: .unknownAccount)
      let input = try await call.body(PasswordInput.self).value
      try await parts.gate.accounts.setPassword(
        of: id, to: input.password, current: input.current, by: call.actor)
      return Response(status: .noContent)
    }
  }

  private static func signOut(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .delete, path + "/{id}/sessions", "endSessions", zh: "结束账号的全部会话", en: "End all sessions of an account",
      access: .caller, answer: .empty, problems: [.unknownAccount]
    ) { call in
      let id = try call.identifier("id", orElse: .unknownAccount)
      try await parts.gate.accounts.signOutEverywhere(account: id, by: call.actor)
      return Response(status: .noContent)
    }
  }
}

struct NewAccountInput: JSONInput {
  let name: String
  let password: String
  let role: Role
  let division: String?
  let agency: String?
  let squad: String?

  static let schema = Schema.object(
    [.required("name", .string(max: 200)), .required("password", .string(max: 1_000))] + PostInput.fields
  ).named("NewAccount")
}

struct PasswordInput: JSONInput {
  let password: String
  let current: String?

  static let schema = Schema.object([
    .required("password", .string(max: 1_000)), .optional("current", .string(max: 1_000)),
  ]).named("Password")
}

struct CreatedView: Encodable, Sendable {
  let id: String

  static let schema = Schema.object([.required("id", .identifier)]).named("Created")
}

struct AccountView: Encodable, Sendable {
  let id: String
  let name: String
  let role: Role
  let division: String
  let agency: String?
  let squad: String?
  let createdAt: Timestamp
  let signedInAt: Timestamp?
  let suspendedAt: Timestamp?

  init(_ account: Account) {
    id = account.id
    name = account.name
    role = account.post.role
    division = account.post.division
    agency = account.post.agency
    squad = account.post.squad
    createdAt = account.createdAt.timestamp
    signedInAt = account.signedInAt?.timestamp
    suspendedAt = account.disabledAt?.timestamp
  }

  static let schema = Schema.object([
    .required("id", .identifier), .required("name", .string()), .required("role", .words(Role.self)),
    .required("division", .string()), .optional("agency", .string()), .optional("squad", .string()),
    .required("createdAt", .instant), .optional("signedInAt", .instant), .optional("suspendedAt", .instant),
  ]).named("Account")
}
