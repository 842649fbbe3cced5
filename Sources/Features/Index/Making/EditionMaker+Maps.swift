import Domain
import Statistics

extension EditionMaker {
  private var ground: EditionGround { frame.ground }

  var grid: EditionGrid {
    let fine = ground.fine
    return EditionGrid(
      cellMetres: fine.cell, columns: fine.columns, rows: fine.rows, west: fine.west, south: fine.south)
  }

  var maps: [EditionMap] {
    zip(definition.groups, now.groupCells).map { map($0.code, $0.names, $1) }
  }

  var night: EditionNight {
    let names = Texts(zh: "夜间", en: "Night")
    return EditionNight(
      from: definition.night.from, to: definition.night.to,
      change: change(now.nightTotal, before.nightTotal),
      map: map("night", names, now.nightCells), spots: spots(now.nightCells))
  }

  var morning: EditionMorning {
    let weekdays = (0..<24).map { hour in (0..<5).reduce(0) { $0 + now.morningHours[$1 * 24 + hour] } }
    let rest = (0..<24).map { hour in (5..<7).reduce(0) { $0 + now.morningHours[$1 * 24 + hour] } }
    let kept = Suppression.kept(weekdays + rest, below: limit)
    return EditionMorning(
      from: definition.morning.from, to: definition.morning.to, workdays: Array(kept.prefix(24)),
      weekend: Array(kept.suffix(24)), spots: spots(now.morningCells))
  }

  /// The density of points put into the middle of their cells, beside the mean of the area.
  private func map(_ code: String, _ names: Texts, _ counts: [Int]) -> EditionMap {
    let fine = ground.fine
    let radius = fine.cell * 4
    var x: [Double] = []
    var y: [Double] = []
    for (cell, count) in counts.enumerated() where count > 0 {
      let centre = fine.centre(of: cell)
      x += repeatElement(centre.x, count: count)
      y += repeatElement(centre.y, count: count)
    }
    let inside = ground.isInside.count { $0 }
    guard !x.isEmpty, inside > 0 else { return .init(code: code, names: names, radiusMetres: radius, runs: []) }
    let density = Density.of(x: x, y: y, on: fine, kernel: .quartic(radius: radius), edge: .area(ground.isInside))
    let mean = Double(x.count) / (Double(inside) * fine.cell * fine.cell)
    let around = sumsAround(counts)
    let steps = density.indices.map { cell in
      around[cell] < limit ? 0 : EditionMap.steps.count { $0 <= (density[cell] / mean).rounded(digits: 6) }
    }
    return .init(code: code, names: names, radiusMetres: radius, runs: runs(steps))
  }

  /// The reports in a cell and the eight around it.
  private func sumsAround(_ counts: [Int]) -> [Int] {
    let (columns, rows) = (ground.fine.columns, ground.fine.rows)
    var sums = [Int](repeating: 0, count: counts.count)
    for (cell, count) in counts.enumerated() where count > 0 {
      let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
      for near in max(0, row - 1)...min(rows - 1, row + 1) {
        for side in max(0, column - 1)...min(columns - 1, column + 1) { sums[near * columns + side] += count }
      }
    }
    return sums
  }

  private func runs(_ steps: [Int]) -> [[Int]] {
    let columns = ground.fine.columns
    var runs: [[Int]] = []
    for (cell, step) in steps.enumerated() where step > 0 {
      let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
      if let last = runs.last, last[0] == row, last[1] + last[2] == column, last[3] == step {
        runs[runs.count - 1][2] += 1
      } else {
        runs.append([row, column, 1, step])
      }
    }
    return runs
  }

  private func spots(_ fine: [Int]) -> [EditionSpot] {
    let counts = ground.coarsened(fine)
    let columns = ground.coarse.columns
    return counts.indices.filter { counts[$0] >= definition.rankAtLeast }
      .sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(10).map { cell in
        EditionSpot(column: cell % columns, row: cell / columns, near: name(near: ground.coarse.centre(of: cell)),
                    atLeast: roundedDown(counts[cell]))
      }
  }

  func roundedDown(_ count: Int) -> Int { count / limit * limit }

  /// The place that is nearest, or else the division around.
  func name(near spot: (x: Double, y: Double)) -> Texts {
    let point = pack.grid.coordinate(x: spot.x, y: spot.y)
    return pack.place(near: point, withinMetres: 500)?.names ?? pack.division(containing: point)?.names ?? pack.names
  }
}
