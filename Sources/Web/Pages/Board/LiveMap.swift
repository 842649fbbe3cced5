import Domain
import Features

/// What the browser's map is told: where its layers, cases and squads are to be had, and the words on it.
struct LiveMap: Sendable {
  let library: String
  let style: String
  let script: String
  let layers: String
  /// The city's base map as a JSON object.
  let base: String?
  let pointsURL: String?
  let squadsURL: String?
  /// `west,south,east,north`
  let bounds: String
  let language: String
  /// The texts that the script shows, as a JSON object.
  let texts: String

  private static let textKeys = [
    "mapZoomIn", "mapZoomOut", "mapTitle", "mapCases", "mapMore", "mapOpenCase", "squadDoing.off-shift",
    "squadDoing.free", "squadDoing.called", "squadDoing.underway", "squadDoing.on-site", "vehiclesFit",
  ]

  /// - Parameter query: of the board; nil for a map to point at.
  init?(_ query: BoardQuery?, _ layers: MapLayers, _ assets: LibraryAssets, _ presenter: Presenter) {
    guard let library = assets.link(.mapScript), let style = assets.link(.mapStyle) else { return nil }
    self.library = library
    self.style = style
    script = PageAssets.link("map.js")
    self.layers = JSON.text(layers.links)
    base = presenter.pack.baseMap.map { map in
      JSON.text(Base(tiles: map.tiles, source: map.source(presenter.language), zoomMax: map.zoomMax))
    }
    pointsURL = query.map { $0.link(.boardPoints) }
    squadsURL = query.map { _ in PageURL.boardSquads.path }
    let area = query?.division.flatMap { presenter.pack.division($0) }
    bounds = area.map { MapLayers.bounds($0.polygons.flatMap(\.outer)) } ?? layers.bounds
    language = presenter.language.rawValue
    texts = JSON.text(Dictionary(uniqueKeysWithValues: Self.textKeys.map { ($0, presenter.words[$0]) }))
  }

  /// `{"labels": [...], "cases": [[id, longitude, latitude, due or 0, label, fresh, danger] ...]}`: thousands of them, so
  /// they are written without names, and what stands on them once for all that have it in common.
  static func points(_ points: [ListCases.Point], _ presenter: Presenter) -> String {
    var labels: [String] = []
    var numbers: [String: Int] = [:]
    var text = ""
    for case let point in points where !point.phase.isEnded {
      let label = presenter.kind(point.kind) + " · " + presenter.words[point.phase]
      let number = numbers[label] ?? labels.count
      if number == labels.count {
        numbers[label] = number
        labels.append(label)
      }
      if !text.isEmpty { text += "," }
      text += "[\"\(point.id)\",\(point.point.longitude),\(point.point.latitude),\(point.dueAt?.milliseconds ?? 0),"
      text += "\(number),\(BoardPlace.isFresh(point.phase) ? 1 : 0),\(point.isDangerous ? 1 : 0)]"
    }
    return "{\"labels\":\(JSON.text(labels)),\"cases\":[\(text)]}"
  }

  private struct Base: Encodable {
    let tiles: String
    let source: String
    let zoomMax: Int
  }

  struct SquadView: Encodable, Sendable {
    let code: String
    let name: String
    let doing: String
    let vehicles: Int
    let base: [Double]
    let goal: [Double]?
    let caseURL: String?
  }

  static func squads(_ squads: [SquadsAtWork.Squad], _ presenter: Presenter) -> String {
    JSON.text(squads.map { squad in
      SquadView(code: squad.plan.code, name: presenter.squad(squad.plan.code), doing: squad.doing.rawValue,
                vehicles: squad.vehicles, base: [squad.plan.base.longitude, squad.plan.base.latitude],
                goal: squad.point.map { [$0.longitude, $0.latitude] },
                caseURL: squad.caseInHand.map { PageURL.oneCase($0).path })
    })
  }
}
