import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// One request for a page.
struct PageCall: Sendable {
  let request: Request
  let caller: Caller?
  let language: Language
  let query: Query
  let remoteAddress: String?
  let parameters: Parameters
  let parts: WebParts
  /// Closes the connection at once.
  var cut: @Sendable () -> Void = {}

  var site: Installation { parts.site }
  var words: Words { Words.of(language) }
  var presenter: Presenter { Presenter(pack: site.pack, words: words, now: site.now()) }

  /// - Throws: ``ProblemKind/notSignedIn``.
  var signedIn: Caller {
    get throws {
      guard let caller else { throw Problem(.notSignedIn) }
      return caller
    }
  }

  var actor: Actor { get throws { try signedIn.actor } }

  /// - Throws: ``ProblemKind/unknownCase``.
  func identifier(_ name: String) throws -> String {
    guard let text = parameters.get(name), Call.isIdentifier(text) else { throw Problem(.unknownCase) }
    return text
  }

  /// The fields of a posted form.
  func form() async throws -> PageForm {
    try await PageForm(request: request, bytesMax: parts.settings.bodyBytesMax)
  }

  /// A key under which the same form, sent twice, is done once.
  func requestKey(_ form: PageForm) throws -> RequestKey? {
    guard let key = form["key"], Call.isIdentifier(key) else { return nil }
    return RequestKey(scope: "\(try actor.id) POST \(request.uri.path)", key: key, body: form.bytes)
  }

  /// This page in a language; what a post answered leads back to where it came from by the start page.
  func link(in language: Language) -> String {
    let isSafe = request.method == .get || request.method == .head
    let path = isSafe ? request.uri.path : PageURL.start.path
    let kept = isSafe ? query.items.filter { $0.name != "lang" } : []
    let items = kept.map { "\($0.name)=\($0.value.percentEncoded)" } + ["lang=\(language.rawValue)"]
    return path + "?" + items.joined(separator: "&")
  }

  /// Shows a page.
  /// - Parameter title: of the window; the city's name follows it.
  func page(_ template: String, title: String, here: PageURL? = nil, status: HTTPResponse.Status = .ok,
            _ model: some Sendable) -> Response {
    let frame = Frame(self, title: title, here: here)
    let response = PageTemplates.response(template, PageContext(frame: frame, t: words.texts, page: model))
    return packed(Array(response.text.utf8), response.headers, status)
  }

  /// Data for a script of ours.
  func json(_ text: String) -> Response {
    packed(Array(text.utf8), [.contentType: "application/json", .cacheControl: "no-store"], .ok)
  }

  /// Compressed where the browser reads that and it is worth it.
  private func packed(_ bytes: [UInt8], _ headers: HTTPFields, _ status: HTTPResponse.Status) -> Response {
    var headers = headers
    headers[.vary] = "Accept-Encoding"
    guard bytes.count > 1_000, Gzip.isAccepted(request.headers[.acceptEncoding]) else {
      return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
    headers[.contentEncoding] = "gzip"
    let body = ByteBuffer(bytes: Gzip.pack(bytes, level: 4))
    return Response(status: status, headers: headers, body: .init(byteBuffer: body))
  }

  func redirect(_ url: String) -> Response {
    Response(status: .seeOther, headers: [.location: url, .cacheControl: "no-store"])
  }
}

/// What a template sees: the frame, the texts of the language, the page's own model.
struct PageContext: Sendable {
  let frame: Frame
  let t: [String: String]
  let page: any Sendable
}
