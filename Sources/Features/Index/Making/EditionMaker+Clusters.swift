import Domain
import Statistics

extension EditionMaker {
  private static let draws = 9_999
  private static let chanceMost = 0.05
  private var coarse: Statistics.Grid { frame.ground.coarse }

  // MARK: - Hot spots

  func hotSpots(_ events: EditionEvents) -> [EditionHotSpots] {
    let inside = frame.ground.coarseInside
    let cells = inside.indices.filter { inside[$0] }
    let adjacency = neighbours(of: cells)
    return definition.groups.indices.map { group in
      let counts = frame.ground.coarsened(now.groupCells[group])
      let found = forecast(days: events.days[group], cells: events.cells[group])
      return EditionHotSpots(
        code: definition.groups[group].code, names: definition.groups[group].names,
        cells: hot(cells, cells.map { counts[$0] }, adjacency), forecast: found.cells, accuracy: found.accuracy)
    }
  }

  private func hot(_ cells: [Int], _ counts: [Int], _ adjacency: Adjacency) -> [EditionHotSpots.Cell] {
    guard counts.count > 9, counts.reduce(0, +) >= definition.rankAtLeast else { return [] }
    let found = GetisOrd.star(counts.map(Double.init), adjacency, draws: Self.draws, seed: Self.seed)
    let adjusted = FalseDiscovery.adjusted(found.chanceAbove)
    return cells.indices.compactMap { index in
      let around = adjacency[index].reduce(counts[index]) { $0 + counts[$1] }
      guard adjusted[index] <= Self.chanceMost, around >= limit else { return nil }
      return .init(column: cells[index] % coarse.columns, row: cells[index] / coarse.columns,
                   z: found.values[index].rounded(digits: 3), chance: adjusted[index].rounded(digits: 2))
    }
  }

  private func neighbours(of cells: [Int]) -> Adjacency {
    let numbers = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($1, $0) })
    let (columns, rows) = (coarse.columns, coarse.rows)
    return Adjacency(cells.map { cell in
      let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
      return (max(0, row - 1)...min(rows - 1, row + 1)).flatMap { near in
        (max(0, column - 1)...min(columns - 1, column + 1)).compactMap { side in
          near * columns + side == cell ? nil : numbers[near * columns + side]
        }
      }
    })
  }

  private static let forecastDays = 28.0
  private static let forecastArea = 0.01
  private static let chosenMost = 60_000

  /// Where the weeks after the edition are to be expected, by the memory and blur that told the last weeks best.
  private func forecast(days: [Int], cells: [Int]) -> (cells: [[Int]], accuracy: Double?) {
    guard days.count >= 200 else { return ([], nil) }
    let squares = cells.map(frame.ground.coarseIndex)
    let times = days.map(Double.init)
    let end = Double(frame.days.upperBound + 1)
    let lastMap = end - Self.forecastDays
    // The option is chosen on the weeks before those that judge it.
    let option = days.count > Self.chosenMost ? HotSpotForecast(memory: 1_095, blur: 1, shared: 0.2)
      : HotSpotForecast.chosen(cells: squares, days: times, on: coarse, mapDays: [lastMap - Self.forecastDays],
                               horizon: Self.forecastDays, area: Self.forecastArea)
    let accuracy = option.accuracy(
      cells: squares, days: times, on: coarse, day: lastMap, horizon: Self.forecastDays, area: Self.forecastArea)
    let scores = option.scores(cells: squares, days: times, before: end, on: coarse).map { $0.rounded(digits: 9) }
    var counts = [Int](repeating: 0, count: coarse.count)
    for square in squares { counts[square] += 1 }
    let studied = scores.indices.filter { counts[$0] > 0 }
    let best = studied.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
      .prefix(max(1, Int(Double(studied.count) * Self.forecastArea)))
      .filter { counts[$0] >= limit }
    return (best.sorted().map { [$0 % coarse.columns, $0 / coarse.columns] }, accuracy?.pai.rounded(digits: 3))
  }

  // MARK: - Emerging clusters

  private static let scanDays = 84

  func clusters(_ events: EditionEvents) -> [EditionCluster] {
    definition.groups.indices.flatMap { group in
      clusters(definition.groups[group], days: events.days[group], cells: events.cells[group])
    }
  }

  private func clusters(_ group: EditionDefinition.Group, days: [Int], cells: [Int]) -> [EditionCluster] {
    let last = frame.days.upperBound
    let recent = days.indices.filter { days[$0] > last - Self.scanDays && days[$0] >= frame.days.lowerBound }
    let squares = recent.map { frame.ground.coarseIndex(of: cells[$0]) }
    let used = Array(Set(squares)).sorted()
    guard recent.count >= 50, used.count > 3 else { return [] }
    let numbers = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    let centres = used.map { coarse.centre(of: $0) }
    var scan = SpaceTimeScan()
    scan.daysMost = 14
    scan.radiusMost = coarse.cell * 6
    scan.shareMost = 0.25
    scan.eventsLeast = max(limit, 5)
    // As many as are told apart at 5 %, and no more work than the reports are worth.
    scan.permutations = max(99, min(999, 20_000_000 / recent.count))
    let found = scan.clusters(
      x: centres.map(\.x), y: centres.map(\.y), places: squares.map { numbers[$0] ?? 0 }, days: recent.map { days[$0] },
      lastDay: last, seed: Self.seed)
    return found.filter { $0.chance <= Self.chanceMost }.map { cluster in
      EditionCluster(
        code: group.code, names: group.names, near: name(near: centres[cluster.centre]),
        column: used[cluster.centre] % coarse.columns, row: used[cluster.centre] / coarse.columns,
        radiusMetres: max(cluster.radius, coarse.cell / 2).rounded(),
        from: CivilDate(dayNumber: cluster.firstDay).text, to: CivilDate(dayNumber: cluster.lastDay).text,
        observed: cluster.observed, expected: cluster.expected.rounded(digits: 3), chance: cluster.chance)
    }
  }

  // MARK: - Near repeats

  private static let distances = [0, 150, 300, 600, 1_200]
  private static let times = [0, 3, 8, 15, 29]

  func nearRepeats(_ events: EditionEvents) -> EditionNearRepeats? {
    guard events.repeatDays.count >= 50 else { return nil }
    let table = NearRepeat.table(
      x: events.repeatX, y: events.repeatY, days: events.repeatDays, distances: Self.distances.map(Double.init),
      times: Self.times, seed: Self.seed)
    let bands = (0..<Self.distances.count - 1).flatMap { row in
      (0..<Self.times.count - 1).map { column in
        let ratio = table.ratio[row][column]
        let isKnown = table.observed[row][column] >= limit && ratio.isFinite
        return EditionNearRepeats.Band(
          metresFrom: Self.distances[row], metresTo: Self.distances[row + 1], daysFrom: Self.times[column],
          daysTo: Self.times[column + 1] - 1, ratio: isKnown ? ratio.rounded(digits: 3) : nil,
          chance: isKnown ? table.chance[row][column] : nil)
      }
    }
    let kinds = definition.nearRepeatKinds.compactMap { pack.kind($0)?.names }
    return EditionNearRepeats(kinds: kinds, bands: bands)
  }
}
