import ArgumentParser
import Configuration
import Foundation

/// Where an installation is. Flags first, then the environment (`HEADWATER_DATABASE` …), then the file.
struct InstallationOptions: ParsableArguments {
  @Option(help: "Folder of the installation: database, keys, pack in force.")
  var data: String?

  @Option(help: "PostgreSQL instead of the embedded database: postgres://user@host/name")
  var database: String?

  @Option(help: "File of settings (YAML), the last that is asked.")
  var config: String?

  /// - Parameter more: the command's own flags.
  func settings(_ more: [String: String?] = [:]) async throws -> Settings {
    try await Settings(flags: ["data": data, "database": database].merging(more) { $1 }, file: config)
  }
}

/// The settings of one command.
struct Settings {
  private let reader: ConfigReader

  init(flags: [String: String?], file: String?) async throws {
    let given = flags.compactMapValues { $0 }.map { key, value in
      (AbsoluteConfigKey(key.split(separator: ".").map(String.init)), ConfigValue(.string(value), isSecret: false))
    }
    var providers: [any ConfigProvider] = [
      InMemoryProvider(name: "flags", values: Dictionary(uniqueKeysWithValues: given)),
      EnvironmentVariablesProvider().prefixKeys(with: "headwater"),
    ]
    if let file {
      let path = ConfigReader(provider: InMemoryProvider(values: ["filePath": .init(.string(file), isSecret: false)]))
      providers.append(try await FileProvider<YAMLSnapshot>(config: path))
    }
    reader = ConfigReader(providers: providers)
  }

  func string(_ key: String) -> String? { reader.string(forKey: ConfigKey(key)) }
  /// A flag comes as text, a file's number as a number.
  func int(_ key: String) -> Int? { string(key).flatMap(Int.init) ?? reader.int(forKey: ConfigKey(key)) }
  func bool(_ key: String) -> Bool? { string(key).flatMap(Bool.init) ?? reader.bool(forKey: ConfigKey(key)) }

  /// - Throws: a usage error that names all three ways.
  func required(_ key: String) throws -> String {
    guard let value = string(key) else {
      throw ValidationError(
        "Missing: --\(key) (or HEADWATER_\(key.uppercased()), or '\(key)' in the file of settings).")
    }
    return value
  }
}
