import ArgumentParser
import Domain
import Features
import Foundation

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Proves a city pack: every kind, area and hour has exactly one responsible agency.",
    discussion: """
      Also that every agency has a reachable inbox and every division a polygon, and that all references hold. Names \
      file, line and fix for each fault.
      """)

  @Argument(help: "The pack's folder, such as Cities/rongxi.")
  var pack: String

  func run() throws {
    let folder = URL(fileURLWithPath: pack, isDirectory: true)
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw ValidationError("\(pack): no such folder.")
    }
    let faults = CityPackReader.check(folder: folder)
    guard faults.isEmpty else {
      for fault in faults { print(fault.text) }
      StandardError.line("\(faults.count) fault(s).")
      throw ExitCode(1)
    }
    let city = try CityPackReader.read(folder: folder)
    let areas = city.leafDivisions.count
    print("""
      \(city.names.en) / \(city.names.zh): version \(city.version)
      \(city.leafKinds.count) kinds × \(areas) areas × 2 classes of hours: exactly one responsible agency each
      \(city.agencies.count) agencies, \(city.squads.count) squads, \(city.places.count) places, \
      \(city.divisions.count) divisions
      """)
    if let editions = city.editions {
      print("safety index \(editions.version): \(editions.groups.count) groups, \(editions.rankings.count) rankings")
    }
  }
}
