import Domain
import Foundation
import NIOHTTP1

/// In whose name a load speaks. An administrator's token makes a token for each post that is played, when it is first
/// played; any other token speaks for everybody, and the server refuses what its role may not do.
actor RemotePosts {
  private struct Post: Hashable {
    let role: Role
    let agency: String?
    let squad: String?

    /// Reporters have no token: who calls speaks through the desk.
    init(_ actor: Actor) {
      role = actor.role == .reporter || actor.role == .system ? .operator : actor.role
      agency = role == .agency || role == .squadMember ? actor.agency : nil
      squad = role == .squadMember ? actor.squad : nil
    }
  }

  private let token: String
  private let name: String
  private let connection: APIConnection
  private var isAdministrator = false
  private var tokens: [Post: Task<String, any Error>] = [:]
  /// One is made after the other, over the one connection.
  private var last: Task<String, any Error>?

  /// What is made lasts this long, should the run be cut off before it can revoke it.
  private static let lifetime = 86_400.0

  /// - Parameter name: of the run, which the tokens that it makes bear.
  init(token: String, name: String, connection: APIConnection) {
    self.token = token
    self.name = name
    self.connection = connection
  }

  /// Asks the server whose token it is.
  /// - Throws: ``RemoteRefusal`` for a token that is none.
  func begin() async throws {
    let caller = try await ask(Caller.self, "/api/v1/session")
    isAdministrator = caller.role == .administrator
  }

  func token(for actor: Actor) async throws -> String {
    guard isAdministrator else { return token }
    let post = Post(actor)
    if let known = tokens[post] { return try await known.value }
    let new = Task { [last] in
      _ = await last?.result
      return try await make(post)
    }
    (tokens[post], last) = (new, new)
    do { return try await new.value } catch {
      tokens[post] = nil
      throw error
    }
  }

  private func make(_ post: Post) async throws -> String {
    let expires = Date(timeIntervalSinceNow: Self.lifetime).formatted(.iso8601)
    let wish = NewToken(name: name, role: post.role, agency: post.agency, squad: post.squad, expiresAt: expires)
    let answer = try await connection.ask(.POST, Self.path, token: token, body: [UInt8](JSONEncoder().encode(wish)))
    return try Made.read(answer).token
  }

  /// Revokes what it has made.
  func end() async throws {
    guard isAdministrator else { return }
    let all = try await ask(List.self, Self.path).tokens
    for own in all where own.name == name && own.revokedAt == nil {
      _ = try await connection.ask(.DELETE, "\(Self.path)/\(own.id)", token: token)
    }
  }

  private static let path = "/api/v1/tokens"

  private func ask<Body: Decodable>(_ type: Body.Type, _ path: String) async throws -> Body {
    try Body.read(await connection.ask(.GET, path, token: token))
  }

  private struct Caller: Decodable { let role: Role }

  private struct NewToken: Encodable {
    let name: String
    let role: Role
    let agency: String?
    let squad: String?
    let expiresAt: String
  }

  private struct Made: Decodable { let token: String }

  private struct List: Decodable {
    struct Line: Decodable {
      let id: String
      let name: String
      let revokedAt: String?
    }
    let tokens: [Line]
  }
}

/// A server's no: what was asked is not to be asked again.
public struct RemoteRefusal: Error, Sendable, Hashable {
  public let status: Int
  /// The answer's body.
  public let text: String
}

extension Decodable {
  /// The body of a good answer.
  /// - Throws: ``RemoteRefusal`` for any other, and for a body that cannot be read.
  static func read(_ answer: APIConnection.Answer) throws -> Self {
    guard answer.status < 300, let value = try? JSONDecoder().decode(Self.self, from: Data(answer.body)) else {
      throw RemoteRefusal(status: answer.status, text: String(decoding: answer.body, as: UTF8.self))
    }
    return value
  }
}
