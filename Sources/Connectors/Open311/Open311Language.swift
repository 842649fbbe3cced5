import Domain

/// In which language the pack's texts are given: that asked for by `locale` or `Accept-Language`, otherwise both.
enum Open311Language: Sendable {
  case chinese, english, both

  init(_ form: Open311Form, _ request: DoorRequest) {
    let wishes = form["locale"] ?? request.headers["accept-language"] ?? ""
    let first = wishes.split(separator: ",").first.map { $0.trimmed.lowercased() } ?? ""
    self = first.hasPrefix("zh") ? .chinese : first.hasPrefix("en") ? .english : .both
  }

  func text(_ texts: Texts) -> String {
    switch self {
    case .chinese: texts.zh
    case .english: texts.en
    case .both: texts.zh == texts.en ? texts.zh : "\(texts.zh) / \(texts.en)"
    }
  }
}
