import Crypto
import Domain
import Journal
import SQL

/// Everything a use case needs, handed in by the composition root: nothing is reached from anywhere else.
public struct Installation: Sendable {
  public let database: any Database
  public let packs: PackShelf
  public let vault: Vault
  /// Makes and checks the tokens of plates.
  public let plates: PlateSigner
  /// Whose checkpoints of the journal count; empty where a process has no need to know.
  public let checkpointKeys: [Curve25519.Signing.PublicKey]
  /// Models of kinds that judge reports as they come in.
  public let models: [LearnedTriage]
  /// The time, the city's clock as well as the simulator's.
  public let now: @Sendable () -> Instant
  /// A new identifier; see ``Identifier``.
  public let makeID: @Sendable () -> String

  public init(database: any Database, packs: PackShelf, vault: Vault, plates: PlateSigner = PlateSigner(),
              checkpointKeys: [Curve25519.Signing.PublicKey] = [], models: [LearnedTriage] = [],
              now: @escaping @Sendable () -> Instant, makeID: @escaping @Sendable () -> String) {
    self.database = database
    self.packs = packs
    self.vault = vault
    self.plates = plates
    self.checkpointKeys = checkpointKeys
    self.models = models
    self.now = now
    self.makeID = makeID
  }

  /// The same with these models at work.
  public func with(models: [LearnedTriage]) -> Installation {
    Installation(database: database, packs: packs, vault: vault, plates: plates, checkpointKeys: checkpointKeys,
                 models: models, now: now, makeID: makeID)
  }

  /// The pack in force.
  public var pack: CityPack { packs.current }
  public var district: String { pack.district }
  public var journal: Journal { Journal(district: district) }
  public var idempotencyKeys: IdempotencyKeys { IdempotencyKeys(district: district) }

  /// The whole schema, in order.
  public static let migrations: [Migration] =
    Journal.migrations + PackShelf.migrations + Vault.migrations + CaseViews.migrations
    + Scheduler.migrations + Accounts.migrations + Tokens.migrations + Retention.migrations + ImportLedger.migrations
    + ViewBuild.migrations
    + Plates.migrations + DocumentNumbers.migrations + Rosters.migrations + RobotOutbox.migrations
    + LearnedTriage.migrations + ModelShelf.migrations + CountWords.migrations
    + IncidentCube.migrations + EditionStore.migrations + EditionDesk.migrations
    + ScenarioViews.migrations
}
