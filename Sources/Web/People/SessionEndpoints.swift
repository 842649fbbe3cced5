import Domain
import Features
import HTTPTypes
import Hummingbird

/// Signing in and out, for browsers; programs use tokens.
enum SessionEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [signIn(parts), whoAmI(parts), signOut(parts)] }

  private static let path = "/api/v1/session"
  static let deviceCookieName = "headwater_device"

  private static func signIn(_ parts: WebParts) -> Endpoint {
    Endpoint(
      .post, path, "signIn", zh: "登录", en: "Sign in", access: .open, body: SignInInput.schema,
      answer: .json(CallerView.schema, headers: ["Set-Cookie": "\(Gate.cookieName)=…"]),
      problems: [.signInFailed, .accountDisabled, .tooManyAttempts]
    ) { call in
      let input = try await call.body(SignInInput.self).value
      let signedIn = try await parts.gate.accounts.signIn(
        name: input.name, password: input.password, from: call.remoteAddress ?? "",
        device: call.request.cookies[deviceCookieName]?.value)
      var response = try JSON.response(CallerView(signedIn.caller))
      for cookie in parts.gate.cookies(signedIn) { response.setCookie(cookie) }
      return response
    }
  }

  private static func whoAmI(_ parts: WebParts) -> Endpoint {
    Endpoint(.get, path, "readSession", zh: "当前身份", en: "Who the caller is", access: .caller,
             answer: .json(CallerView.schema)) { call in
      try JSON.response(CallerView(try call.signedIn))
    }
  }

  private static func signOut(_ parts: WebParts) -> Endpoint {
    Endpoint(.delete, path, "signOut", zh: "退出登录", en: "Sign out", access: .open, answer: .empty) { call in
      if let session = Gate.session(call.request) { try await parts.gate.accounts.signOut(session: session) }
      var response = Response(status: .noContent)
      response.setCookie(parts.gate.cookie(session: "", maxAgeSeconds: 0))
      return response
    }
  }
}

extension Gate {
  /// What a browser keeps after a sign-in: the session, and for long the mark of a device that has signed in before.
  func cookies(_ signedIn: Accounts.SignedIn) -> [Cookie] {
    [
      cookie(session: signedIn.session, maxAgeSeconds: nil),
      Cookie(name: SessionEndpoints.deviceCookieName, value: signedIn.device,
             maxAge: Int(Accounts.deviceKept.milliseconds / 1_000), path: "/", secure: settings.isBehindTLS,
             httpOnly: true, sameSite: .lax),
    ]
  }
}

struct SignInInput: JSONInput {
  let name: String
  let password: String

  static let schema = Schema.object([
    .required("name", .string(max: 200)), .required("password", .string(max: 1_000)),
  ]).named("SignIn")
}

struct CallerView: Encodable, Sendable {
  let id: String
  let name: String
  let role: Role
  let division: String
  let agency: String?
  let squad: String?
  let scopes: [String]
  let isToken: Bool

  init(_ caller: Caller) {
    id = caller.actor.id
    name = caller.displayName
    role = caller.actor.role
    division = caller.actor.division
    agency = caller.actor.agency
    squad = caller.actor.squad
    scopes = caller.scopes.map(\.rawValue).sorted()
    isToken = caller.isToken
  }

  static let schema = Schema.object([
    .required("id", .string()), .required("name", .string()), .required("role", .words(Role.self)),
    .required("division", .string()), .optional("agency", .string()), .optional("squad", .string()),
    .required("scopes", .list(.words(Scope.self))), .required("isToken", .boolean),
  ]).named("Caller")
}
