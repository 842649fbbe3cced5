import Crypto
import Domain
import Features
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import SQL
import SQLiteDriver
import Testing
import Web

/// A server over an empty installation of ``SmallCity``, asked without a socket.
struct WebTest: Sendable {
  let site: Installation
  let clock: TestClock
  let client: any TestClientProtocol
  let routes: [RouteSummary]
  private let tokens: Tokens

  fileprivate init(site: Installation, clock: TestClock, client: any TestClientProtocol, routes: [RouteSummary]) {
    self.site = site
    self.clock = clock
    self.client = client
    self.routes = routes
    tokens = Tokens(site)
  }

  static let system = Actor(id: "system:test", role: .system, division: SmallCity.district)

  /// A token for a post.
  func token(_ role: Role, division: String? = nil, agency: String? = nil, squad: String? = nil,
             scopes: Set<Scope>? = nil) async throws -> String {
    try await tokens.create(name: "test", role: role, division: division, agency: agency, squad: squad,
                            scopes: scopes, by: Self.system)
  }

  func ask(_ method: HTTPRequest.Method, _ path: String, token: String? = nil, headers: [String: String] = [:],
           body: [UInt8]? = nil) async throws -> Answer {
    var fields = HTTPFields()
    if let token { fields[.authorization] = "Bearer " + token }
    for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
    let response = try await client.execute(
      uri: path, method: method, headers: fields, body: body.map { ByteBuffer(bytes: $0) })
    return Answer(response)
  }

  func ask(_ method: HTTPRequest.Method, _ path: String, token: String? = nil, headers: [String: String] = [:],
           json: String) async throws -> Answer {
    var headers = headers
    headers["Content-Type"] = headers["Content-Type"] ?? "application/json"
    return try await ask(method, path, token: token, headers: headers, body: Array(json.utf8))
  }

  /// Takes a report in and returns its receipt.
  func report(_ json: String, token: String, key: String = UUID().uuidString) async throws -> Answer {
    try await ask(.post, "/api/v1/reports", token: token, headers: ["Idempotency-Key": key], json: json)
  }

  /// How many rows a table holds.
  func rows(_ table: String) async throws -> Int {
    try await site.database.read { connection in
      try connection.first(Statement(sql: "SELECT COUNT(*) FROM " + table)) { $0.int(0) } ?? 0
    }
  }
}

/// What came back.
struct Answer: Sendable {
  let status: Int
  let headers: HTTPFields
  let body: [UInt8]

  init(_ response: TestResponse) {
    status = response.status.code
    headers = response.headers
    body = Array(response.body.readableBytesView)
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  /// A member of the body, by path: `case.phase`, `rates.0.rate`.
  func member(_ path: String) throws -> Any? {
    var value: Any? = try JSONSerialization.jsonObject(with: Data(body))
    for part in path.split(separator: ".") {
      if let index = Int(part), let list = value as? [Any] {
        value = list.indices.contains(index) ? list[index] : nil
      } else {
        value = (value as? [String: Any])?[String(part)]
      }
    }
    return value
  }

  func text(_ path: String) throws -> String { try #require(try member(path) as? String) }
  func number(_ path: String) throws -> Double { try #require(try member(path) as? NSNumber).doubleValue }

  /// The name of the problem, without its namespace.
  var problem: String? {
    let type = try? member("type") as? String
    return type?.split(separator: ":").last.map(String.init)
  }
}

/// Runs `body` with a server, and cleans up behind it.
func withServer<T>(
  settings: WebSettings = WebSettings(), doors: [PlainDoor] = [],
  body: @Sendable @escaping (WebTest) async throws -> T
) async throws -> T {
  let packs = try SmallCity.shelf()
  let clock = TestClock()
  let engine = try SQLiteDatabase(path: ":memory:", durability: .none)
  try await engine.migrate(Installation.migrations)
  try await engine.write { try packs.store(at: TestClock.start, on: $0) }
  let site = Installation(
    database: engine, packs: packs, vault: Vault(master: SymmetricKey(size: .bits256)), now: { clock.now },
    makeID: { Identifier.make(at: clock.now) })
  var logger = Logger(label: "test")
  logger.logLevel = .critical
  let server = WebServer(site: site, settings: settings, doors: doors, logger: logger)
  let outcome: Result<T, any Error>
  do {
    outcome = .success(try await server.application.test(.router) { client in
      try await body(WebTest(site: site, clock: clock, client: client, routes: server.routes))
    })
  } catch { outcome = .failure(error) }
  await engine.close()
  return try outcome.get()
}
