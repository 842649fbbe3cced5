import Domain
import Features
import Foundation
import Testing

/// A copy of Rongxi's pack with one thing broken; the fault must be named with its file and line.
@Suite struct PackFaultTests {
  struct Break: Sendable, CustomTestStringConvertible {
    let name: String
    let file: String
    /// A piece of the one line that is changed.
    let line: String
    /// What replaces `from` in that line; nil for a removed line.
    let from: String
    let to: String?
    /// Words of the fault.
    let says: String
    /// Where the fault is told, if not at the changed line.
    var elsewhere: (file: String, line: String)?

    var testDescription: String { name }
  }

  static let breaks = [
    Break(
      name: "a number that leaves out the year", file: "pack.yaml", line: "supervision: 榕溪督", from: "{year}", to: "",
      says: "form of `supervision` is not whole", elsewhere: ("pack.yaml", "  issuer: coordination-office")),
    Break(
      name: "two documents of one number", file: "pack.yaml", line: "supervision: 榕溪督", from: "榕溪督", to: "榕溪预",
      says: "the same form of number", elsewhere: ("pack.yaml", "  issuer: coordination-office")),
    Break(
      name: "documents that nobody signs", file: "pack.yaml", line: "  issuer: coordination-office",
      from: "coordination-office", to: "nobody", says: "no agency `nobody`"),
    Break(
      name: "a plate that offers a branch", file: "pack.yaml", line: "broken: [environment.sewage",
      from: "[environment.sewage", to: "[environment", says: "no last kind of a branch `environment`",
      elsewhere: ("pack.yaml", "- use: market")),
    Break(
      name: "a plate that offers a kind twice", file: "pack.yaml", line: "broken: [environment.sewage",
      from: "[environment.sewage", to: "[market.food", says: "`market.food` is offered twice",
      elsewhere: ("pack.yaml", "- use: market")),
    Break(
      name: "plates of a use that no place has", file: "pack.yaml", line: "- use: market", from: "market", to: "bazaar",
      says: "no use of a place `bazaar`"),
    Break(
      name: "places whose plates offer nothing", file: "pack.yaml", line: "- use: \"*\"", from: "\"*\"", to: "office",
      says: "no line for `*`", elsewhere: ("pack.yaml", "  zh: 扫码报事求助")),
    Break(
      name: "a number that nobody can call", file: "pack.yaml", line: "number: \"110\"", from: "110", to: "11O",
      says: "no number that can be called", elsewhere: ("pack.yaml", "  zh: 扫码报事求助")),
    Break(
      name: "unknown agency in the table", file: "responsibility.yaml", line: "kind: rescue.medical",
      from: "agency: ambulance",
      to: "agency: ambulanse", says: "no agency `ambulanse`"),
    Break(
      name: "unknown kind in the table", file: "responsibility.yaml", line: "kind: rescue.medical",
      from: "rescue.medical",
      to: "rescue.medicine", says: "no kind `rescue.medicine`"),
    Break(
      name: "unknown area in the table", file: "responsibility.yaml", line: "kind: street.vending, area: \"990106001\"",
      from: "990106001", to: "990106999", says: "no division `990106999`"),
    Break(
      name: "a line twice", file: "responsibility.yaml", line: "kind: rescue.medical", from: "}",
      to: "}\n  - {kind: rescue.medical, area: \"*\", agency: fire-rescue}", says: "matches rescue.medical",
      elsewhere: ("responsibility.yaml", "kind: rescue.medical, area: \"*\", agency: fire-rescue")),
    Break(
      name: "a line for office hours over one that always holds", file: "responsibility.yaml",
      line: "kind: rescue.medical",
      from: "}", to: "}\n  - {kind: rescue.medical, area: \"*\", hours: office, agency: fire-rescue}",
      says: "matches rescue.medical", elsewhere: ("responsibility.yaml", "hours: office, agency: fire-rescue")),
    Break(
      name: "a removed line", file: "responsibility.yaml", line: "kind: market, area", from: "", to: nil,
      says: "nobody is responsible for `market.counterfeit`", elsewhere: ("responsibility.yaml",
      "kind: service.conduct")),
    Break(
      name: "a removed line of the night", file: "responsibility.yaml", line: "kind: noise, area: \"990106104\"",
      from: "",
      to: nil, says: "990106104001 and 4 other divisions, outside office hours",
      elsewhere: ("responsibility.yaml", "kind: service.conduct")),
    Break(
      name: "a police matter given to nobody of the police", file: "responsibility.yaml", line: "kind: traffic, area",
      from: "traffic-police", to: "transport", says: "neither police nor rescue"),
    Break(
      name: "a dispute given to the police", file: "responsibility.yaml", line: "kind: dispute.land",
      from: "agency: planning",
      to: "agency: police-bureau", says: "is no police matter"),
    Break(
      name: "a mistyped key", file: "responsibility.yaml", line: "kind: rescue.medical", from: "agency:", to: "agancy:",
      says: "unknown key `agancy`"),
    Break(
      name: "an empty inbox", file: "agencies.yaml", line: "code: labour,", from: "inbox: labour", to: "inbox: \"\"",
      says: "`labour` has no inbox"),
    Break(
      name: "no inbox", file: "agencies.yaml", line: "code: labour,", from: ", inbox: labour", to: "",
      says: "no inbox"),
    Break(
      name: "an inbox with a space", file: "agencies.yaml", line: "code: labour,", from: "inbox: labour",
      to: "inbox: the office", says: "no inbox"),
    Break(
      name: "a cycle of overseers", file: "agencies.yaml", line: "code: police-bureau,",
      from: "overseer: coordination-office",
      to: "overseer: police-desk", says: "`police-bureau` oversees itself"),
    Break(
      name: "an unknown overseer", file: "agencies.yaml", line: "code: labour,", from: "overseer: coordination-office",
      to: "overseer: nobody", says: "no agency `nobody`"),
    Break(
      name: "an agency twice", file: "agencies.yaml", line: "code: labour,", from: "code: labour", to: "code: housing",
      says: "agency `housing` stands at line", elsewhere: ("agencies.yaml", "zh: 榕溪区住房和建设局")),
    Break(
      name: "an agency of no division", file: "agencies.yaml", line: "code: labour,", from: "\"990106\"",
      to: "\"990107\"",
      says: "no division `990107`"),
    Break(
      name: "a name in one language", file: "kinds.yaml", line: "code: burglary", from: "en: Burglary", to: "en: \" \"",
      says: "empty in one language"),
    Break(
      name: "an unknown severity", file: "kinds.yaml", line: "code: burglary", from: "severity: urgent",
      to: "severity: dire", says: "`dire` is no value of `severity`"),
    Break(
      name: "a kind twice", file: "kinds.yaml", line: "code: pickpocket", from: "code: pickpocket", to: "code: shop",
      says: "kind `crime.theft.shop` stands at line", elsewhere: ("kinds.yaml", "zh: 店铺盗窃")),
    Break(
      name: "a code with capitals", file: "kinds.yaml", line: "code: burglary", from: "code: burglary",
      to: "code: Burglary", says: "is no code of a kind"),
    Break(
      name: "no deadline", file: "deadlines.yaml", line: "step: feedback, minutes: 840", from: "", to: nil,
      says: "`dispute.wages` has no feedback deadline (ordinary)", elsewhere: ("kinds.yaml", "code: wages")),
    Break(
      name: "a deadline twice", file: "deadlines.yaml", line: "kind: help, step: sign", from: "kind: help",
      to: "kind: crime", says: "sets the same deadline"),
    Break(
      name: "a deadline of nothing", file: "deadlines.yaml", line: "kind: crime, step: sign", from: "minutes: 15",
      to: "minutes: 0", says: "more than 0 minutes"),
    Break(
      name: "a deadline of words", file: "deadlines.yaml", line: "kind: crime, step: sign", from: "minutes: 15",
      to: "minutes: soon", says: "must be a whole number"),
    Break(
      name: "a ladder out of order", file: "deadlines.yaml", line: "notice: supervision", from: "minutes: 1440",
      to: "minutes: 30", says: "ladder is out of order"),
    Break(
      name: "a notice to nobody", file: "deadlines.yaml", line: "notice: supervision", from: "to: supervisor",
      to: "to: mayor", says: "`mayor` is nobody"),
    Break(
      name: "a desk of no agency", file: "pack.yaml", line: "\"110\": police-desk", from: "police-desk", to: "desk",
      says: "no agency `desk`"),
    Break(
      name: "a door that does not exist", file: "pack.yaml", line: "\"110\": police-desk", from: "\"110\"",
      to: "\"911\"",
      says: "no door `911`"),
    Break(
      name: "doors without a desk", file: "pack.yaml", line: "\"*\": hotline", from: "", to: nil,
      says: "`plate` has no desk", elsewhere: ("pack.yaml", "district:")),
    Break(
      name: "an unknown coordinator", file: "pack.yaml", line: "coordinator:", from: "coordination-office", to: "chief",
      says: "no agency `chief`"),
    Break(
      name: "shifts that leave a gap", file: "squads.yaml", line: "shifts:", from: "16:00-24:00", to: "17:00-24:00",
      says: "leave hours of the day", elsewhere: ("squads.yaml", "code: rongyin-1")),
    Break(
      name: "too few members", file: "squads.yaml", line: "shift-size: 3", from: "3", to: "6", says: "fewer members",
      elsewhere: ("squads.yaml", "code: rongyin-1")),
    Break(
      name: "a danger without words of one language", file: "triage.yaml", line: "code: child,", from: "words: [孩子走失",
      to: "words: [child]}\n  # [", says: "`child` has no words in one language"),
    Break(
      name: "a required danger missing", file: "triage.yaml", line: "code: weapon", from: "code: weapon",
      to: "code: arms",
      says: "danger `weapon` is missing", elsewhere: ("triage.yaml", "certainty-min")),
    Break(
      name: "a certainty above one", file: "triage.yaml", line: "certainty-min", from: "0.45", to: "45",
      says: "between 0 and 1", elsewhere: ("triage.yaml", "certainty-min")),
    Break(
      name: "a date that does not exist", file: "calendar.yaml", line: "- 2024-02-18", from: "2024-02-18",
      to: "2024-02-30", says: "`2024-02-30` is no date"),
    Break(
      name: "a day both holiday and workday", file: "calendar.yaml", line: "- 2024-02-18", from: "2024-02-18",
      to: "2024-02-12", says: "2024-02-12 stands here twice"),
    Break(
      name: "an unknown zone", file: "calendar.yaml", line: "zone:", from: "Asia/Shanghai", to: "Asia/Rongxi",
      says: "no known time zone"),
    Break(
      name: "a place outside its division", file: "places.geojson", line: "\"P001\"", from: "\"centre\":[124.",
      to: "\"centre\":[125.", says: "centre of place `P001` is not in"),
    Break(
      name: "a place of no division", file: "places.geojson", line: "\"P001\"", from: "\"division\":\"990106001001\"",
      to: "\"division\":\"12\"", says: "no division `12`"),
    Break(
      name: "a division without a polygon", file: "divisions.geojson", line: "\"code\":\"990106102001\"",
      from: "\"type\":\"Polygon\"", to: "\"type\":\"Point\"", says: "`990106102001` has no polygon"),
    Break(
      name: "a town of the wrong parent", file: "divisions.geojson", line: "\"code\":\"990106102001\"",
      from: "\"parent\":\"990106102\"", to: "\"parent\":\"990106103\"", says: "does not fit its parent"),
    Break(
      name: "broken JSON", file: "divisions.geojson", line: "\"code\":\"990106102001\"",
      from: "\"parent\":\"990106102\"", to: "\"parent\":\"990106\",\"parents\":\"", says: "this is not JSON"),
    Break(
      name: "a level that does not exist", file: "divisions.geojson", line: "\"code\":\"990106102001\"",
      from: "\"community\"", to: "\"hamlet\"", says: "`hamlet` is no level"),
    Break(
      name: "a ranking of a kind that does not exist", file: "index.json", line: "\"code\": \"theft-estates\"",
      from: "[\"crime.theft\"]", to: "[\"crime.thefts\"]", says: "no kind `crime.thefts`"),
    Break(
      name: "a key twice", file: "index.json", line: "\"code\": \"theft-estates\"",
      from: "\"code\"", to: "\"uses\": [\"castle\"], \"code\"", says: "duplicate keys uses"),
    Break(
      name: "a ranking of streets of no use", file: "index.json", line: "\"uses\": [\"shopping-street\"",
      from: "shopping-street", to: "castle", says: "no use of a place `castle`",
      elsewhere: ("index.json", "\"code\": \"dispute-streets\"")),
    Break(
      name: "a ranking on a day that is none", file: "index.json", line: "\"area\", \"published\"", from: "2025-01-01",
      to: "2025-13-01", says: "is no day"),
    Break(
      name: "a ranking replaced by none", file: "index.json", line: "\"retired\"", from: "fraud-estates",
      to: "fraud-houses", says: "no ranking `fraud-houses`",
      elsewhere: ("index.json", "\"code\": \"burglary-estates\"")),
    Break(
      name: "groups that share a kind", file: "index.json", line: "\"code\": \"violence\"", from: "\"crime.order\"",
      to: "\"crime.theft.shop\"", says: "`crime.theft.shop` is in `theft` already"),
    Break(
      name: "small counts in the open", file: "index.json", line: "suppress-below", from: "5", to: "2",
      says: "small counts would not be hidden", elsewhere: ("index.json", "{")),
    Break(
      name: "a part with more people than the whole", file: "divisions.geojson", line: "\"code\":\"990106001001\"",
      from: "\"residents\":", to: "\"residents\":9", says: "more people live in the parts of `990106001`",
      elsewhere: ("divisions.geojson", "\"code\":\"990106001\"")),
    Break(
      name: "residents that are no number", file: "places.geojson", line: "\"code\":\"P001\"",
      from: "\"residents\":", to: "\"residents\":-", says: "`residents` must be a whole number"),
    Break(
      name: "residents of nobody knows what year", file: "index.json", line: "\"residents\": {", from: "", to: nil,
      says: "nothing says where `residents` are from", elsewhere: ("index.json", "{")),
    Break(
      name: "few beside an area", file: "index.json", line: "\"silence-exposure\"", from: "\"residents\"",
      to: "\"area\"", says: "`silence-exposure` is neither", elsewhere: ("index.json", "{")),
    Break(
      name: "a year of three digits", file: "index.json", line: "\"residents\": {", from: "2025", to: "225",
      says: "225 is no year", elsewhere: ("index.json", "{")),
    Break(
      name: "a night of no hours", file: "index.json", line: "\"night\"", from: "\"to\": 3", to: "\"to\": 25",
      says: "no hours of a day", elsewhere: ("index.json", "{")),
    Break(
      name: "broken YAML", file: "agencies.yaml", line: "code: labour,", from: "{code: labour", to: "{code: [labour",
      says: "this is not YAML"),
  ]

  @Test(arguments: breaks)
  func everySortOfFaultIsNamedWithFileAndLine(broken: Break) throws {
    var files = try CityPackReader.archive(folder: Packs.rongxi).files
    let lines = try #require(files[broken.file]).components(separatedBy: "\n")
    let index = try #require(lines.firstIndex { $0.contains(broken.line) }, "no line with \(broken.line)")
    var changed = lines
    if let to = broken.to {
      try #require(lines[index].contains(broken.from), "the line has no \(broken.from)")
      changed[index] = lines[index].replacingOccurrences(of: broken.from, with: to)
    } else {
      changed.remove(at: index)
    }
    files[broken.file] = changed.joined(separator: "\n")
    let file = broken.elsewhere?.file ?? broken.file
    let place = broken.elsewhere?.line ?? broken.to.map { _ in "" } ?? ""
    let number = place.isEmpty
      ? index + 1 : try #require(files[file]?.components(separatedBy: "\n").firstIndex { $0.contains(place) }) + 1
    let faults = Self.faults(files)
    let told = faults.map { "\($0.file):\($0.line) \($0.what.en)" }
    #expect(
      faults.contains { $0.file == file && $0.line == number && $0.what.en.contains(broken.says) },
      "expected \(file):\(number) … \(broken.says), told \(told.prefix(8))")
    #expect(faults.allSatisfy { !$0.what.zh.isEmpty && !$0.fix.zh.isEmpty && !$0.fix.en.isEmpty })
  }

  @Test func aRingThatIsNotClosedOrClockwiseIsFound() throws {
    var files = try CityPackReader.archive(folder: Packs.rongxi).files
    var lines = try #require(files["divisions.geojson"]).components(separatedBy: "\n")
    let index = try #require(lines.firstIndex { $0.contains("\"code\":\"990106001001\"") })
    let start = try #require(lines[index].range(of: "[[["))
    let points = lines[index][start.upperBound...].components(separatedBy: "]]]")[0].components(separatedBy: "],[")
    let head = lines[index][..<start.upperBound]
    for (ring, says) in [(Array(points.dropLast()), "is not closed"), (points.reversed(), "not counter-clockwise")] {
      lines[index] = head + ring.joined(separator: "],[") + "]]]}},"
      files["divisions.geojson"] = lines.joined(separator: "\n")
      let faults = Self.faults(files)
      #expect(faults.contains { $0.line == index + 1 && $0.what.en.contains(says) },
      "\(says): \(faults.map(\.what.en))")
    }
  }

  @Test func allFaultsAreToldAtOnce() throws {
    var files = try CityPackReader.archive(folder: Packs.rongxi).files
    files["agencies.yaml"] = files["agencies.yaml"]?
      .replacingOccurrences(of: "inbox: labour", with: "inbox: \"\"")
      .replacingOccurrences(of: "inbox: housing", with: "inbox: \"\"")
    files["pack.yaml"] = files["pack.yaml"]?.replacingOccurrences(of: "coordinator: coord", with: "coordinator: x")
    #expect(Self.faults(files).count == 3)
  }

  @Test func missingAndUndecodableFilesAreNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pack-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: Packs.rongxi, to: folder)
    try FileManager.default.removeItem(at: folder.appendingPathComponent("kinds.yaml"))
    try Data([0xFF, 0xFE, 0x00]).write(to: folder.appendingPathComponent("squads.yaml"))
    let faults = CityPackReader.check(folder: folder)
    #expect(faults.map(\.file) == ["kinds.yaml", "squads.yaml"])
    #expect(faults[0].what.en.contains("missing"))
    #expect(faults[1].what.en.contains("UTF-8"))
    #expect(CityPackReader.check(folder: folder.appendingPathComponent("none")).count == PackArchive.fileNames.count)
  }

  private static func faults(_ files: [String: String]) -> [PackFault] {
    do throws(PackFaults) {
      _ = try CityPackReader.read(archive: PackArchive(files: files))
      return []
    } catch {
      return error.faults
    }
  }
}
