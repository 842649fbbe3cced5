import Domain
import Testing

@Suite struct GridTests {
  let grid = Grid(origin: Coordinate(latitude: 29.36, longitude: 123.93))

  @Test func cellsBeginAtTheOriginAndRunNegativeBeforeIt() {
    #expect(grid.cell(for: grid.origin) == Grid.Cell(column: 0, row: 0))
    #expect(grid.cell(for: Coordinate(latitude: 29.35999, longitude: 123.92999)) == Grid.Cell(column: -1, row: -1))
  }

  @Test func aCellIs250MetresBothWays() {
    // One second of arc of latitude is 30.887 m on the sphere of this radius.
    let north = Coordinate(latitude: 29.36 + 2_400.0 / 111_194.9, longitude: 123.93)
    #expect(grid.cell(for: north) == Grid.Cell(column: 0, row: 9))
    let (_, y) = grid.metres(of: north)
    #expect(abs(y - 2_400) < 2)
    let east = Coordinate(latitude: 29.36, longitude: 124.03)
    let (x, _) = grid.metres(of: east)
    #expect(abs(x - grid.origin.distanceMetres(to: east)) < 0.5)
  }

  /// Areas are true wherever the square lies: a degree's square near the origin and one to its north.
  @Test func areasAreTrue() {
    for latitude in [29.36, 29.56, 31.0] {
      let south = grid.metres(of: Coordinate(latitude: latitude, longitude: 124))
      let north = grid.metres(of: Coordinate(latitude: latitude + 0.01, longitude: 124.01))
      let flat = (north.x - south.x) * (north.y - south.y)
      let middle = latitude + 0.005
      let width = Coordinate(latitude: middle, longitude: 124).distanceMetres(
        to: Coordinate(latitude: middle, longitude: 124.01))
      let height = Coordinate(latitude: latitude, longitude: 124).distanceMetres(
        to: Coordinate(latitude: latitude + 0.01, longitude: 124))
      #expect(abs(flat / (width * height) - 1) < 1e-6, "at \(latitude)")
    }
  }

  @Test func distancesAreThoseOfTheSphere() {
    // Norristown to Pottstown by the haversine formula, to the decimetre.
    let one = Coordinate(latitude: 40.1215, longitude: -75.3399)
    let other = Coordinate(latitude: 40.2454, longitude: -75.6496)
    #expect(abs(one.distanceMetres(to: other) - 29_698.3) < 3)
    #expect(one.distanceMetres(to: one) == 0)
    #expect(abs(one.distanceMetres(to: other) - other.distanceMetres(to: one)) < 1e-6)
  }

  @Test func impossibleCoordinatesAreNotValid() {
    #expect(!Coordinate(latitude: 91, longitude: 0).isValid)
    #expect(!Coordinate(latitude: 0, longitude: -180.1).isValid)
    #expect(!Coordinate(latitude: .nan, longitude: 0).isValid)
    #expect(Coordinate(latitude: -90, longitude: 180).isValid)
  }
}
