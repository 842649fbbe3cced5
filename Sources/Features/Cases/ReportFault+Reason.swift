import Domain

extension ReportFault {
  /// What is wrong with the report, in both languages.
  public var reason: Texts {
    switch self {
    case .textMissing: Texts(zh: "没有内容", en: "nothing was said")
    case .textTooLong: Texts(zh: "内容过长", en: "the text is too long")
    case .fieldTooLong(let name): Texts(zh: "“\(name)”过长", en: "\(name) is too long")
    case .tooManyAttributes: Texts(zh: "附加项过多", en: "too many attributes")
    case .coordinateImpossible: Texts(zh: "坐标不存在", en: "an impossible coordinate")
    case .locationMissing: Texts(zh: "没有位置", en: "no location")
    case .timeImpossible:
      Texts(zh: "时间不可能(未来或 1970 年以前)", en: "an impossible time: in the future, or before 1970")
    }
  }
}

extension Rejection {
  /// Why a report cannot be taken in, in both languages; other rules have their words where they are shown.
  public var intakeReason: Texts {
    switch self {
    case .outsideCity: Texts(zh: "位置不在辖区内", en: "outside the city")
    case .unknownKind, .kindNotLeaf: Texts(zh: "类别不存在或不是末级", en: "no such kind, or not the last of its branch")
    case .unknownDivision: Texts(zh: "区划不存在", en: "no such division")
    case .unknownPlace: Texts(zh: "地点不存在", en: "no such place")
    case .unknownDoor: Texts(zh: "受理渠道不存在", en: "no such door")
    default: Texts(zh: "不符合规则", en: "against the rules")
    }
  }
}
