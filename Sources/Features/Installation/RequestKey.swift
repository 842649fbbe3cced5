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

extension RequestKey {
  /// Of what the request leaves behind: always the same for the same caller, route and key.
  var identifier: String {
    var hash = SHA256()
    for part in [scope, key] {
      hash.update(data: Array(part.utf8))
      hash.update(data: [0])
    }
    let bytes = Array(hash.finalize())
    func text(_ part: ArraySlice<UInt8>) -> String {
      Base32.text(part.reduce(0) { $0 << 8 | UInt64($1) }, count: 13)
    }
    return text(bytes[0..<8]) + text(bytes[8..<16])
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
    if let earlier = try claim(key, as: Answer.self, on: connection) { return earlier }
    let answer = try body()
    let text = try SortedJSON.text(answer)
    try idempotencyKeys.record(answer: text, scope: key.scope, key: key.key, on: connection)
    return answer
  }

  /// The same where the answer is known, and written, before anything is done.
  func once<Answer: Codable>(
    _ key: RequestKey?, answering answer: Answer, as text: String, on connection: any Connection,
    _ body: () throws -> Void
  ) throws -> Answer {
    if let key, let earlier = try claim(key, as: Answer.self, answer: text, on: connection) { return earlier }
    try body()
    return answer
  }

  /// The answer that was given before; nil for a request that is new.
  private func claim<Answer: Codable>(
    _ key: RequestKey, as type: Answer.Type, answer: String? = nil, on connection: any Connection
  ) throws -> Answer? {
    let claim = try idempotencyKeys.claim(
      scope: key.scope, key: key.key, bodyHash: key.bodyHash, at: now().milliseconds, answer: answer, on: connection)
    switch claim {
    case .new: return nil
    case .repeated(let answer): return try JSONDecoder().decode(type, from: Data(answer.utf8))
    case .otherBody: throw RequestKeyReused()
    }
  }
}
