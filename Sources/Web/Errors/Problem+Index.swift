import Domain
import Features

extension Problem {
  /// Nil for an error that is not about the safety index.
  init?(index error: any Error) {
    switch error {
    case let fault as EditionMakingFault: self.init(making: fault)
    default: return nil
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
