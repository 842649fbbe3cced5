import ArgumentParser
import Foundation
import SQL
import SQLiteDriver

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Writes one file that holds the whole embedded installation, while it is in use.",
    discussion: """
      The file holds everything that was answered before the command began, and the installation's keys, so that it \
      can be restored anywhere: keep it as you keep the folder itself, or leave the keys out with --without-keys and \
      keep them elsewhere. On PostgreSQL use pg_dump or its replication instead.
      """)

  @Option(help: "Folder of the installation.") var data: String
  @Flag(help: "Leave vault.key, checkpoint.key and plate.key out.") var withoutKeys = false
  @Argument(help: "The file to write; must not exist.") var file: String

  func run() async throws {
    let folder = URL(fileURLWithPath: data, isDirectory: true)
    let source = folder.appendingPathComponent(Composition.databaseName)
    guard FileManager.default.fileExists(atPath: source.path) else {
      throw ValidationError("\(data): no embedded installation here.")
    }
    guard !FileManager.default.fileExists(atPath: file) else { throw ValidationError("\(file) exists already.") }
    let draft = file + ".part"
    try? FileManager.default.removeItem(atPath: draft)
    let database = try SQLiteDatabase(path: source.path, readers: 1)
    try await database.backup(to: draft)
    await database.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
    if !withoutKeys { try await BackupKeys.put(from: folder, into: draft) }
    // Under its own name only when it is whole.
    try FileManager.default.moveItem(atPath: draft, toPath: file)
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    print("\(file): \(size / 1_000_000) MB")
  }
}

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Makes a folder of an embedded installation from a backup.",
    discussion: """
      Personal data that was erased since the backup comes back with it: name the folder that was in use with \
      --erased-in, and the restored copy forgets it again.
      """)

  @Option(help: "Folder to make; must not hold an installation yet.") var data: String
  @Option(help: "Folder of the installation that was in use until now: what it erased is erased again.")
  var erasedIn: String?
  @Argument(help: "The backup.") var file: String

  func run() async throws {
    let folder = URL(fileURLWithPath: data, isDirectory: true)
    let target = folder.appendingPathComponent(Composition.databaseName)
    guard FileManager.default.fileExists(atPath: file) else { throw ValidationError("\(file): no such file.") }
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw ValidationError("\(data) holds an installation already; name another folder.")
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true,
                                            attributes: [.posixPermissions: 0o700])
    let draft = folder.appendingPathComponent(Composition.databaseName + ".part")
    try? FileManager.default.removeItem(at: draft)
    try FileManager.default.copyItem(at: URL(fileURLWithPath: file), to: draft)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft.path)
    let hasKeys = try await BackupKeys.take(from: draft.path, into: folder)
    if let erasedIn { try await eraseAgain(in: draft.path, after: erasedIn) }
    try FileManager.default.moveItem(at: draft, to: target)
    print("restored into \(data)")
    if !hasKeys {
      StandardError.line(
        "The backup holds no keys: put vault.key, checkpoint.key and plate.key into \(data) before it is used.")
    }
  }

  private func eraseAgain(in copy: String, after folder: String) async throws {
    let current = URL(fileURLWithPath: folder, isDirectory: true).appendingPathComponent(Composition.databaseName)
    let source = try SQLiteDatabase(path: current.path, readers: 1)
    let erased = try await source.read { connection in
      try connection.all("SELECT district, reference, at FROM vault_erasures") {
        ($0.text(0), $0.text(1), $0.integer(2))
      }
    }
    await source.close()
    let database = try SQLiteDatabase(path: copy, readers: 1)
    try await database.write { connection in
      for (district, reference, at) in erased {
        try connection.run("DELETE FROM vault_keys WHERE district = \(district) AND reference = \(reference)")
        try connection.run("DELETE FROM vault_entries WHERE district = \(district) AND reference = \(reference)")
        try connection.run(
          """
          INSERT INTO vault_erasures (district, reference, at) VALUES (\(district), \(reference), \(at))
          ON CONFLICT (district, reference) DO NOTHING
          """)
      }
    }
    await database.close()
    print("\(erased.count) erased entries forgotten again")
  }
}

/// The keys of an installation inside its backup.
enum BackupKeys {
  private static let names = [Composition.vaultKeyName, Composition.checkpointKeyName, Composition.plateKeyName]

  static func put(from folder: URL, into copy: String) async throws {
    let keys = names.compactMap { name in
      (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)).map { (name, $0) }
    }
    let database = try SQLiteDatabase(path: copy, readers: 1)
    try await database.write { connection in
      try connection.script("CREATE TABLE backup_keys (name TEXT PRIMARY KEY, content TEXT NOT NULL)")
      for (name, content) in keys {
        try connection.run("INSERT INTO backup_keys (name, content) VALUES (\(name), \(content))")
      }
    }
    await database.close()
  }

  /// Writes the keys as files and takes them out of the database. False if there are none.
  static func take(from copy: String, into folder: URL) async throws -> Bool {
    let database = try SQLiteDatabase(path: copy, readers: 1)
    let keys = try await database.write { connection -> [(String, String)] in
      let table = try connection.first("SELECT name FROM sqlite_master WHERE name = 'backup_keys'") { $0.text(0) }
      guard table != nil else { return [] }
      let keys = try connection.all("SELECT name, content FROM backup_keys") { ($0.text(0), $0.text(1)) }
      try connection.script("DROP TABLE backup_keys")
      return keys
    }
    await database.close()
    for (name, content) in keys where names.contains(name) {
      let path = folder.appendingPathComponent(name).path
      guard !FileManager.default.fileExists(atPath: path) else { continue }
      guard FileManager.default.createFile(atPath: path, contents: Data(content.utf8),
                                           attributes: [.posixPermissions: 0o600])
      else { throw ValidationError("\(path) cannot be written.") }
    }
    return !keys.isEmpty
  }
}
