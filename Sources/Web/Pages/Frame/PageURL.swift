/// Every address of the pages: what registers the routes also builds the links.
enum PageURL: Sendable, Hashable {
  case start
  case signIn
  case signOut
  case board
  /// Rows of the board: the next of the list, or certain cases as they are now.
  case boardPart
  /// The drawn map of the board, where the browser cannot draw one.
  case boardMap
  /// The cases of the board as dots.
  case boardPoints
  /// The week of a squad.
  case rosters
  case rosterWithdrawals
  case rosterCopies
  /// What the squads are doing.
  case boardSquads
  /// The forms of a case's next steps.
  case caseForms(String)
  /// A layer of the district's map as GeoJSON.
  case mapLayer(String)
  /// The district drawn; the version makes it cacheable for ever.
  case map(version: String)
  case newReport
  /// What the rules make of the form so far.
  case reportPreview
  /// Places by name, for the field of the desk.
  case places
  case oneCase(String)
  /// A step on a case, by its noun.
  case step(String, noun: String)
  case words(String)
  /// What somebody in the field has to do.
  case field
  /// The part of it that moves.
  case fieldPart
  /// A step taken there.
  case fieldStep(String, noun: String)
  /// What makes it an app of the phone, and keeps it when there is no network.
  case fieldManifest, fieldWorker
  /// The record of a mediation, to be printed.
  case mediation(String)
  case rates
  case rateCases(String)
  /// The rates through time.
  case oversight
  /// Bodies side by side.
  case comparison
  /// Deadlines about to be missed.
  case deadlines
  /// The ladder of notices.
  case ladder
  case bulletins
  case bulletin(String)
  case bulletinPDF(String)
  /// Editions of the safety index.
  case editions
  /// How the one that is being made gets on.
  case editionMaking
  case edition(String)
  case editionPDF(String)
  case editionArchive(String)
  case editionFile(String, name: String)
  /// Scenarios that were decided about; one of them, a decision by its noun, and what was written of one.
  case scenarios
  case scenario(String)
  case scenarioAct(String, noun: String)
  case scenarioWords(String)
  /// The register of numbered documents.
  case documents
  /// The one that went out with an event of a case.
  case document(String, version: String)
  /// For a control room.
  case wall
  case wallPart
  case wallFeed
  case wallMap(version: String)
  case wallKey
  case people
  case person(String)
  /// Something done to an account, by its noun.
  case personAct(String, noun: String)
  case roles
  case inboxes
  case installation
  case about
  /// What a plate leads to.
  case plate(String)
  /// The same, as it stands in the code.
  case scanned(String)
  /// Where the camera reads a plate.
  case scan
  /// Where the code of a receipt is typed in.
  case receipts
  case receipt(String)
  /// What its reporter may do.
  case receiptStep(String, noun: String)
  case asset(String)
  /// A file of another's library.
  case library(String)

  var path: String {
    switch self {
    case .start: "/"
    case .signIn: "/sign-in"
    case .signOut: "/sign-out"
    case .board: "/board"
    case .boardPart: "/board/part"
    case .boardMap: "/board/map"
    case .boardPoints: "/board/points"
    case .rosters: "/rosters"
    case .rosterWithdrawals: "/rosters/withdrawals"
    case .rosterCopies: "/rosters/copies"
    case .boardSquads: "/board/squads"
    case .caseForms(let id): "/cases/\(id)/forms"
    case .mapLayer(let name): "/map/layers/\(name)"
    case .map(let version): "/map/\(version)"
    case .newReport: "/reports/new"
    case .reportPreview: "/reports/new/preview"
    case .places: "/places"
    case .oneCase(let id): "/cases/\(id)"
    case .step(let id, let noun): "/cases/\(id)/\(noun)"
    case .words(let id): "/cases/\(id)/words"
    case .field: "/field"
    case .fieldPart: "/field/part"
    case .fieldStep(let id, let noun): "/field/cases/\(id)/\(noun)"
    case .fieldManifest: "/field/manifest.webmanifest"
    case .fieldWorker: "/field/worker.js"
    case .mediation(let id): "/cases/\(id)/mediation"
    case .rates: "/rates"
    case .rateCases(let rate): "/rates/\(rate)"
    case .oversight: "/oversight"
    case .comparison: "/oversight/comparison"
    case .deadlines: "/oversight/deadlines"
    case .ladder: "/oversight/notices"
    case .bulletins: "/bulletins"
    case .bulletin(let period): "/bulletins/\(period)"
    case .bulletinPDF(let period): "/bulletins/\(period)/pdf"
    case .editions: "/index"
    case .editionMaking: "/index/making"
    case .edition(let number): "/index/\(number)"
    case .editionPDF(let number): "/index/\(number)/pdf"
    case .editionArchive(let number): "/index/\(number)/files.zip"
    case .editionFile(let number, let name): "/index/\(number)/files/\(name)"
    case .scenarios: "/scenarios"
    case .scenario(let id): "/scenarios/\(id)"
    case .scenarioAct(let id, let noun): "/scenarios/\(id)/\(noun)"
    case .scenarioWords(let id): "/scenarios/\(id)/words"
    case .documents: "/documents"
    case .document(let id, let version): "/documents/\(id)/\(version)"
    case .wall: "/wall"
    case .wallPart: "/wall/part"
    case .wallFeed: "/wall/feed"
    case .wallMap(let version): "/wall/map/\(version)"
    case .wallKey: "/wall/key"
    case .people: "/administration/people"
    case .person(let id): "/administration/people/\(id)"
    case .personAct(let id, let noun): "/administration/people/\(id)/\(noun)"
    case .roles: "/administration/roles"
    case .inboxes: "/administration/inboxes"
    case .installation: "/administration/installation"
    case .about: "/about"
    case .plate(let token): "/p/\(token)"
    case .scanned(let token): "/P/\(token)"
    case .scan: "/scan"
    case .receipts: "/r"
    case .receipt(let code): "/r/\(code)"
    case .receiptStep(let code, let noun): "/r/\(code)/\(noun)"
    case .asset(let name): "/assets/headwater/\(name)"
    case .library(let name): "/assets/library/\(name)"
    }
  }

  /// With a query; values that are nil or empty are left out.
  func link(_ items: [(String, String?)] = []) -> String {
    let given = items.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : "\(name)=\($0.percentEncoded)" }
    }
    return given.isEmpty ? path : path + "?" + given.joined(separator: "&")
  }
}
