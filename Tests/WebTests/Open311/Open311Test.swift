import Connectors
import Crypto
import Domain
import Features
import Foundation
import SQL
import SQLiteDriver
import Testing

/// The door over an empty installation of ``SmallCity`` with two kinds and two places more.
struct Open311Test: Sendable {
  let site: Installation
  let clock: TestClock
  let door: Open311Door
  /// A program's key, and one that may not hand anything in.
  let key: String
  let readingKey: String

  static let system = Actor(id: "system:test", role: .system, division: SmallCity.district)

  static let archive: PackArchive = {
    var files = SmallCity.archive.files
    files["kinds.yaml"] = (files["kinds.yaml"] ?? "").replacing(
      "  - code: dispute", with: kinds + "\n  - code: dispute", maxReplacements: 1)
    files["places.geojson"] = (files["places.geojson"] ?? "").replacing("\n]}", with: ",\n\(hiddenPlace)\n]}")
    return PackArchive(files: files)
  }()

  private static let kinds = """
          - code: bar
            zh: 酒吧 & <噪音>
            en: Bar "noise" & <more>
            cues: [酒吧, bar noise]
            questions:
              - {code: since, zh: 多久, en: How long, form: singlevaluelist, required: true, choices: [{key: now, zh: 刚刚, en: just now}, {key: often, zh: 经常, en: often}]}
              - {code: when, zh: 何时, en: When, form: datetime}
              - {code: days, zh: 哪些天, en: Which days, form: multivaluelist, choices: [{key: mo, zh: 周一, en: Monday}, {key: su, zh: 周日, en: Sunday}]}
              - {code: floors, zh: 层数, en: Floors, form: number}
    """

  private static let hiddenPlace = """
    {"type":"Feature","properties":{"code":"P3","division":"990201001","use":"shelter","zh":"庇护所","en":"Shelter","published":false,"centre":[124.015,29.415]},"geometry":{"type":"Polygon","coordinates":[[[124.014,29.414],[124.016,29.414],[124.016,29.416],[124.014,29.416],[124.014,29.414]]]}}
    """

  func get(_ path: String, headers: [String: String] = [:]) async -> DoorResponse {
    let parts = path.split(separator: "?", maxSplits: 1)
    var query: [(name: String, value: String)] = []
    for pair in (parts.count < 2 ? "" : parts[1]).split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1)
      query.append((String(sides[0]), sides.count < 2 ? "" : String(sides[1])))
    }
    return await door.handle(
      DoorRequest(method: "GET", path: "/open311/" + parts[0], query: query, headers: headers))
  }

  func post(_ form: String, to path: String = "v2/requests.json", query: [(name: String, value: String)] = [],
            headers: [String: String] = [:]) async -> DoorResponse
  {
    let type = ["content-type": "application/x-www-form-urlencoded; charset=utf-8"]
    return await door.handle(
      DoorRequest(method: "POST", path: "/open311/" + path, query: query,
                  headers: type.merging(headers) { $1 }, body: Array(form.utf8)))
  }

  /// Hands a request in and returns its identifier.
  func submit(_ form: String) async throws -> String {
    let answer = await post("api_key=\(key)&\(form)")
    #expect(answer.status == 200, "\(answer.text)")
    return try #require(answer.objects.first?["service_request_id"] as? String)
  }

  func cases() async throws -> Int {
    try await site.database.read { connection in
      try connection.first("SELECT COUNT(*) FROM cases") { $0.int(0) } ?? 0
    }
  }
}

extension DoorResponse {
  /// An array of objects, as most answers are in JSON.
  var objects: [[String: Any]] { json as? [[String: Any]] ?? [] }
  var json: Any? { try? JSONSerialization.jsonObject(with: Data(body)) }
  /// Of an error document.
  var description: String { objects.first?["description"] as? String ?? "" }
}

/// Runs `body` with a door, and cleans up behind it.
func withOpen311<T>(_ body: (Open311Test) async throws -> T) async throws -> T {
  let archive = Open311Test.archive
  let packs = PackShelf(current: try CityPackReader.read(archive: archive), archive: archive)
  let clock = TestClock()
  let engine = try SQLiteDatabase(path: ":memory:", durability: .none)
  let outcome: Result<T, any Error>
  do {
    try await engine.migrate(Installation.migrations)
    try await engine.write { try packs.store(at: TestClock.start, on: $0) }
    let site = Installation(
      database: engine, packs: packs, vault: Vault(master: SymmetricKey(size: .bits256)), now: { clock.now },
      makeID: { Identifier.make(at: clock.now) })
    func token(_ role: Role) async throws -> String {
      try await Tokens(site).create(name: "app", role: role, by: Open311Test.system)
    }
    outcome = .success(try await body(Open311Test(
      site: site, clock: clock, door: Open311Door(site, contact: "help@small.city"), key: token(.operator),
      readingKey: token(.analyst))))
  } catch { outcome = .failure(error) }
  await engine.close()
  return try outcome.get()
}
