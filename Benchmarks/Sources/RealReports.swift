import ArgumentParser
import Domain
import Features
import Foundation

/// Real events from a file, and a city made around them: one district, a division and a kind for each that is named.
struct RealReports {
  private struct Line {
    let day: Int
    let hour: Int
    let point: Coordinate
    let kind: String
    let division: String
  }

  let pack: CityPack
  private let lines: [Line]

  private static let district = "1"

  init(path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    lines = try text.split(separator: "\n").map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 6, let day = CivilDate(cells[0]), let hour = Int(cells[1]), let longitude = Double(cells[2]),
        let latitude = Double(cells[3])
      else { throw ValidationError("no report: \(line)") }
      return Line(day: day.dayNumber, hour: hour, point: Coordinate(latitude: latitude, longitude: longitude),
                  kind: "k." + cells[4], division: Self.district + cells[5])
    }
    pack = Self.pack(Set(lines.map(\.kind)).sorted(), Dictionary(grouping: lines, by: \.division).mapValues {
      Box($0.map(\.point))
    })
  }

  func table(_ days: ClosedRange<CivilDate>) -> IncidentTable {
    var table = IncidentTable()
    var row = IncidentTable.Given()
    for line in lines where (days.lowerBound.dayNumber...days.upperBound.dayNumber).contains(line.day) {
      let metres = pack.grid.metres(of: line.point)
      row.seconds = Int64(line.day) * 86_400 + Int64(line.hour) * 3_600
      row.day = Int32(line.day)
      row.hour = UInt8(line.hour)
      row.east = Float(metres.x)
      row.north = Float(metres.y)
      row.kind = line.kind
      row.division = line.division
      row.door = "import"
      table.append(row)
    }
    return table
  }

  private static func pack(_ kinds: [String], _ areas: [String: Box]) -> CityPack {
    func texts(_ text: String) -> Texts { Texts(zh: text, en: text) }
    func square(_ box: Box) -> Polygon {
      let (south, north, west, east) = (box.south, box.north, box.west, box.east)
      return Polygon(outer: [(south, west), (south, east), (north, east), (north, west), (south, west)].map {
        Coordinate(latitude: $0.0, longitude: $0.1)
      })
    }
    let corners = areas.values.flatMap { box in
      [box.southWest, Coordinate(latitude: box.north, longitude: box.east)]
    }
    let whole = Division(
      code: district, parent: nil, level: .district, names: texts("City"), polygons: [square(Box(corners))])
    let towns = areas.sorted { $0.key < $1.key }.map { code, box in
      Division(code: code, parent: district, level: .town, names: texts(code), polygons: [square(box)])
    }
    let nodes = (["k"] + kinds).map {
      Kind(code: $0, names: texts($0), jurisdiction: .police, severity: .ordinary)
    }
    let hours = EditionDefinition.Hours(from: 21, to: 3)
    let definition = EditionDefinition(
      version: "", suppressBelow: 5, rankAtLeast: 10, night: hours, morning: .init(from: 7, to: 9), morningKinds: ["k"],
      nearRepeatKinds: ["k"], groups: kinds.prefix(6).map { .init(code: $0, names: texts($0), kinds: [$0]) },
      rankings: [
        .init(code: "all", names: texts("All"), kinds: ["k"], unit: .town, exposure: .area,
              published: CivilDate(dayNumber: 0))
      ])
    let zone = CityZone(name: "UTC", initialOffsetSeconds: 0)
    return CityPack(
      version: "", district: district, names: texts("City"), isSynthetic: false,
      calendar: BusinessCalendar(zone: zone, week: [:], exceptions: [:]), divisions: [whole] + towns, places: [],
      agencies: [], squads: [], kinds: nodes, responsibility: ResponsibilityTable(lines: []),
      deadlines: DeadlineTable(lines: [], ladder: []), triage: TriageRules(dangers: [], certaintyMin: 1),
      windows: .init(returnFlow: .days(1), repeatReport: .days(1), duplicateMetres: 1, duplicate: .days(1),
                     retention: .days(1)),
      desks: [:], coordinator: "", editions: definition)
  }
}
