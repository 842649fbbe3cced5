import ArgumentParser
import Domain
import Features
import Foundation
import Journal
import Simulation
import SQL

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Fills a demonstration city, makes sign-ins for every role, and serves it.",
    discussion: """
      Everything in it is made up. The passwords are known to everybody: it listens on loopback only, and is not for \
      real reports. A folder that holds a demonstration already is served as it is.
      """)

  @OptionGroup var options: InstallationOptions
  @Option(help: "The pack's folder; must be a made-up city.") var city: String = "Cities/rongxi"
  @Option(help: "Days of history.") var days: Int = 60
  @Option(help: "Seed of the history.") var seed: UInt64 = 1
  @Option(help: "Port to listen on.") var port: Int = 8080
  @Option(help: "Folder of the browser libraries (assets, beside the program).") var assets: String?
  @Flag(help: "Fill the folder and end without serving.") var fillOnly = false

  static let password = "headwater-demo"

  func run() async throws {
    let settings = try await options.settings(["port": String(port), "host": "127.0.0.1", "assets": assets])
    try await fill(settings)
    guard !fillOnly else { return }
    let composition = try await Composition.open(settings, city: city)
    let signIns = try await DemoAccounts(site: composition.site).names()
    let plates = try await DemoPlates(site: composition.site).paths()
    try await Server(composition: composition, settings: settings) { address in
      print(Self.welcome(address, signIns, plates))
      fflush(nil)
    }.run()
  }

  private func fill(_ settings: Settings) async throws {
    let composition = try await Composition.open(settings, city: city)
    let site = composition.site
    guard site.pack.isSynthetic else { throw ValidationError("\(city) is a real city; the demonstration is made up.") }
    let isNew = try await site.database.read { try site.journal.head(on: $0) } == .start
    if isNew {
      StandardError.line("Filling the demonstration: \(days) days of \(site.pack.names.en) …")
      try await SimulateCommand.fill(composition, city: city, seed: seed, days: days, reportsPerDay: nil, places: nil)
    } else {
      await site.database.close()
    }
    let filled = try await Composition.open(settings, city: city)
    try await DemoAccounts(site: filled.site).make()
    try await DemoPlates(site: filled.site).make()
    if isNew { try await makeEdition(filled) }
    await filled.site.database.close()
  }

  /// An edition to look at: the later half of the history beside the earlier. Too few days say nothing.
  private func makeEdition(_ composition: Composition) async throws {
    let site = composition.site
    let yesterday = site.pack.calendar.zone.local(site.now()).date.adding(days: -1)
    guard days >= 14,
      let query = EditionQuery(from: yesterday.adding(days: 1 - days / 2), to: yesterday, comparison: .periodBefore)
    else { return }
    _ = try await MakeEdition(site, incidents: composition.incidents)(query)
  }

  static func welcome(_ address: String, _ names: [(name: String, post: String)],
                      _ plates: [(path: String, place: String)]) -> String {
    let width = names.map(\.name.count).max() ?? 0
    let lines = names.map { "  \($0.name)\(String(repeating: " ", count: width - $0.name.count))  \($0.post)" }
    let scans = plates.map { "  \(address)\($0.path)  \($0.place)" }
    return """

      演示城市已就绪(全部数据均为虚构) · The demonstration is ready (all data is made up)

        \(address)

      登录 · Sign in with any of these; the password is \(password)
      \(lines.joined(separator: "\n"))

      门牌二维码 · What the QR plates of these places open, as a resident sees it
      \(scans.joined(separator: "\n"))

      API \(address)/openapi.json · Open311 \(address)/open311/discovery.json · Ctrl-C ends it
      """
  }
}

/// One account for each role, with a password that everybody knows: for the demonstration only.
struct DemoAccounts {
  let site: Installation

  private var plan: [(name: String, role: Role, agency: String?, squad: String?)] {
    let town = site.pack.squads.first
    return [
      ("operator", .operator, nil, nil), ("dispatcher", .dispatcher, nil, nil),
      ("coordinator", .coordinator, nil, nil), ("agency", .agency, town?.agency, nil),
      ("squad", .squadMember, town?.agency, town?.code), ("supervisor", .supervisor, nil, nil),
      ("analyst", .analyst, nil, nil), ("administrator", .administrator, nil, nil),
    ]
  }

  /// Repeatable.
  func make() async throws {
    let owner = TokenCommand.owner(site)
    let accounts = Accounts(site)
    for post in plan {
      do {
        _ = try await accounts.create(name: post.name, password: DemoCommand.password, role: post.role,
                                      agency: post.agency, squad: post.squad, by: owner)
      } catch AccountFault.nameTaken { continue }
    }
  }

  func names() async throws -> [(name: String, post: String)] {
    plan.map { post in
      let body = (post.squad.flatMap(site.pack.squad)?.names ?? post.agency.flatMap(site.pack.agency)?.names)
      return (post.name, post.role.rawValue + (body.map { " · \($0.zh) / \($0.en)" } ?? ""))
    }
  }
}

/// A plate at every place.
struct DemoPlates {
  let site: Installation

  /// Repeatable.
  func make() async throws {
    guard site.pack.plates != nil else { return }
    try await Plates(site).make(site.pack.places.map { .init(place: $0.code) }, by: TokenCommand.owner(site))
  }

  /// One of each use of place that plates offer things of their own for.
  func paths() async throws -> [(path: String, place: String)] {
    let plates = Plates(site)
    var paths: [(path: String, place: String)] = []
    for offer in site.pack.plates?.offers ?? [] {
      guard let place = site.pack.places.first(where: { $0.use == offer.use }),
        let plate = try await plates.list(place: place.code, limit: 1).first
      else { continue }
      paths.append(("/p/" + plates.token(of: plate).text, "\(place.names.zh) / \(place.names.en) (\(place.use))"))
    }
    return paths
  }
}
