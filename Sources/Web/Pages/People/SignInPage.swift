import Domain
import Features
import HTTPTypes
import Hummingbird

/// Signing in and out.
struct SignInPage: Sendable {
  let url: String
  let name: String
  let next: String?
  let problem: PageProblem?
  let left: String?

  static let routes: [PageRoute] = [
    .get(.signIn, .open) { call in
      let left = call.query["left"] == nil ? nil : call.words["signedOut"]
      return show(call, SignInPage(url: PageURL.signIn.path, name: "", next: call.query["next"].flatMap(safe),
                                   problem: nil, left: left))
    },
    .post(.signIn, .open) { call in try await signIn(call) },
    .post(.signOut, .open) { call in try await signOut(call) },
  ]

  private static func show(_ call: PageCall, _ page: SignInPage, status: HTTPResponse.Status = .ok) -> Response {
    call.page("signin", title: call.words["signIn"], status: status, page)
  }

  private static func signIn(_ call: PageCall) async throws -> Response {
    let fields = try await call.form()
    let name = fields["name"] ?? ""
    let next = fields["next"].flatMap(safe)
    do {
      let signedIn = try await call.parts.gate.accounts.signIn(
        name: name, password: fields.exact("password") ?? "", from: call.remoteAddress ?? "",
        device: call.request.cookies[SessionEndpoints.deviceCookieName]?.value)
      var response = call.redirect(next ?? PageURL.start.path)
      for cookie in call.parts.gate.cookies(signedIn) { response.setCookie(cookie) }
      return response
    } catch {
      let problem = PageProblem(error, call.words)
      guard problem.kind != .internal else { throw error }
      let page = SignInPage(url: PageURL.signIn.path, name: name, next: next, problem: problem, left: nil)
      return show(call, page, status: .init(code: problem.kind.status))
    }
  }

  private static func signOut(_ call: PageCall) async throws -> Response {
    if let session = Gate.session(call.request) { try await call.parts.gate.accounts.signOut(session: session) }
    var response = call.redirect(PageURL.signIn.link([("left", "1")]))
    response.setCookie(call.parts.gate.cookie(session: "", maxAgeSeconds: 0))
    return response
  }

  /// An address of this server: a link that came from elsewhere must not lead there after the sign-in.
  static func safe(_ next: String) -> String? {
    let bytes = Array(next.utf8)
    guard bytes.first == UInt8(ascii: "/"), bytes.count < 2 || bytes[1] != UInt8(ascii: "/"),
      bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
    else { return nil }
    return next
  }
}
