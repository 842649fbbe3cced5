import RealModule
import Statistics
import Testing

@Suite struct DensityTests {
  private let grid = Grid(columns: 37, rows: 29, cell: 40, west: -120, south: 300)

  /// Some inside, some outside, some on edges and centres of cells.
  private func points(_ count: Int, seed: UInt64 = 7) -> (x: [Double], y: [Double]) {
    var random = StreamRandom(seed: seed, stream: 0)
    var x = (0..<count).map { _ in -700 + 2_900 * random.unit() }
    var y = (0..<count).map { _ in -300 + 2_500 * random.unit() }
    x += [-120, -100, 400, 1_360]
    y += [300, 320, 320, 1_460]
    return (x, y)
  }

  private func direct(
    _ points: (x: [Double], y: [Double]), on grid: Grid, _ kernel: (Double) -> Double
  ) -> [Double] {
    (0..<grid.count).map { cell in
      let (x, y) = grid.centre(of: cell)
      return zip(points.x, points.y).reduce(0.0) { sum, point in
        sum + kernel((point.0 - x) * (point.0 - x) + (point.1 - y) * (point.1 - y))
      }
    }
  }

  @Test(arguments: [25.0, 100, 300, 333.3, 1_000])
  func quarticIsTheSumOverAllPoints(radius: Double) {
    let points = points(800)
    let found = Density.of(x: points.x, y: points.y, on: grid, kernel: .quartic(radius: radius))
    let wanted = direct(points, on: grid) { square in
      let left = 1 - square / (radius * radius)
      return left > 0 ? 3 / (Double.pi * radius * radius) * left * left : 0
    }
    let peak = wanted.max() ?? 0
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= 1e-13 * peak })
  }

  /// Also where the kernel is narrower than a cell or the lattice has to be finer, and in empty corners.
  @Test(arguments: [4.0, 25, 45, 77, 150, 300])
  func gaussianIsTheSumOverAllPoints(deviation: Double) {
    let points = points(200)
    let found = Density.of(x: points.x, y: points.y, on: grid, kernel: .gaussian(deviation: deviation))
    let square = deviation * deviation
    let wanted = direct(points, on: grid) { .exp(-$0 / (2 * square)) / (2 * Double.pi * square) }
    let peak = wanted.max() ?? 0
    #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= 1e-11 * $1 + 1e-17 * peak })
  }

  @Test func nothingFromNothing() {
    #expect(Density.of(x: [], y: [], on: grid, kernel: .quartic(radius: 300)).allSatisfy { $0 == 0 })
    #expect(Density.of(x: [1e7], y: [0], on: grid, kernel: .gaussian(deviation: 300)).allSatisfy { $0 == 0 })
  }

  /// Points as dense as possible and everywhere within the grid: what its edges take away, the correction gives back.
  @Test(arguments: [Density.Kernel.quartic(radius: 200), .gaussian(deviation: 90)])
  func anEvenDensityIsEvenUpToTheEdgesWhenCorrected(kernel: Density.Kernel) {
    let grid = Grid(columns: 12, rows: 9, cell: 50)
    let pitch = 2.5
    let x = (0..<240).flatMap { column in (0..<180).map { _ in (Double(column) + 0.5) * pitch } }
    let y = (0..<240).flatMap { _ in (0..<180).map { (Double($0) + 0.5) * pitch } }
    let plain = Density.of(x: x, y: y, on: grid, kernel: kernel)
    let corrected = Density.of(x: x, y: y, on: grid, kernel: kernel, edge: .grid)
    let even = 1 / (pitch * pitch)
    #expect(plain[0] < 0.5 * even)
    #expect(corrected.allSatisfy { abs($0 - even) < 2e-4 * even })
  }

  /// Even over a triangle only, and told so.
  @Test(arguments: [Density.Kernel.quartic(radius: 200), .gaussian(deviation: 90)])
  func anEvenDensityIsEvenWithinAnArea(kernel: Density.Kernel) {
    let grid = Grid(columns: 24, rows: 20, cell: 25)
    let isInside = (0..<grid.count).map { $0 % 24 + $0 / 24 < 22 }
    let pitch = 5.0
    let all = (0..<120).flatMap { column in
      (0..<100).map { (x: (Double(column) + 0.5) * pitch, y: (Double($0) + 0.5) * pitch) }
    }
    let points = all.filter { point in grid.index(x: point.x, y: point.y).map { isInside[$0] } ?? false }
    let found = Density.of(
      x: points.map(\.x), y: points.map(\.y), on: grid, kernel: kernel, edge: .area(isInside))
    let even = 1 / (pitch * pitch)
    for (value, inside) in zip(found, isInside) {
      #expect(inside ? abs(value - even) < 0.02 * even : value == 0)
    }
  }

  @Test func aCellOwnsItsSouthWest() {
    #expect(grid.index(x: -120, y: 300) == 0)
    #expect(grid.index(x: -80, y: 300) == 1)
    #expect(grid.index(x: -120, y: 340) == 37)
    #expect(grid.index(x: 1_360, y: 400) == nil && grid.index(x: -120.1, y: 400) == nil)
    #expect(grid.counts(x: [-119, -81, 5_000], y: [301, 339, 0])[0] == 2)
  }
}
