import Domain
import Features
import Hummingbird

/// What people said, in the vault: each look is an event of its own, and an entry can be erased.
enum WordsEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [look(parts), looks(parts), erase(parts)] }

  private static let path = "/api/v1/cases/{id}/words/{reference}"

  private static func look(_ parts: WebParts) -> Endpoint {
    let look = LookIntoVault(parts.site)
    return Endpoint(
      .get, path, "readWords", zh: "查看原话或附言;每次查看均有留痕", en: "What was said; every look is journalled",
      access: .scope(.vaultRead),
      parameters: [
        .query("purpose", .words(LookIntoVault.Purpose.self), "查看目的", "Why one looks", isRequired: true)
      ],
      answer: .json(WordsView.schema), problems: [.unknownCase, .unknownWords, .lookNotAllowed, .wordsErased]
    ) { call in
      let reference = try call.identifier("reference", orElse: .unknownWords)
      guard let purpose = try call.query.word("purpose", LookIntoVault.Purpose.self) else {
        throw call.query.invalid("purpose")
      }
      let words = try await look(
        reference: reference, case: call.identifier("id"), purpose: purpose.rawValue, by: call.signedIn)
      return try JSON.response(WordsView(words))
    }
  }

  private static func looks(_ parts: WebParts) -> Endpoint {
    let look = LookIntoVault(parts.site)
    return Endpoint(
      .get, path + "/looks", "listLooks", zh: "谁在何时为何查看过", en: "Who has looked, when and why",
      access: .scope(.casesRead), answer: .json(.object([.required("looks", .list(LookView.schema))])),
      problems: [.unknownCase, .unknownWords]
    ) { call in
      let reference = try call.identifier("reference", orElse: .unknownWords)
      let looks = try await look.looks(reference: reference, case: call.identifier("id"), for: call.actor)
      return try JSON.response(["looks": looks.map(LookView.init)])
    }
  }

  private static func erase(_ parts: WebParts) -> Endpoint {
    let erase = EraseEntry(parts.site)
    return Endpoint(
      .delete, path, "eraseWords", zh: "删除原话或附言,不可恢复", en: "Erase what was said, for good",
      access: .scope(.admin), roles: AccountEndpoints.administrators,
      parameters: [.query("reason", .words(EraseEntry.Reason.self), "删除缘由", "Why", isRequired: true)],
      answer: .empty, problems: [.unknownCase, .unknownWords, .notAllowedThere]
    ) { call in
      let reference = try call.identifier("reference", orElse: .unknownWords)
      guard let reason = try call.query.word("reason", EraseEntry.Reason.self) else {
        throw call.query.invalid("reason")
      }
      try await erase(reference: reference, case: call.identifier("id"), reason: reason, by: call.signedIn)
      return Response(status: .noContent)
    }
  }
}

/// What an entry holds: a report's words and reporter, or the text of a note.
struct WordsView: Encodable, Sendable {
  let text: String
  private(set) var name: String?
  private(set) var contact: String?
  private(set) var address: String?
  private(set) var point: Coordinate?
  private(set) var attributes: [String: String]?
  /// JPEG files in base 64.
  private(set) var photos: [String]?
  private(set) var voice: CaseNote.Voice?
  private(set) var mediation: MediationRecord?

  init(_ words: LookIntoVault.Words) {
    switch words {
    case .report(let words):
      text = words.text
      name = words.reporterName
      contact = words.reporterContact
      address = words.address
      point = words.coordinate
      attributes = words.attributes
      photos = words.photos
    case .note(let note):
      text = note.text
      photos = note.photos
      voice = note.voice
      mediation = note.mediation
    }
  }

  private static let mediation = Schema.object([
    .required("agreement", .string()),
    .required("parties", .list(.object([
      .required("name", .string()),
      .required("signature", .object([.required("strokes", .list(.list(.integer())))])),
    ]))),
  ])

  static let schema = Schema.object([
    .required("text", .string()), .optional("name", .string()), .optional("contact", .string()),
    .optional("address", .string()), .optional("point", .point), .optional("attributes", .map(.string())),
    .optional("photos", .list(.string())),
    .optional("voice", .object([.required("type", .string()), .required("data", .string())])),
    .optional("mediation", mediation),
  ]).named("SaidWords")
}

struct LookView: Encodable, Sendable {
  let at: Timestamp
  let actor: String
  let purpose: String

  init(_ look: LookIntoVault.Look) {
    at = look.at.timestamp
    actor = look.actor
    purpose = look.purpose
  }

  static let schema = Schema.object([
    .required("at", .instant), .required("actor", .string()),
    .required("purpose", .string()),
  ]).named("Look")
}
