import Domain
import Features
import HTTPTypes
import Hummingbird

/// A report taken down at the desk.
struct ReportForm: Sendable {
  let url: String
  let key: String
  let choices: [Choice]
  let text: String
  let point: String
  let address: String
  let name: String
  let contact: String
  let problem: PageProblem?
  /// The case of the report that was taken in just before this one.
  let taken: String?
  let previewURL = PageURL.reportPreview.path
  let placesURL = PageURL.places.path
  let scriptURL = PageAssets.link("desk.js")
  let placeScriptURL = PageAssets.link("place.js")
  let styleURL = PageAssets.link("board.css")
  /// A map to point at; nil where the browser's library is absent.
  let live: LiveMap?
  let textMax = ReportLimits.textCharactersMax
  let fieldMax = ReportLimits.fieldCharactersMax

  /// More places than this are found by name, not in a list.
  private static let listedMax = 2_000

  init(filled: PageForm? = nil, problem: PageProblem? = nil, taken: String? = nil, _ call: PageCall) {
    let presenter = call.presenter
    let words = presenter.words
    live = LiveMap(nil, call.parts.mapLayers, call.parts.library, presenter)
    url = PageURL.newReport.path
    key = call.site.makeID()
    choices = [
      Choice("door", words["door"], none: nil, Choices.doors(presenter), filled?["door"] ?? "110"),
      Choice("kind", words["kind"], none: words["kindByWords"], groups: Choices.kindGroups(presenter), filled?["kind"]),
      Choice("place", words["place"], none: words["placeUnknown"], groups: Self.places(filled?["place"], presenter),
             filled?["place"]),
      Choice("division", words["division"], none: words["byPlaceOrPoint"], Choices.divisions(presenter),
             filled?["division"]),
    ]
    text = filled?.exact("text") ?? ""
    point = filled?["point"] ?? ""
    address = filled?["address"] ?? ""
    name = filled?["name"] ?? ""
    contact = filled?["contact"] ?? ""
    self.problem = problem
    self.taken = taken.map { PageURL.oneCase($0).path }
  }

  private static func places(_ chosen: String?, _ presenter: Presenter) -> [Choice.Group] {
    if presenter.pack.places.count <= listedMax { return Choices.placeGroups(presenter) }
    let options = chosen.flatMap { presenter.pack.place($0) }.map {
      Choice.Option(value: $0.code, text: $0.names(presenter.language))
    }
    return [Choice.Group(heading: nil, options: options.map { [$0] } ?? [])]
  }

  static func isFor(_ caller: Caller) -> Bool {
    caller.may(.reportsWrite) && Transitions.of(.opened).by.contains(caller.actor.role)
  }

  static let routes: [PageRoute] = PlaceSearch.routes + [
    .get(.newReport, .scope(.reportsWrite)) { call in
      let taken = call.query["taken"].flatMap { Call.isIdentifier($0) ? $0 : nil }
      return show(call, ReportForm(taken: taken, call))
    },
    .post(.newReport, .scope(.reportsWrite)) { call in try await receive(call) },
    .post(.reportPreview, .scope(.reportsWrite)) { call in try await ReportPreview.response(call) },
  ]

  private static func show(_ call: PageCall, _ form: ReportForm, status: HTTPResponse.Status = .ok) -> Response {
    call.page("report", title: call.words["navReport"], here: .newReport, status: status, form)
  }

  private static func receive(_ call: PageCall) async throws -> Response {
    let fields = try await call.form()
    do {
      let receipt = try await ReceiveReport(call.site)(
        report(fields), by: call.actor, key: call.requestKey(fields))
      if fields["next"] != nil { return call.redirect(PageURL.newReport.link([("taken", receipt.case)])) }
      return call.redirect(PageURL.oneCase(receipt.case).link([("done", "received")]))
    } catch {
      let problem = PageProblem(error, call.words)
      guard problem.kind != .internal else { throw error }
      return show(call, ReportForm(filled: fields, problem: problem, call),
                  status: .init(code: problem.kind.status))
    }
  }

  /// - Throws: ``ProblemKind/fieldMissing``, ``ProblemKind/coordinateImpossible``.
  static func report(_ fields: PageForm) throws -> IncomingReport {
    IncomingReport(
      door: try fields.needed("door"), kind: fields["kind"], text: fields["text"] ?? "",
      reporterName: fields["name"], reporterContact: fields["contact"], address: fields["address"],
      coordinate: try fields["point"].map(coordinate), place: fields["place"], division: fields["division"])
  }

  /// `29.41, 124.01`: latitude before longitude, WGS-84.
  static func coordinate(_ text: String) throws -> Coordinate {
    let numbers = text.split { ",, ;\t".contains($0) }.map { Double($0) }
    guard numbers.count == 2, let latitude = numbers[0], let longitude = numbers[1] else {
      throw Problem(.coordinateImpossible, field: "point")
    }
    return Coordinate(latitude: latitude, longitude: longitude)
  }
}
