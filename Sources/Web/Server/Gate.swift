import Domain
import Features
import HTTPTypes
import Hummingbird

/// Who stands behind a request: a program by its bearer token, or a person by the cookie of a session.
struct Gate: Sendable {
  let accounts: Accounts
  let tokens: Tokens
  let settings: WebSettings

  static let cookieName = "headwater_session"
  /// Holds the token of a wall; sent to its pages only, and good for nothing else.
  static let wallCookieName = "headwater_wall"

  /// The wall behind a request; nil without a key, or with one that may not look at walls.
  func wall(of request: Request) async throws -> Caller? {
    guard let key = request.cookies[Self.wallCookieName]?.value else { return nil }
    let caller = try await tokens.caller(bearer: key)
    return caller?.may(.wallRead) == true ? caller : nil
  }

  /// Nil when the request shows nothing, or nothing that is valid.
  func caller(of request: Request) async throws -> Caller? {
    if let header = request.headers[.authorization] {
      guard let bearer = Self.bearer(header) else { return nil }
      return try await tokens.caller(bearer: bearer)
    }
    guard let session = Self.session(request) else { return nil }
    return try await accounts.caller(session: session)
  }

  static func session(_ request: Request) -> String? {
    request.cookies[cookieName]?.value
  }

  private static func bearer(_ header: String) -> String? {
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return String(parts[1])
  }

  /// A script of another site cannot read the cookie, and `Lax` keeps it out of posts that another site starts.
  func cookie(session: String, maxAgeSeconds: Int?) -> Cookie {
    Cookie(name: Self.cookieName, value: session, maxAge: maxAgeSeconds, path: "/", secure: settings.isBehindTLS,
           httpOnly: true, sameSite: .lax)
  }

  /// The caller's address, for throttling.
  func remoteAddress(_ request: Request, _ context: WebContext) -> String? {
    guard settings.trustsForwardedFor else { return context.peerAddress }
    let last = request.headers[.forwardedFor]?.split(separator: ",").last?.trimming(" ")
    return last.map(String.init) ?? context.peerAddress
  }
}
