/// What a pack looks up, built once. Where a code stands twice (a fault of the pack) the first one counts.
struct PackIndex: Sendable {
  let kinds: [String: Int]
  let agencies: [String: Int]
  let divisions: [String: Int]
  let places: [String: Int]
  let squads: [String: Int]
  /// Own index and those above, deepest first, `wildcard` last.
  let kindPaths: [[Int32]]
  let divisionPaths: [[Int32]]
  let kindIsLeaf: [Bool]
  let divisionIsLeaf: [Bool]
  /// Lines of the responsibility table by kind and area; mostly one, two when split by hours.
  let lines: [LineKey: [Int]]
  let kindsByCue: [String: [Int]]
  /// Where a danger's word stands: its danger, and its place among that danger's words.
  let dangersByWord: [String: [(danger: Int, word: Int)]]
  let divisionAreas: AreaIndex
  let placeAreas: AreaIndex
  /// Places by cell of the grid.
  let placeCells: [Grid.Cell: [Int]]

  struct LineKey: Sendable, Hashable {
    let kind: Int32
    let area: Int32
  }
  static let wildcard: Int32 = -1

  init(kinds: [Kind], agencies: [Agency], divisions: [Division], places: [Place], squads: [SquadPlan],
       table: ResponsibilityTable, triage: TriageRules, grid: Grid) {
    func byCode<Item>(_ items: [Item], _ code: (Item) -> String) -> [String: Int] {
      Dictionary(items.enumerated().map { (code($1), $0) }, uniquingKeysWith: { first, _ in first })
    }
    let kindIndex = byCode(kinds, \.code)
    let divisionIndex = byCode(divisions, \.code)
    self.kinds = kindIndex
    self.agencies = byCode(agencies, \.code)
    self.divisions = divisionIndex
    self.places = byCode(places, \.code)
    self.squads = byCode(squads, \.code)
    kindPaths = Self.paths(kinds.map(\.parent), kindIndex)
    divisionPaths = Self.paths(divisions.map(\.parent), divisionIndex)
    kindIsLeaf = Self.leaves(kinds.map(\.parent), kindIndex)
    divisionIsLeaf = Self.leaves(divisions.map(\.parent), divisionIndex)
    lines = Self.lines(table, kindIndex, divisionIndex)
    kindsByCue = kinds.enumerated().reduce(into: [:]) { cues, kind in
      for cue in Set(kind.element.cues) { cues[cue, default: []].append(kind.offset) }
    }
    dangersByWord = triage.dangers.enumerated().reduce(into: [:]) { words, danger in
      for (place, word) in danger.element.words.enumerated() { words[word, default: []].append((danger.offset, place)) }
    }
    // Deepest first, so that the first hit is the most exact one.
    let paths = divisionPaths
    let deepestFirst = divisions.indices.sorted { (paths[$1].count, $0) < (paths[$0].count, $1) }
    divisionAreas = AreaIndex(deepestFirst.map { ($0, divisions[$0].polygons) })
    placeAreas = AreaIndex(places.enumerated().map { ($0, $1.polygon.map { [$0] } ?? []) })
    placeCells = places.enumerated().reduce(into: [:]) { cells, place in
      cells[grid.cell(for: place.element.centre), default: []].append(place.offset)
    }
  }

  private static func paths(_ parents: [String?], _ index: [String: Int]) -> [[Int32]] {
    parents.indices.map { start in
      var path = [Int32(start)]
      var next = parents[start].flatMap { index[$0] }
      // A cycle of parents is a fault of the pack; the walk ends all the same.
      while let parent = next, !path.contains(Int32(parent)) {
        path.append(Int32(parent))
        next = parents[parent].flatMap { index[$0] }
      }
      return path + [wildcard]
    }
  }

  private static func leaves(_ parents: [String?], _ index: [String: Int]) -> [Bool] {
    parents.reduce(into: [Bool](repeating: true, count: parents.count)) { leaves, parent in
      if let parent = parent.flatMap({ index[$0] }) { leaves[parent] = false }
    }
  }

  private static func lines(_ table: ResponsibilityTable, _ kinds: [String: Int],
                            _ divisions: [String: Int]) -> [LineKey: [Int]] {
    func number(_ code: String, _ index: [String: Int]) -> Int32? {
      code == "*" ? wildcard : index[code].map { Int32($0) }
    }
    return table.lines.enumerated().reduce(into: [:]) { lines, line in
      guard let kind = number(line.element.kind, kinds), let area = number(line.element.area, divisions) else { return }
      lines[LineKey(kind: kind, area: area), default: []].append(line.offset)
    }
  }
}
