import Domain
import Features
import Journal
import SQL
import Testing

extension TestSite {
  /// The program itself, as the command line acts.
  static let root = Actor(id: "system:test", role: .system, division: SmallCity.district)
  static let password = "a long sentence, easily kept"

  /// Accounts whose passwords are hashed too cheaply for anything but tests.
  static func accounts(_ site: Installation) -> Accounts { Accounts(site, logRounds: 4) }

  /// An account of the given name with ``password``, an operator unless told otherwise.
  @discardableResult
  func account(
    _ accounts: Accounts, named name: String, role: Role = .operator, division: String? = nil, agency: String? = nil
  ) async throws -> String {
    try await accounts.create(
      name: name, password: Self.password, role: role, division: division, agency: agency, by: Self.root)
  }

  /// Kinds of events on a stream, in order.
  func kinds(of stream: String) async throws -> [String] {
    try await site.database.read { try site.journal.read(stream: stream, on: $0).map(\.kind) }
  }

  func count(of table: String) async throws -> Int {
    let query = Statement(sql: "SELECT COUNT(*) FROM \(table)")
    return try await site.database.read { try $0.first(query) { $0.int(0) } } ?? 0
  }
}
