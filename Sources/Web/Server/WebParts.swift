import Features

/// What the endpoints and pages of one server share.
struct WebParts: Sendable {
  let site: Installation
  let settings: WebSettings
  let gate: Gate
  let hub: FeedHub
  let meter: Meter
  let library: LibraryAssets
  let mapLayers: MapLayers
  let places: FindPlaces
  let press = PhotoPress()
  let uploads = UploadGate()
}
