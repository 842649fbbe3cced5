import Hummingbird

/// Our own style and script, kept in the program.
enum PageAssets {
  private static let all: [String: FixedFile] = [
    "headwater.css": FixedFile("text/css; charset=utf-8", PackageResources.headwater_css),
    "edition.css": FixedFile("text/css; charset=utf-8", PackageResources.edition_css),
    "editions.js": FixedFile("text/javascript; charset=utf-8", PackageResources.editions_js),
    "resident.css": FixedFile("text/css; charset=utf-8", PackageResources.resident_css),
    "field.css": FixedFile("text/css; charset=utf-8", PackageResources.field_css),
    "icon.svg": FixedFile("image/svg+xml", PackageResources.icon_svg),
    "field.js": FixedFile("text/javascript; charset=utf-8", PackageResources.field_js),
    "queue.js": FixedFile("text/javascript; charset=utf-8", PackageResources.queue_js),
    "worker.js": FixedFile("text/javascript; charset=utf-8", PackageResources.worker_js),
    "photos.js": FixedFile("text/javascript; charset=utf-8", PackageResources.photos_js),
    "scan.js": FixedFile("text/javascript; charset=utf-8", PackageResources.scan_js),
    "plate.js": FixedFile("text/javascript; charset=utf-8", PackageResources.plate_js),
    "desk.js": FixedFile("text/javascript; charset=utf-8", PackageResources.desk_js),
    "board.css": FixedFile("text/css; charset=utf-8", PackageResources.board_css),
    "board.js": FixedFile("text/javascript; charset=utf-8", PackageResources.board_js),
    "place.js": FixedFile("text/javascript; charset=utf-8", PackageResources.place_js),
    "map.js": FixedFile("text/javascript; charset=utf-8", PackageResources.map_js),
    "wall.css": FixedFile("text/css; charset=utf-8", PackageResources.wall_css),
    "wall.js": FixedFile("text/javascript; charset=utf-8", PackageResources.wall_js),
    "live.js": FixedFile("text/javascript; charset=utf-8", PackageResources.live_js),
  ]

  static func link(_ name: String) -> String {
    PageURL.asset(name).link([("v", all[name]?.version)])
  }

  /// - Throws: ``ProblemKind/unknownAddress``.
  static func response(_ name: String, _ call: PageCall) throws -> Response {
    guard let asset = all[name] else { throw Problem(.unknownAddress) }
    return asset.response(call)
  }
}
