import Domain
import Features

/// Nothing is needed besides who says it.
struct NothingInput: JSONInput {
  static let schema = Schema.object([]).named("Nothing")
}

struct JudgementInput: JSONInput {
  let kind: String
  /// Without it, the kind's own.
  let severity: Severity?

  static let schema = Schema.object([
    .required("kind", .code), .optional("severity", .words(Severity.self)),
  ]).named("Judgement")
}

struct AssignmentInput: JSONInput {
  let agency: String
  let supporting: [String]?

  static let supportingMax = 10
  static let schema = Schema.object([
    .required("agency", .code), .optional("supporting", .list(.code, max: supportingMax)),
  ]).named("Assignment")

  var checkedSupporting: [String] {
    get throws {
      guard (supporting ?? []).count <= Self.supportingMax else { throw Problem(.fieldInvalid, field: "supporting") }
      return supporting ?? []
    }
  }
}

struct DispatchInput: JSONInput {
  let squad: String
  /// Why it was chosen, as the proposals give it; without it, a person's choice.
  let reasons: [String]?

  static let reasonsMax = 10
  static let schema = Schema.object([
    .required("squad", .code), .optional("reasons", .list(.word, max: reasonsMax)),
  ]).named("Dispatch")

  var checkedReasons: [String] {
    get throws {
      guard let reasons else { return ["person"] }
      guard reasons.count <= Self.reasonsMax, reasons.allSatisfy(\.isWord) else {
        throw Problem(.fieldInvalid, field: "reasons")
      }
      return reasons
    }
  }
}

/// A reason as a word, which the journal keeps, and in full, which the vault keeps.
struct ReasonInput: JSONInput {
  let reason: String
  let words: String?

  static let schema = Schema.object([
    .required("reason", .word), .optional("words", .words),
  ]).named("Reason")

  var checkedReason: String { get throws { try reason.checkedWord("reason") } }
}

struct CodeInput: JSONInput {
  let reason: String

  static let schema = Schema.object([.required("reason", .word)]).named("ReasonAlone")

  var checkedReason: String { get throws { try reason.checkedWord("reason") } }
}

struct OutcomeInput: JSONInput {
  let outcome: Outcome
  let words: String?
  /// What it cost the victim, in whole yuan: 0 for an attempt that failed, left out where it is not known.
  let loss: Double?

  static let schema = Schema.object([
    .required("outcome", .words(Outcome.self)), .optional("words", .words),
    .optional("loss", .integer(0...Loss.yuanMost)),
  ]).named("Outcome")

  /// A number that is not whole, or larger than any, is told so as one that is negative is.
  var checkedLoss: Int? {
    get throws {
      guard let loss else { return nil }
      guard let yuan = Int(exactly: loss) else { throw Problem(.lossOutOfRange, field: "loss") }
      return yuan
    }
  }
}

struct FeedbackInput: JSONInput {
  enum Channel: String, Sendable, Decodable, CaseIterable { case phone, message, visit, platform }
  let channel: Channel
  let words: String?

  static let schema = Schema.object([
    .required("channel", .words(Channel.self)), .optional("words", .words),
  ]).named("Feedback")
}

struct RatingInput: JSONInput {
  let stars: Int

  static let schema = Schema.object([.required("stars", .integer(1...5))]).named("Rating")
}

struct WordsInput: JSONInput {
  let words: String?

  static let schema = Schema.object([.optional("words", .words)]).named("Words")
}

struct NoteInput: JSONInput {
  let words: String

  static let schema = Schema.object([.required("words", .words)]).named("Note")
}

extension Schema {
  /// What people write freely: kept in the vault.
  static let words = string(max: ReportLimits.textCharactersMax)
}

extension String {
  /// A word of the pack or of ours. The journal is never erased, so nothing that could be a sentence may enter it.
  var isWord: Bool {
    (1...40).contains(utf8.count) && utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        || $0 == UInt8(ascii: ":")
    }
  }

  func checkedWord(_ field: String) throws -> String {
    guard !isEmpty else { throw Problem(.reasonMissing, field: field) }
    guard isWord else {
      throw Problem(.fieldInvalid, field: field, detail: Texts(
        zh: "须为小写字母、数字、“-”“.”“:”组成的词;完整说明写在 words",
        en: "A word of lower-case letters, digits, '-', '.' and ':'; the full reason belongs into words"))
    }
    return self
  }
}
