import Domain
import Features
import Foundation
import Testing

/// A January in which East Court renovates at night and West Market all day: an edition of it suggests one scenario.
enum EveningNoise {
  static let words = "去现场看过,每晚都有"

  /// The reports, and the edition of the month so far.
  static func edition(of site: Installation) async throws -> Edition {
    for day in 0..<12 {
      for (place, hour) in [("P1", 22), ("P2", day * 2)] { try await report(place, day: day, hour: hour, to: site) }
    }
    return try await made(of: site)
  }

  /// The same when it goes on after midnight: the hours of the scenario are later.
  static func laterEdition(of site: Installation) async throws -> Edition {
    for day in 0..<12 { try await report("P1", day: day, hour: 1, to: site) }
    return try await made(of: site)
  }

  private static func report(_ place: String, day: Int, hour: Int, to site: Installation) async throws {
    let desk = Actor(id: "system:test", role: .system, division: SmallCity.district)
    let first = try #require(CivilDate("2026-01-02"))
    let midnight = site.pack.calendar.zone.instant(first.adding(days: day))
    _ = try await ReceiveReport(site)(
      IncomingReport(door: "12345", kind: "noise.renovation", text: "装修噪音", place: place,
                     saidAt: midnight + .hours(hour)), by: desk)
  }

  /// The edition of what is there now.
  static func made(of site: Installation) async throws -> Edition {
    let first = try #require(CivilDate("2026-01-01"))
    let query = try #require(EditionQuery(from: first, to: first.adding(days: 30), comparison: .periodBefore))
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("edition-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await MakeEdition(site, incidents: IncidentStore(site, folder: folder))(query)
  }

  static func scenario(of edition: Edition) throws -> Scenario {
    #expect(edition.scenarios.map(\.place) == ["P1"])
    return try #require(edition.scenarios.first).scenario
  }
}
