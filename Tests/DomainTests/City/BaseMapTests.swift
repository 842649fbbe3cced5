import Domain
import Testing

@Suite struct BaseMapTests {
  private func map(_ tiles: String, zoomMax: Int = 18) -> BaseMap? {
    BaseMap(tiles: tiles, source: Texts(zh: "测绘院", en: "Survey"), zoomMax: zoomMax)
  }

  @Test(arguments: [
    ("https://tiles.example/a/{z}/{x}/{y}.png?style=plain", "https://tiles.example"),
    ("https://tiles.example:8443/{z}-{y}-{x}", "https://tiles.example:8443"),
    ("http://127.0.0.1:9000/{z}/{x}/{y}.png", "http://127.0.0.1:9000"),
  ])
  func itsServerIsTheOneThatMayBeAsked(_ tiles: String, _ origin: String) {
    #expect(map(tiles)?.origin == origin)
  }

  @Test(arguments: [
    "", "tiles", "/{z}/{x}/{y}.png", "http://tiles.example/{z}/{x}/{y}.png", "https:///{z}/{x}/{y}.png",
    "https://tiles.example/{z}/{x}.png", "https://tiles.example/{z}/{x}/{y}/{y}.png", "https://{s}.example/{z}/{x}/{y}",
    "https://a.example; script-src */{z}/{x}/{y}.png", "https://a.example https://b.example/{z}/{x}/{y}",
    "javascript://a.example/{z}/{x}/{y}", "https://我.example/{z}/{x}/{y}", "http://localhost.example/{z}/{x}/{y}",
  ])
  func whatIsNoServerOfTilesIsRefused(_ tiles: String) {
    #expect(map(tiles) == nil)
  }

  @Test func zoomsAreThoseOfTiles() {
    for zoom in [0, -1, 23] { #expect(map("https://tiles.example/{z}/{x}/{y}", zoomMax: zoom) == nil) }
  }
}
