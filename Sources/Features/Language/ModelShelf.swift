import Crypto
import Foundation
import Language

/// Models of kinds as files of the installation: `models/VERSION.kinds` and what is known of each beside it. None is
/// ever overwritten: the version is a hash of the model's bytes.
public struct ModelShelf: Sendable {
  public let folder: URL

  /// - Parameter data: the installation's folder.
  public init(data: URL) { folder = data.appendingPathComponent("models", isDirectory: true) }

  /// Which models judge reports as they come in. Names are a storage format.
  public struct Roles: Codable, Sendable, Hashable {
    /// Its suggestions are recorded and shown to nobody.
    public var shadow: String?
    /// It suggests where the rules abstain.
    public var inUse: String?
    public init(shadow: String? = nil, inUse: String? = nil) {
      self.shadow = shadow
      self.inUse = inUse
    }
  }

  public func store(_ model: KindModel, _ card: (String) -> ModelCard) throws -> ModelCard {
    let bytes = Data(model.bytes)
    let version = SHA256.hash(data: bytes).prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
      .joined()
    let card = card(version)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try bytes.write(to: file(version, "kinds"), options: .atomic)
    try Data(SortedJSON.encode(card)).write(to: file(version, "json"), options: .atomic)
    return card
  }

  /// The oldest first.
  public func cards() throws -> [ModelCard] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return try names.filter { $0.hasSuffix(".json") && $0 != Self.rolesName }.map { name in
      try JSONDecoder().decode(ModelCard.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
    }.sorted { ($0.trainedAt, $0.version) < ($1.trainedAt, $1.version) }
  }

  /// Nil for a version that is not there.
  public func card(_ version: String) throws -> ModelCard? { try cards().first { $0.version == version } }

  public func roles() -> Roles {
    let data = try? Data(contentsOf: folder.appendingPathComponent(Self.rolesName))
    return data.flatMap { try? JSONDecoder().decode(Roles.self, from: $0) } ?? Roles()
  }

  public func set(_ roles: Roles) throws {
    try Data(SortedJSON.encode(roles)).write(to: folder.appendingPathComponent(Self.rolesName), options: .atomic)
  }

  /// The models that have a role. One that cannot be read is left out: reports are taken in without it.
  public func learned(_ segmenter: Segmenter) -> [LearnedTriage] {
    let roles = roles()
    func read(_ version: String?, isShadow: Bool) -> LearnedTriage? {
      guard let version, let bytes = try? Data(contentsOf: file(version, "kinds")) else { return nil }
      return KindModel(bytes: Array(bytes), segmenter: segmenter).map {
        LearnedTriage(version: version, model: $0, isShadow: isShadow)
      }
    }
    return [read(roles.inUse, isShadow: false), read(roles.shadow, isShadow: true)].compactMap { $0 }
  }

  private static let rolesName = "roles.json"

  private func file(_ version: String, _ ending: String) -> URL {
    folder.appendingPathComponent("\(version).\(ending)")
  }
}
