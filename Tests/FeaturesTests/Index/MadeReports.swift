import Domain
import Features

/// Reports of Rongxi that follow from a seed: more thefts in some estates than in others, busy evenings, some told
/// twice.
struct MadeReports {
  let pack: CityPack
  private(set) var rows: [IncidentTable.Given] = []

  init(_ pack: CityPack, from first: CivilDate, days: Int, count: Int, seed: UInt64) {
    self.pack = pack
    var random = SeededRandom(seed: seed)
    let kinds = pack.leafKinds.map(\.code)
    let thefts = kinds.filter { $0.hasPrefix("crime.theft") }
    for _ in 0..<count {
      // The product of two draws crowds towards the first places.
      let spread = Double.random(in: 0..<1, using: &random) * Double.random(in: 0..<1, using: &random)
      let place = pack.places[Int(spread * Double(pack.places.count))]
      var row = IncidentTable.Given()
      row.day = Int32(first.dayNumber + Int.random(in: 0..<days, using: &random))
      row.hour = UInt8(max(Int.random(in: 0..<24, using: &random), Int.random(in: 0..<24, using: &random)))
      row.seconds = Int64(row.day) * 86_400 + Int64(row.hour) * 3_600
      let metres = pack.grid.metres(of: place.centre)
      row.east = Float(metres.x + Double.random(in: -80...80, using: &random))
      row.north = Float(metres.y + Double.random(in: -80...80, using: &random))
      row.kind = Int.random(in: 0..<4, using: &random) == 0
        ? thefts.randomElement(using: &random) ?? "" : kinds.randomElement(using: &random) ?? ""
      row.place = place.code
      row.division = place.division
      row.door = Int.random(in: 0..<3, using: &random) == 0 ? "12345" : "110"
      row.isFirst = Int.random(in: 0..<5, using: &random) > 0
      rows.append(row)
    }
    rows.sort { $0.seconds < $1.seconds }
  }

  func table(shuffledBy seed: UInt64? = nil) -> IncidentTable {
    var rows = rows
    if let seed {
      var random = SeededRandom(seed: seed)
      rows.shuffle(using: &random)
    }
    return rows.reduce(into: IncidentTable()) { $0.append($1) }
  }
}
