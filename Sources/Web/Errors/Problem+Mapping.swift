import Domain
import Features
import Foundation
import Hummingbird

extension Problem {
  /// The one place where errors of the layers below become answers.
  init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let rejection as Rejection: self.init(rejection: rejection)
    case let fault as ReportFault: self.init(report: fault)
    case let fault as PDFPress.Fault: self.init(pdf: fault)
    case is RequestKeyReused: self.init(.idempotencyKeyReused, field: "Idempotency-Key")
    case let failure as Vault.Failure: self.init(vault: failure)
    case let error as DecodingError: self.init(decoding: error)
    case let error as any HTTPResponseError: self.init(http: error.status.code)
    default:
      self = Problem(people: error) ?? Problem(places: error) ?? Problem(index: error)
        ?? Problem(StorageFault(error) == .unavailable ? .unavailable : .internal)
    }
  }

  private init(pdf fault: PDFPress.Fault) {
    switch fault {
    case .busy: self.init(.unavailable)
    case .unavailable:
      self.init(.unavailable, detail: Texts(
        zh: "本机不能生成 PDF,请安装 librsvg2-bin;网页可直接打印",
        en: "no PDF can be made here: install librsvg2-bin, or print the page"))
    }
  }

  private init(vault failure: Vault.Failure) {
    switch failure {
    case .erased: self.init(.wordsErased)
    case .unreadable: self.init(.internal)
    }
  }

  private init(http status: Int) {
    switch status {
    case 404: self.init(.unknownAddress)
    case 405: self.init(.methodNotAllowed)
    case 413: self.init(.bodyTooLarge)
    case 415: self.init(.mediaTypeUnsupported)
    case 503: self.init(.unavailable)
    case 400..<500: self.init(.malformedRequest)
    default: self.init(.internal)
    }
  }

  private init(decoding error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context): self.init(.fieldMissing, field: Self.path(context.codingPath + [key]))
    case .valueNotFound(_, let context): self.init(.fieldMissing, field: Self.path(context.codingPath))
    case .typeMismatch(_, let context): self.init(.fieldInvalid, field: Self.path(context.codingPath))
    case .dataCorrupted(let context):
      let path = Self.path(context.codingPath)
      self.init(path == nil ? .malformedJSON : .fieldInvalid, field: path)
    @unknown default: self.init(.malformedJSON)
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String? {
    // Keys of free attributes are the caller's own words.
    if let free = keys.firstIndex(where: { $0.stringValue == "attributes" }) {
      return keys[...free].map(\.stringValue).joined(separator: ".")
    }
    return keys.isEmpty ? nil : keys.map(\.stringValue).joined(separator: ".")
  }

  init(report fault: ReportFault) {
    switch fault {
    case .textMissing: self.init(.textMissing, field: "text")
    case .textTooLong:
      self.init(.textTooLong, field: "text", detail: .atMost(ReportLimits.textCharactersMax))
    case .fieldTooLong(let field):
      self.init(.fieldTooLong, field: ["name", "contact", "address"].contains(field) ? field : "attributes",
                detail: .atMost(ReportLimits.fieldCharactersMax))
    case .tooManyAttributes:
      self.init(.tooManyAttributes, field: "attributes",
                detail: Texts(zh: "最多 \(ReportLimits.attributesMax) 项", en: "At most \(ReportLimits.attributesMax)"))
    case .coordinateImpossible: self.init(.coordinateImpossible, field: "point")
    case .locationMissing:
      self.init(.locationMissing, detail: Texts(zh: "须有 place、point 或 division 之一",
                                                en: "One of place, point and division is needed"))
    case .timeImpossible: self.init(.timeImpossible, field: "saidAt")
    }
  }

  init(rejection: Rejection) {
    switch rejection {
    case .unknownCase: self.init(.unknownCase)
    case .notNow(let step, let phase): self.init(.notNow, detail: .notNow(step, phase))
    case .notByRole: self.init(.roleForbidden)
    case .notYourCase: self.init(.notYourCase)
    case .notYourSquad: self.init(.notYourSquad)
    case .unknownKind: self.init(.unknownKind, field: "kind")
    case .kindNotLeaf: self.init(.kindNotLeaf, field: "kind")
    case .unknownAgency: self.init(.unknownAgency, field: "agency")
    case .unknownSquad: self.init(.unknownSquad, field: "squad")
    case .unknownDivision: self.init(.unknownDivision, field: "division")
    case .unknownPlace: self.init(.unknownPlace, field: "place")
    case .unknownDoor: self.init(.unknownDoor, field: "door")
    case .notJudged: self.init(.notJudged)
    case .dangerForbidsDiversion(let cues):
      self.init(.dangerForbidsDiversion, field: "agency",
                detail: Texts(zh: "危险线索:" + cues.joined(separator: "、"),
                              en: "Danger cues: " + cues.joined(separator: ", ")))
    case .jointOrderBinds: self.init(.jointOrderBinds)
    case .reasonMissing: self.init(.reasonMissing, field: "reason")
    case .alreadyPaused: self.init(.alreadyPaused)
    case .notPaused: self.init(.notPaused)
    case .paused: self.init(.paused)
    case .starsOutOfRange: self.init(.starsOutOfRange, field: "stars")
    case .kindWithoutLosses: self.init(.kindWithoutLosses, field: "loss")
    case .lossOutOfRange: self.init(.lossOutOfRange, field: "loss")
    case .reportNotInCase: self.init(.reportNotInCase)
    case .lastReport: self.init(.lastReport)
    case .mergeIntoItself: self.init(.mergeIntoItself, field: "into")
    case .mergeTargetEnded: self.init(.mergeTargetEnded)
    case .noAnswerYet: self.init(.noAnswerYet)
    case .nothingDue: self.init(.nothingDue)
    case .outsideCity: self.init(.outsideCity)
    case .saidInFuture: self.init(.timeImpossible, field: "saidAt")
    }
  }
}

extension Texts {
  fileprivate static func atMost(_ characters: Int) -> Texts {
    Texts(zh: "最多 \(characters) 个字符", en: "At most \(characters) characters")
  }

  fileprivate static func notNow(_ step: Step, _ phase: Phase) -> Texts {
    Texts(zh: "步骤 \(step.rawValue) 在阶段 \(phase.rawValue) 不可办理",
          en: "The step \(step.rawValue) is not possible in the phase \(phase.rawValue)")
  }
}
