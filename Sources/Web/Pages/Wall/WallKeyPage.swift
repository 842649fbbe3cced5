import Features
import HTTPTypes
import Hummingbird

/// Where a wall is given its key: a token that may look at walls and do nothing else. The browser keeps it for pages of
/// the wall only, until it is revoked or expires.
struct WallKeyPage: Sendable {
  let url: String
  let problem: PageProblem?

  /// The longest that browsers keep a cookie.
  private static let keptSeconds = 400 * 86_400

  static let routes: [PageRoute] = [
    .get(.wallKey, .open) { call in show(call, nil) },
    .post(.wallKey, .open) { call in
      let key = try await call.form()["key"] ?? ""
      guard let caller = try await call.parts.gate.tokens.caller(bearer: key), caller.may(.wallRead) else {
        return show(call, PageProblem(Problem(.wallKeyWrong), call.words))
      }
      var response = call.redirect(PageURL.wall.path)
      response.setCookie(Cookie(
        name: Gate.wallCookieName, value: key, maxAge: keptSeconds, path: PageURL.wall.path,
        secure: call.parts.settings.isBehindTLS, httpOnly: true, sameSite: .lax))
      return response
    },
  ]

  private static func show(_ call: PageCall, _ problem: PageProblem?) -> Response {
    call.page("wallkey", title: call.words["wall"],
              status: problem.map { .init(code: $0.kind.status) } ?? .ok,
              WallKeyPage(url: PageURL.wallKey.path, problem: problem))
  }
}
