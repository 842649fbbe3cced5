import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// One occurrence of a ``ProblemKind``, thrown to end a request; answered as problem details (RFC 9457) in both
/// languages. It never repeats what the caller sent, except names of fields that we know.
struct Problem: Error {
  let kind: ProblemKind
  /// What exactly, beyond the title.
  let detail: Texts?
  /// The field, parameter or header that it is about.
  let field: String?
  /// For ``ProblemKind/methodNotAllowed``.
  let allowedMethods: [String]
  let retryAfterSeconds: Int?

  init(_ kind: ProblemKind, field: String? = nil, detail: Texts? = nil, allowedMethods: [String] = [],
       retryAfterSeconds: Int? = nil) {
    self.kind = kind
    self.detail = detail
    self.field = field
    self.allowedMethods = allowedMethods
    self.retryAfterSeconds = retryAfterSeconds ?? (kind.status == 503 ? 2 : nil)
  }
}

extension Problem {
  private struct Document: Encodable {
    let type: String
    let status: Int
    let title: String
    let detail: String?
    let titles: Texts
    let details: Texts?
    let field: String?
  }

  static let mediaType = "application/problem+json"

  func response(_ language: Language) -> Response {
    let document = Document(
      type: kind.type, status: kind.status, title: kind.title(language), detail: detail?(language),
      titles: kind.title, details: detail, field: field)
    var headers: HTTPFields = [
      .contentType: Self.mediaType, .contentLanguage: language.tag, .cacheControl: "no-store",
    ]
    if !allowedMethods.isEmpty { headers[.allow] = allowedMethods.joined(separator: ", ") }
    if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
    if kind == .notSignedIn { headers[.wwwAuthenticate] = "Bearer" }
    // Strings and numbers always encode.
    let body = (try? JSON.encoder.encode(document)).map { ByteBuffer(data: $0) } ?? ByteBuffer()
    return Response(status: .init(code: kind.status), headers: headers, body: .init(byteBuffer: body))
  }

  static let schema = Schema.object(
    [
      .required("type", .string(example: "urn:headwater:problem:unknown-kind")), .required("status", .integer()),
      .required("title", .string()), .optional("detail", .string()),
      .required("titles", .texts), .optional("details", .texts), .optional("field", .string()),
    ])
}
