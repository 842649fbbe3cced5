import Domain
import Features

/// Puts into words what happened to a case: what it is about, where, how urgent, by when, and where to open it. Nobody's
/// name, number or words: a chat group keeps what it was told.
struct RobotNews {
  let pack: CityPack
  /// Where people reach the installation; nil leaves the link out.
  let address: String?
  let isEnglish: Bool

  /// The most that one message lists; the rest is counted.
  static let linesMax = 10

  func text(_ news: [(entry: RobotOutbox.Entry, summary: CaseSummary)]) -> String {
    let head = say(Texts(zh: "【\(pack.names.zh)】\(news.count) 条提醒", en: "\(pack.names.en): \(news.count) to look at"))
    let lines = news.prefix(Self.linesMax).map(line)
    let rest = news.count - lines.count
    let more = rest > 0 ? [say(Texts(zh: "另有 \(rest) 条", en: "and \(rest) more"))] : []
    let link = address.map { [$0 + "/field"] } ?? []
    return ([head] + lines + more + link).joined(separator: "\n")
  }

  private func line(_ entry: RobotOutbox.Entry, _ summary: CaseSummary) -> String {
    let kind = summary.kind.flatMap { pack.kind($0)?.names }.map(say) ?? say(Texts(zh: "未定类", en: "not yet judged"))
    let place = summary.place.flatMap { pack.place($0)?.names }.map(say)
    let town = pack.division(summary.division)?.names
    let parts = [what(entry.step), kind, place ?? town.map(say), urgency(summary), due(summary)]
    return "- " + parts.compactMap { $0 }.joined(separator: " · ")
  }

  private func what(_ step: Step) -> String {
    switch step {
    case .dispatched: say(Texts(zh: "派队待签收", en: "Sent to you"))
    case .jointlyOrdered: say(Texts(zh: "指定交办", en: "Joint order"))
    case .noticed: say(Texts(zh: "催办督办", en: "Overdue"))
    case .reopened: say(Texts(zh: "重办", en: "Reopened"))
    default: say(Texts(zh: "待签收", en: "To be signed"))
    }
  }

  private func urgency(_ summary: CaseSummary) -> String? {
    if summary.isDangerous { return say(Texts(zh: "涉险", en: "danger")) }
    switch summary.severity {
    case .critical, .urgent: return say(Texts(zh: "紧急", en: "urgent"))
    default: return nil
    }
  }

  private func due(_ summary: CaseSummary) -> String? {
    guard let due = summary.dueAt else { return nil }
    let (date, minute) = pack.calendar.zone.local(due)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(date.text.dropFirst(5)) \(two(minute / 60)):\(two(minute % 60))"
    return say(Texts(zh: "时限 \(clock)", en: "due \(clock)"))
  }

  private func say(_ texts: Texts) -> String { isEnglish ? texts.en : texts.zh }
}
