import ArgumentParser
import Features
import Foundation

struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Draws the map of a made-up district from a seed, as the files of a pack.",
    discussion: "The same seed gives the same files. Existing ones are replaced; check the pack afterwards.")

  @Option(help: "Another seed, another district.") var seed: UInt64 = MapGenerator.seed
  @Argument(help: "The pack's folder.") var folder: String

  func run() throws {
    let target = URL(fileURLWithPath: folder, isDirectory: true)
    guard FileManager.default.fileExists(atPath: target.path) else {
      throw ValidationError("\(folder): no such folder.")
    }
    for (name, contents) in MapGenerator.generate(seed: seed).sorted(by: { $0.key < $1.key }) {
      try Data(contents.utf8).write(to: target.appendingPathComponent(name))
      print("\(name): \(contents.utf8.count / 1_000) kB")
    }
  }
}
