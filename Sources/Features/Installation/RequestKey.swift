import Crypto
import Domain
import Foundation
import Journal
import SQL

/// A caller's idempotency key with a hash of what it asked.
public struct RequestKey: Sendable, Hashable {
  /// Who may reuse the key: the caller and the route.
  public let scope: String
  public let key: String
  /// SHA-256 of the request's body.
  public let bodyHash: [UInt8]

  public init(scope: String, key: String, bodyHash: [UInt8]) {
    self.scope = scope
    self.key = key
    self.bodyHash = bodyHash
  }

  public init(scope: String, key: String, body: [UInt8]) {
    self.init(scope: scope, key: key, bodyHash: Array(SHA256.hash(data: body)))
  }
}

/// The same key came with another body.
public struct RequestKeyReused: Error, Sendable, Hashable {
  public init() {}
}

extension Installation {
  /// Runs `body` once for a key: a repeated request gets the first one's answer and changes nothing.
  func once<Answer: Codable>(_ key: RequestKey?, on connection: any Connection, _ body: () throws -> Answer) throws
    -> Answer
  {
    guard let key else { return try body() }
    let claim = try idempotencyKeys.claim(
      scope: key.scope, key: key.key, bodyHash: key.bodyHash, at: now().milliseconds, on: connection)
    switch claim {
    case .repeated(let answer): return try JSONDecoder().decode(Answer.self, from: Data(answer.utf8))
    case .otherBody: throw RequestKeyReused()
    case .new:
      let answer = try body()
      let text = try SortedJSON.text(answer)
      try idempotencyKeys.record(answer: text, scope: key.scope, key: key.key, on: connection)
      return answer
    }
  }
}
