import Crypto
import Domain
import Features
import Foundation
import Simulation
import SQL
import SQLiteDriver

/// Trials in the demonstration city, each on an empty database in memory.
enum Trials {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Cities/rongxi").standardized

  static func packs() throws -> PackShelf {
    let archive = try CityPackReader.archive(folder: folder)
    return PackShelf(current: try CityPackReader.read(archive: archive), archive: archive)
  }

  static func life() throws -> CityLife { try CityLife.read(folder: folder) ?? .plain }

  static func trial(
    wrap: @Sendable @escaping (any CityService) -> any CityService = { $0 },
    on makeDatabase: @Sendable @escaping () async throws -> any Database = {
      try SQLiteDatabase(path: ":memory:", durability: .none)
    }
  ) throws -> Trial {
    Trial(packs: try packs(), life: try life(), vault: Vault(master: SymmetricKey(size: .bits256)), wrap: wrap,
          makeDatabase: makeDatabase)
  }
}
