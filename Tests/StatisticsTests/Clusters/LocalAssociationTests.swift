import Statistics
import Testing

@Suite struct LocalAssociationTests {
  /// esda's figures.
  @Test func asInEsda() throws {
    let rows = try References.rows("local.csv")
    let adjacency = Adjacency.queen(columns: 15, rows: 8)
    let star = GetisOrd.star(rows.map { $0[0] }, adjacency, draws: 9, seed: 1).values
    let moran = LocalMoran.of(rows.map { $0[0] }, adjacency, draws: 9, seed: 1).values
    #expect(zip(star, rows).allSatisfy { abs($0 - $1[1]) < 1e-13 } && rows.count == 120)
    #expect(zip(moran, rows).allSatisfy { abs($0 - $1[2]) < 1e-13 })
  }

  /// The same on 10,000 cells.
  @Test(.enabled(if: Shared.isThere, "skipped: ../shared is not there"))
  func asInTheReferences() throws {
    let counts = try Shared.doubles("peers/out/gi_counts.f64")
    let adjacency = Adjacency.queen(columns: 100, rows: 100)
    let star = try Shared.doubles("peers/out/gi_Zs.f64")
    let moran = try Shared.doubles("peers/out/lisa_Is.f64")
    let foundStar = GetisOrd.star(counts, adjacency, draws: 99, seed: 1).values
    let foundMoran = LocalMoran.of(counts, adjacency, draws: 99, seed: 1).values
    #expect(zip(foundStar, star).allSatisfy { abs($0 - $1) < 1e-13 } && star.count == 10_000)
    #expect(zip(foundMoran, moran).allSatisfy { abs($0 - $1) < 1e-13 * max(1, abs($1)) } && moran.count == 10_000)
  }

  private let values: [Double] = [3, 0, 1, 4, 9, 2, 0, 6, 5, 1, 0, 2]
  private let adjacency = Adjacency.queen(columns: 4, rows: 3)

  /// Every way of dealing the other values out, counted.
  @Test func pseudoValuesComeNearTheExactOnes() {
    let draws = 10_000
    let star = GetisOrd.star(values, adjacency, draws: draws, seed: 20)
    let moran = LocalMoran.of(values, adjacency, draws: draws, seed: 21)
    let mean = values.reduce(0, +) / Double(values.count)
    for place in values.indices {
      let others = values.indices.filter { $0 != place }.map { values[$0] }
      let sums = sumsOfSubsets(of: others, size: adjacency[place].count)
      let own = adjacency[place].reduce(0.0) { $0 + values[$1] }
      let above = Double(sums.count { $0 >= own }) / Double(sums.count)
      let below = Double(sums.count { $0 <= own }) / Double(sums.count)
      let error = 4.5 * 0.5 / Double(draws).squareRoot()
      #expect(abs(star.chanceAbove[place] - above) < error && abs(star.chanceBelow[place] - below) < error)
      #expect(abs(moran.chanceAbove[place] - (values[place] > mean ? above : below)) < error)
    }
  }

  private func sumsOfSubsets(of values: [Double], size: Int) -> [Double] {
    (0..<1 << values.count).filter { $0.nonzeroBitCount == size }.map { subset in
      values.indices.reduce(0) { $0 + (subset >> $1 & 1 == 1 ? values[$1] : 0) }
    }
  }

  @Test func aSeedIsAResult() async {
    let once = GetisOrd.star(values, adjacency, draws: 99, seed: 5)
    await withTaskGroup(of: LocalAssociation.self) { group in
      for _ in 0..<4 { group.addTask { GetisOrd.star(values, adjacency, draws: 99, seed: 5) } }
      for await other in group { #expect(other == once) }
    }
    #expect(GetisOrd.star(values, adjacency, draws: 99, seed: 6).chanceAbove != once.chanceAbove)
  }

  @Test func sameEverywhereIsNothing() {
    let flat = [Double](repeating: 2, count: 12)
    #expect(GetisOrd.star(flat, adjacency, draws: 99, seed: 1).values.allSatisfy { $0 == 0 })
    #expect(GetisOrd.star(flat, adjacency, draws: 99, seed: 1).chanceAbove.allSatisfy { $0 == 1 })
    #expect(LocalMoran.of(flat, adjacency, draws: 99, seed: 1).chanceAbove.allSatisfy { $0 == 1 })
  }

  @Test func aPlaceWithoutNeighboursAndOneWithAll() {
    let lists = Adjacency([[], [2, 3], [1], [1]])
    let star = GetisOrd.star([9, 5, 0, 0], lists, seed: 1)
    #expect(star.chanceAbove[0] == 1 && star.values[0] > 1)
    #expect(LocalMoran.of([9, 5, 0, 0], lists, seed: 1).values[0] == 0)
    let all = Adjacency([[1, 2], [0, 2], [0, 1]])
    #expect(GetisOrd.star([1, 2, 4], all, seed: 1).chanceAbove == [1, 1, 1])
  }

  /// R's p.adjust with "BH".
  @Test func falseDiscoveriesAsInR() {
    let found = FalseDiscovery.adjusted([0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 1])
    let wanted = [0.035, 0.056, 0.056, 0.035, 0.583333333333333, 0.056, 1]
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-14 } && FalseDiscovery.adjusted([]).isEmpty)
  }

  @Test func queensNeighbours() {
    #expect(Array(adjacency[0]) == [1, 4, 5])
    #expect(Array(adjacency[5]) == [0, 1, 2, 4, 6, 8, 9, 10])
  }
}
