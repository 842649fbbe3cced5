import Crypto
import Foundation
import Language
import SQL

/// Models of kinds and what is known of each, in the database, so that all nodes take up the same and backups hold what
/// decided. None is ever overwritten: the version is a hash of the model's bytes.
public struct ModelShelf: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// What a model may be there for; at most one each. Raw values are storage formats.
  public enum Role: String, Sendable, CaseIterable {
    /// It suggests where the rules abstain.
    case inUse = "in-use"
    /// Its suggestions are recorded and shown to nobody.
    case shadow
  }

  static let migrations: [Migration] = [
    Migration("models/2 shelf") { dialect in
      """
      CREATE TABLE kind_models (
        district TEXT NOT NULL, version TEXT NOT NULL,
        role TEXT CHECK (role IN (\(Role.allCases.quoted))),
        trained_at BIGINT NOT NULL, card TEXT NOT NULL, content \(dialect.blobType) NOT NULL,
        PRIMARY KEY (district, version));
      CREATE UNIQUE INDEX kind_models_role ON kind_models (district, role);
      """
    }
  ]

  /// A new model becomes the shadow; one that is there keeps its role.
  func store(_ model: KindModel, _ card: (String) -> ModelCard) async throws -> ModelCard {
    let bytes = model.bytes
    let version = SHA256.hash(data: bytes).prefix(6).hexadecimal
    let card = card(version)
    let text = try SortedJSON.text(card)
    try await site.database.write { connection in
      let added = try connection.run(
        """
        INSERT INTO kind_models (district, version, trained_at, card, content)
        VALUES (\(site.district), \(version), \(card.trainedAt), \(text), \(bytes)) ON CONFLICT DO NOTHING
        """)
      if added == 1 { try give(.shadow, to: version, on: connection) }
    }
    return card
  }

  /// The oldest first.
  public func cards() async throws -> [ModelCard] {
    let cards = try await site.database.read { connection in
      try connection.all(
        "SELECT card FROM kind_models WHERE district = \(site.district) ORDER BY trained_at, version"
      ) { $0.text(0) }
    }
    return try cards.map { try JSONDecoder().decode(ModelCard.self, from: Data($0.utf8)) }
  }

  /// Nil for a version that is not there.
  public func card(_ version: String) async throws -> ModelCard? { try await cards().first { $0.version == version } }

  /// Versions by role.
  public func roles() async throws -> [Role: String] {
    try await site.database.read { connection in
      let found = try connection.all(
        "SELECT role, version FROM kind_models WHERE district = \(site.district) AND role IS NOT NULL"
      ) { ($0.text(0), $0.text(1)) }
      return found.reduce(into: [:]) { roles, row in Role(rawValue: row.0).map { roles[$0] = row.1 } }
    }
  }

  /// - Parameter version: nil for none. It loses the role that it had.
  public func give(_ role: Role, to version: String?) async throws {
    try await site.database.write { try give(role, to: version, on: $0) }
  }

  private func give(_ role: Role, to version: String?, on connection: any Connection) throws {
    try connection.run(
      "UPDATE kind_models SET role = NULL WHERE district = \(site.district) AND role = \(role.rawValue)")
    guard let version else { return }
    try connection.run(
      "UPDATE kind_models SET role = \(role.rawValue) WHERE district = \(site.district) AND version = \(version)")
  }

  /// The models that have a role. One that cannot be read is left out: reports are taken in without it.
  public func learned(_ segmenter: Segmenter) async throws -> [LearnedTriage] {
    let found = try await site.database.read { connection in
      try connection.all(
        """
        SELECT role, version, content FROM kind_models
        WHERE district = \(site.district) AND role IS NOT NULL ORDER BY role
        """
      ) { (role: $0.text(0), version: $0.text(1), content: $0.blob(2)) }
    }
    return found.compactMap { row in
      KindModel(bytes: row.content, segmenter: segmenter).map {
        LearnedTriage(version: row.version, model: $0, isShadow: row.role == Role.shadow.rawValue)
      }
    }
  }
}
