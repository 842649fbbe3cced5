import Domain
import Features
import Foundation
import Testing

/// The packs of this repository.
enum Packs {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Cities")
  static let rongxi = folder.appendingPathComponent("rongxi")
  static let montgomery = folder.appendingPathComponent("montgomery")
}

@Suite struct CityPackReaderTests {
  @Test(arguments: ["rongxi", "montgomery"])
  func thePacksOfTheRepositoryAreSound(name: String) {
    let faults = CityPackReader.check(folder: Packs.folder.appendingPathComponent(name))
    #expect(faults.map { "\($0.file):\($0.line) \($0.what.en)" } == [])
  }

  @Test func rongxiHasWhatTheDemonstrationNeeds() throws {
    let pack = try CityPackReader.read(folder: Packs.rongxi)
    #expect(pack.isSynthetic)
    #expect(pack.divisions.count { $0.level == .town } == 13)
    #expect(pack.places.count == 400)
    #expect(pack.agencies.count == 60)
    #expect(pack.squads.count == 72)
    #expect(pack.squads.allSatisfy { $0.members.count == 15 && $0.vehicles.count == 3 && $0.shiftSize == 3 })
    #expect(pack.squads.allSatisfy { $0.members.count { $0.skills.contains("mediator") } == 5 })
    #expect((110...130).contains(pack.leafKinds.count))
    #expect(Set(pack.leafKinds.map(\.jurisdiction)) == Set(Jurisdiction.allCases))
  }

  @Test func montgomeryHasTheTitlesAndTownshipsOfTheCalls() throws {
    let pack = try CityPackReader.read(folder: Packs.montgomery)
    #expect(!pack.isSynthetic)
    #expect(pack.leafKinds.count == 110)
    #expect(pack.divisions.count { $0.level == .town } == 68)
    #expect(pack.calendar.zone.name == "America/New_York")
    // Noon in Norristown, winter and summer.
    let winter = try #require(CivilDate("2016-01-15"))
    let summer = try #require(CivilDate("2016-07-15"))
    let noon = Instant(milliseconds: Int64(winter.dayNumber) * 86_400_000 + 17 * 3_600_000)
    #expect(pack.calendar.zone.instant(winter, minute: 720) == noon)
    #expect(pack.calendar.zone.offsetSeconds(at: pack.calendar.zone.instant(summer, minute: 720)) == -14_400)
    #expect(!pack.calendar.isWorkday(try #require(CivilDate("2016-07-04"))))
  }

  @Test func theVersionFollowsEveryFileThatJudgesCases() throws {
    let archive = try CityPackReader.archive(folder: Packs.rongxi)
    #expect(archive.version.count == 16)
    #expect(archive.version == (try CityPackReader.read(folder: Packs.rongxi)).version)
    for name in PackArchive.fileNames {
      var files = archive.files
      files[name]? += "\n"
      #expect(PackArchive(files: files).version != archive.version, "\(name)")
    }
  }

  @Test func anArchiveReadsBackIntoThePackOfItsVersion() throws {
    let archive = try CityPackReader.archive(folder: Packs.rongxi)
    let kept = try #require(PackArchive(encoded: archive.encoded))
    #expect(kept == archive)
    let (pack, again) = (try CityPackReader.read(folder: Packs.rongxi), try CityPackReader.read(archive: kept))
    #expect(again.version == pack.version)
    #expect(again.kinds == pack.kinds)
    #expect(again.responsibility == pack.responsibility)
    #expect(again.divisions == pack.divisions)
    #expect(PackArchive(encoded: "[]") == nil)
  }

  @Test func theMainlandsCalendarKnowsShiftedWorkdays() throws {
    let calendar = try CityPackReader.read(folder: Packs.rongxi).calendar
    for (day, works) in [
      ("2024-02-10", false), ("2024-02-18", true), ("2024-10-12", true), ("2025-01-28", false), ("2025-01-26", true),
      ("2025-10-08", false), ("2026-02-23", false), ("2026-02-28", true), ("2026-10-10", true), ("2026-10-11", false),
      ("2026-10-12", true),
    ] {
      #expect(calendar.isWorkday(try #require(CivilDate(day))) == works, "\(day)")
    }
  }
}
