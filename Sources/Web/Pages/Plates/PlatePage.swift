import Domain
import Features
import HTTPTypes
import Hummingbird

/// What a phone shows when a plate was scanned: whom to call, and three ways to send a report. An ordinary form: it
/// needs no script.
struct PlatePage: Sendable {
  struct Call: Sendable {
    let number: String
    let name: String
    let url: String
  }

  struct Kind: Sendable {
    let value: String
    let text: String
    let isChosen: Bool
  }

  /// One way to send a report.
  struct Wish: Sendable {
    let code: String
    let title: String
    let lead: String
    let url: String
    let key: String
    let isOpen: Bool
    let kinds: [Kind]
    let text: String
    let contact: String
    let fault: PageProblem?
    /// In danger: call first.
    let urgentCall: Call?
  }

  let address: String
  /// To be shown to somebody who reads no English; nil where it is what ``address`` says.
  let localAddress: String?
  let number: String
  let bigCall: Call?
  let calls: [Call]
  let wishes: [Wish]
  let otherURL: String
  let findURL = PageURL.receipts.path
  let textMax = ReportLimits.fieldCharactersMax
  let contactMax = 40
  let photosHint: String
  let scripts = [PageAssets.link("plate.js"), PageAssets.link("photos.js")]
  let styleURL = PageAssets.link("resident.css")

  /// What was sent and refused.
  struct Refused: Sendable {
    let fields: PageForm
    let problem: PageProblem
  }

  /// The value of choosing none of the kinds that are offered.
  static let otherKind = "other"

  init(_ plate: Plate, token: String, refused: Refused? = nil, makeKey: () -> String, _ presenter: Presenter) {
    let (pack, words) = (presenter.pack, presenter.words)
    address = Self.address(plate, presenter)
    let local = Self.address(plate, Presenter(pack: pack, words: .of(.zh), now: presenter.now))
    localAddress = local == address ? nil : local
    number = String(plate.number)
    photosHint = words("photosHint", ["n": String(PhotoPress.photosMax)])
    let all = Self.calls(presenter)
    calls = Array(all.dropFirst())
    bigCall = all.first
    let use = pack.place(plate.place)?.use ?? ""
    let urgent = bigCall
    let keys = PlateRules.Wish.allCases.map { _ in makeKey() }
    wishes = zip(PlateRules.Wish.allCases, keys).map { wish, key in
      let filled = refused.flatMap { $0.fields["wish"] == wish.rawValue ? $0 : nil }
      let codes = pack.plates?.kinds(wish, use: use) ?? []
      return Wish(
        code: wish.rawValue, title: words["wish." + wish.rawValue], lead: words["wishLead." + wish.rawValue],
        url: PageURL.plate(token).path, key: key, isOpen: filled != nil,
        kinds: (codes.map { ($0, presenter.kind($0)) } + [(Self.otherKind, words["wishOther." + wish.rawValue])]).map {
          Kind(value: $0, text: $1, isChosen: filled?.fields["kind"] == $0)
        },
        text: filled?.fields.exact("text") ?? "", contact: filled?.fields["contact"] ?? "", fault: filled?.problem,
        urgentCall: wish == .help ? urgent : nil)
    }
    otherURL = PageURL.plate(token).link([("lang", presenter.language.other.rawValue)])
  }

  /// As exact as the plate knows it.
  static func address(_ plate: Plate, _ presenter: Presenter) -> String {
    guard let place = presenter.pack.place(plate.place) else { return plate.place }
    let parts = [presenter.division(place.division), place.names(presenter.language), plate.unit]
    return presenter.language == .zh
      ? presenter.pack.names.zh + parts.joined()
      : parts.reversed().filter { !$0.isEmpty }.joined(separator: ", ") + ", " + presenter.pack.names.en
  }

  static func calls(_ presenter: Presenter) -> [Call] {
    presenter.pack.plates?.calls.map {
      Call(number: $0.number, name: $0.names(presenter.language), url: "tel:" + $0.number)
    } ?? []
  }
}

extension PlatePage {
  static let routes: [PageRoute] = [
    .get(.plate("{token}"), .open) { call in try await residents(call) { try await show(call) } },
    // The code says it all in capitals: so it is smaller.
    .get(.scanned("{token}"), .open) { call in try await residents(call) { try await show(call) } },
    .post(.plate("{token}"), .open) { call in try await residents(call) { try await receive(call) } },
  ]

  private static func token(_ call: PageCall) -> String { call.parameters.get("token") ?? "" }

  private static func show(_ call: PageCall, refused: Refused? = nil) async throws -> Response {
    let token = token(call)
    let plate = try await Plates(call.site).plate(scanned: token)
    let page = PlatePage(plate, token: token, refused: refused, makeKey: call.site.makeID, call.presenter)
    let status = refused.map { HTTPResponse.Status(code: $0.problem.kind.status) } ?? .ok
    return call.page("plate", title: page.address, status: status, page)
  }

  private static func receive(_ call: PageCall) async throws -> Response {
    // Before anything large is read.
    _ = try await Plates(call.site).plate(scanned: token(call))
    let fields = try await call.parts.uploads.form(call.request)
    do {
      let code = try await ReceivePlateReport(call.site, press: call.parts.press)(
        try filled(fields), token: token(call), nonce: fields["key"] ?? "", body: fields.bytes,
        from: call.remoteAddress ?? "")
      return call.redirect(PageURL.receipt(code.text).link([("done", "sent")]))
    } catch {
      let problem = PageProblem(error, call.words)
      let isOfThePlate = [ProblemKind.plateNotOurs, .plateRevoked, .internal, .unavailable].contains(problem.kind)
      guard !isOfThePlate, fields["wish"].flatMap(PlateRules.Wish.init(rawValue:)) != nil else { throw error }
      return try await show(call, refused: Refused(fields: fields, problem: problem))
    }
  }

  private static func filled(_ fields: PageForm) throws -> ReceivePlateReport.Filled {
    let kind = fields["kind"]
    let numbers = ["latitude", "longitude", "accuracy"].map { fields[$0].flatMap(Double.init) }
    var position: Coordinate?
    if let latitude = numbers[0], let longitude = numbers[1] {
      position = Coordinate(latitude: latitude, longitude: longitude)
    }
    let accuracy = numbers[2].flatMap { $0.isFinite ? $0 : nil }
    return .init(kind: kind == otherKind ? nil : kind, text: fields["text"] ?? "", contact: fields["contact"],
                 position: position, accuracyMetres: accuracy,
                 photos: fields.files.filter { $0.name == "photo" }.map(\.bytes))
  }

  /// Whatever is wrong is told to a resident as such, and never without the number to call.
  static func residents(_ call: PageCall, _ answer: () async throws -> Response) async throws -> Response {
    do { return try await answer() } catch {
      let problem = PageProblem(error, call.words)
      // What is ours to mend is logged where all problems are.
      guard problem.kind != .internal else { throw error }
      let page = ResidentProblem(problem, call)
      return call.page("residentproblem", title: problem.title, status: .init(code: problem.kind.status), page)
    }
  }
}

/// What went wrong with a plate or a receipt.
struct ResidentProblem: Sendable {
  let problem: PageProblem
  /// What it may mean and what to do.
  let advice: String?
  let bigCall: PlatePage.Call?
  let calls: [PlatePage.Call]
  let otherURL: String?
  let findURL = PageURL.receipts.path
  let styleURL = PageAssets.link("resident.css")

  init(_ problem: PageProblem, _ call: PageCall) {
    self.problem = problem
    advice = call.words.texts["advice." + problem.kind.rawValue]
    let all = PlatePage.calls(call.presenter)
    calls = Array(all.dropFirst())
    bigCall = all.first
    // What a post was answered with cannot be asked for again.
    otherURL = call.request.method == .post ? nil : call.link(in: call.language.other)
  }
}
