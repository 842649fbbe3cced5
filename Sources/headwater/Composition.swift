import ArgumentParser
import Crypto
import Domain
import Features
import Foundation
import Journal
import Logging
import PostgresDriver
import SQL
import SQLiteDriver

/// The only place where engines, keys, clock and chance are chosen.
struct Composition {
  let site: Installation
  let checkpointKey: Curve25519.Signing.PrivateKey
  let folder: URL
  /// The embedded database's file; nil on PostgreSQL.
  let file: URL?
  /// The pack's folder, where a command named one: maps draw its roads and water.
  let cityFolder: URL?

  var mapDecoration: MapDecoration { cityFolder.map(MapDecoration.read) ?? .none }

  /// This node's columns of all reports.
  var incidents: IncidentStore {
    IncidentStore(site, folder: folder.appendingPathComponent(Self.incidentsName, isDirectory: true))
  }

  static let incidentsName = "incidents"
  static let databaseName = "headwater.sqlite"
  static let vaultKeyName = "vault.key"
  static let checkpointKeyName = "checkpoint.key"
  static let plateKeyName = "plate.key"

  /// Opens an installation, creating it on first use.
  /// - Parameters:
  ///   - city: the pack's folder, which is put in force; nil for the one that was in force last.
  ///   - usesVault: false for a command that reads and writes no personal data: it runs without the vault's key, as
  ///     on a copy that was restored without it.
  static func open(_ settings: Settings, city: String?, usesVault: Bool = true) async throws -> Composition {
    let folder = URL(fileURLWithPath: try settings.required("data"), isDirectory: true)
    // A wrong pack must not leave half an installation behind.
    let shelf = try city.map(shelf(of:))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true,
                                            attributes: [.posixPermissions: 0o700])
    let (database, file) = try engine(settings, folder)
    try await database.migrate(Installation.migrations)
    let packs: PackShelf
    if let shelf {
      let now = Instant.now()
      try await database.write { try shelf.store(at: now, on: $0) }
      packs = shelf
    } else {
      do { packs = try await database.read { try PackShelf.inForce(on: $0) } } catch is PackMissing {
        throw ValidationError(
          "\(folder.path): no city yet. Run 'headwater serve' or 'headwater import' with --city first.")
      }
    }
    let vault = Vault(master: usesVault ? try masterKey(settings, folder) : SymmetricKey(size: .bits256))
    if usesVault {
      let district = packs.current.district
      do {
        try await database.write { try vault.confirmKey(district: district, on: $0) }
      } catch Vault.Failure.unreadable {
        throw ValidationError(
          "\(vaultKeyName) is not the key that this vault was begun with; put the right one in place.")
      }
    }
    let checkpointKey = try checkpointKey(settings, folder)
    let site = Installation(
      database: database, packs: packs, vault: vault, plates: PlateSigner(key: try plateKey(settings, folder)),
      checkpointKeys: [checkpointKey.publicKey], now: Instant.now, makeID: { Identifier.make(at: .now()) })
    try await ViewBuild(site).begin()
    return Composition(
      site: site, checkpointKey: checkpointKey, folder: folder, file: file,
      cityFolder: city.map { URL(fileURLWithPath: $0, isDirectory: true) })
  }

  /// - Throws: a usage error that lists the pack's faults.
  static func shelf(of city: String) throws -> PackShelf {
    let folder = URL(fileURLWithPath: city, isDirectory: true)
    do throws(PackFaults) {
      let archive = try CityPackReader.archive(folder: folder)
      return PackShelf(current: try CityPackReader.read(archive: archive), archive: archive)
    } catch {
      for fault in error.faults { StandardError.line(fault.text) }
      throw ValidationError("\(city) is not a sound city pack; see 'headwater check \(city)'.")
    }
  }

  private static func engine(_ settings: Settings, _ folder: URL) throws -> (any Database, URL?) {
    if let url = settings.string("database") { return (try PostgresDatabase(url: url), nil) }
    let file = folder.appendingPathComponent(databaseName)
    return (try SQLiteDatabase(path: file.path), file)
  }

  private static func masterKey(_ settings: Settings, _ folder: URL) throws -> SymmetricKey {
    if let text = settings.string("vault.key") {
      return SymmetricKey(data: try KeyFiles.decode(text, from: "vault.key"))
    }
    return try KeyFiles.master(at: folder.appendingPathComponent(vaultKeyName))
  }

  private static func plateKey(_ settings: Settings, _ folder: URL) throws -> SymmetricKey {
    if let text = settings.string("plate.key") {
      return SymmetricKey(data: try KeyFiles.decode(text, from: "plate.key"))
    }
    return try KeyFiles.plates(at: folder.appendingPathComponent(plateKeyName))
  }

  private static func checkpointKey(_ settings: Settings, _ folder: URL) throws -> Curve25519.Signing.PrivateKey {
    if let text = settings.string("checkpoint.key") {
      return try .init(rawRepresentation: KeyFiles.decode(text, from: "checkpoint.key"))
    }
    return try KeyFiles.checkpoint(at: folder.appendingPathComponent(checkpointKeyName))
  }
}

extension Instant {
  static func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}

extension PackFault {
  /// `file:line: what (fix)` in both languages.
  var text: String {
    "\(file):\(line): \(what.en)\n    fix: \(fix.en)\n    \(what.zh)(\(fix.zh))"
  }
}

/// Progress and what went wrong; results go to standard output.
enum StandardError {
  static func line(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
