import Domain
import Features

extension Problem {
  /// Nil for an error that is not about the safety index.
  init?(index error: any Error) {
    switch error {
    case let fault as EditionMakingFault: self.init(making: fault)
    case let rejection as ScenarioRejection: self.init(scenario: rejection)
    case is ScenarioUnknown: self.init(.unknownScenario)
    default: return nil
    }
  }

  private init(scenario rejection: ScenarioRejection) {
    switch rejection {
    case .notByRole: self.init(.roleForbidden)
    case .elsewhere: self.init(.notAllowedThere)
    case .reasonMissing: self.init(.reasonMissing, field: "reason")
    case .reasonUnknown: self.init(.fieldInvalid, field: "reason")
    case .wordsMissing:
      self.init(.reasonMissing, field: "words", detail: Texts(
        zh: "选了“其他”,请写明理由", en: "it is none of those offered: please say what it is"))
    case .olderEvidence(let standing):
      self.init(.olderEvidence, detail: Texts(
        zh: "现有决定依据的是第 \(standing) 期", en: "the decision that stands was taken by No. \(standing)"))
    }
  }

  private init(making fault: EditionMakingFault) {
    switch fault {
    case .notByRole: self.init(.roleForbidden)
    case .elsewhere: self.init(.notAllowedThere, field: "division")
    case .daysOutOfOrder:
      self.init(.periodUnusable, field: "to",
                detail: Texts(zh: "末日早于首日", en: "the last day lies before the first"))
    case .notOver:
      self.init(.periodUnusable, field: "to",
                detail: Texts(zh: "末日尚未过完,最晚到昨天", en: "the last day is not over: yesterday is the latest"))
    case .tooLong:
      self.init(.periodUnusable, field: "from", detail: Texts(
        zh: "最长一年,且不得与对比期重叠", en: "a year at most, and no day may be in the period it is compared with"))
    case .noDefinition:
      self.init(.nothingToPublish,
                detail: Texts(zh: "配置包中须有 index.json", en: "the pack needs an index.json"))
    case .underWay: self.init(.editionUnderWay)
    }
  }
}
