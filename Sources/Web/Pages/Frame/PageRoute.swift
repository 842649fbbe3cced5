import Features
import HTTPTypes
import Hummingbird

/// One address of the pages.
struct PageRoute: Sendable {
  enum Access: Sendable, Hashable {
    case open
    case signedIn
    case scope(Scope)
    /// Whoever may look at walls, or a wall with its key.
    case wall
  }

  let method: HTTPRequest.Method
  let url: PageURL
  let access: Access
  let handle: @Sendable (PageCall) async throws -> Response

  static func get(_ url: PageURL, _ access: Access, _ handle: @Sendable @escaping (PageCall) async throws -> Response)
    -> PageRoute
  {
    PageRoute(method: .get, url: url, access: access, handle: handle)
  }

  static func post(_ url: PageURL, _ access: Access, _ handle: @Sendable @escaping (PageCall) async throws -> Response)
    -> PageRoute
  {
    PageRoute(method: .post, url: url, access: access, handle: handle)
  }
}
