/// Reads a plate with the phone's camera: for whoever has no app that does, and for squads at a door.
struct ScanPage: Sendable {
  let otherURL: String
  let findURL = PageURL.receipts.path
  let plateURL = PageURL.plate("").path
  let scripts: [String]
  /// The library that reads codes is there.
  let canScan: Bool
  let styleURL = PageAssets.link("resident.css")

  static let route = PageRoute.get(.scan, .open) { call in
    call.page("scan", title: call.words["scanTitle"], here: .scan, ScanPage(call))
  }

  private init(_ call: PageCall) {
    otherURL = PageURL.scan.link([("lang", call.language.other.rawValue)])
    let library = call.parts.library.link(.scanner)
    scripts = library.map { [$0, PageAssets.link("scan.js")] } ?? []
    canScan = library != nil
  }
}
