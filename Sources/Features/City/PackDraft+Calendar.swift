import Domain
import Foundation
import Yams

extension PackDraft {
  func readCalendar(_ root: PackNode) -> BusinessCalendar? {
    root.allow("zone", "hours", "weekdays", "holidays", "workdays")
    marks.calendar = root.mark
    let zone = root.required("zone").flatMap(readZone)
    let hours = root.list("hours").compactMap(readPeriod)
    inOrder(hours, root["hours"] ?? root)
    let week = root.list("weekdays").compactMap { part -> Int? in
      guard let text = part.text else { return nil }
      if let day = Self.weekdays.firstIndex(of: text) { return day + 1 }
      part.fault(
        Texts(zh: "未知的星期“\(text)”", en: "`\(text)` is no day of the week"),
        fix: Texts(
          zh: "可用:\(Self.weekdays.joined(separator: "、"))",
          en: "use \(Self.weekdays.joined(separator: ", "))"))
      return nil
    }
    var exceptions: [CivilDate: BusinessCalendar.Hours] = [:]
    for part in root.list("holidays") { readHolidays(part, into: &exceptions) }
    for part in root.list("workdays") {
      if let day = readDate(part) { except(day, hours, part, &exceptions) }
    }
    guard let zone else { return nil }
    return BusinessCalendar(
      zone: zone, week: Dictionary(week.map { ($0, hours) }, uniquingKeysWith: { first, _ in first }),
      exceptions: exceptions)
  }

  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  private func readHolidays(_ part: PackNode, into exceptions: inout [CivilDate: BusinessCalendar.Hours]) {
    part.allow("from", "to", "zh", "en")
    guard part.names() != nil, let from = part.required("from").flatMap(readDate) else { return }
    guard let to = part.has("to") ? part["to"].flatMap(readDate) : from else { return }
    guard from <= to, to.dayNumber - from.dayNumber < 60 else {
      part.fault(
        Texts(zh: "节假日的起止日期不合理", en: "these holidays end before they begin, or last over 60 days"),
        fix: Texts(zh: "检查 from 与 to", en: "check `from` and `to`"))
      return
    }
    for day in from.dayNumber...to.dayNumber { except(CivilDate(dayNumber: day), [], part, &exceptions) }
  }

  private func except(_ day: CivilDate, _ hours: BusinessCalendar.Hours, _ part: PackNode,
                      _ exceptions: inout [CivilDate: BusinessCalendar.Hours]) {
    if exceptions.updateValue(hours, forKey: day) != nil {
      part.fault(
        Texts(zh: "\(day.text) 出现两次", en: "\(day.text) stands here twice"),
        fix: Texts(zh: "每个日期只保留一次", en: "keep each day once, as holiday or as workday"))
    }
  }

  private func readDate(_ part: PackNode) -> CivilDate? {
    guard let text = part.text else { return nil }
    if let date = CivilDate(text) { return date }
    part.fault(
      Texts(zh: "“\(text)”不是日期", en: "`\(text)` is no date"),
      fix: Texts(zh: "使用 YYYY-MM-DD 格式的真实日期", en: "write an existing date as YYYY-MM-DD"))
    return nil
  }

  /// `08:30-12:00` as minutes of the day; an end at or before the start is on the next day.
  func readPeriod(_ part: PackNode) -> Range<Int>? {
    guard let text = part.text else { return nil }
    let ends = text.split(separator: "-").map { $0.split(separator: ":", omittingEmptySubsequences: false) }
    let numbers = ends.flatMap { $0.compactMap { $0.count == 2 ? Int($0) : nil } }
    if ends.count == 2, ends.allSatisfy({ $0.count == 2 }), numbers.count == 4, (0...23).contains(numbers[0]),
      (0...24).contains(numbers[2]), (0...59).contains(numbers[1]), (0...59).contains(numbers[3]) {
      let start = numbers[0] * 60 + numbers[1]
      let end = numbers[2] * 60 + numbers[3]
      if end <= 1_440 { return start..<(end <= start ? end + 1_440 : end) }
    }
    part.fault(
      Texts(zh: "“\(text)”不是时间段", en: "`\(text)` is no span of a day"),
      fix: Texts(zh: "使用 08:30-12:00 的格式", en: "write it like 08:30-12:00"))
    return nil
  }

  private func inOrder(_ hours: [Range<Int>], _ part: PackNode) {
    let isInOrder = zip(hours, hours.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    guard !isInOrder || hours.contains(where: { $0.upperBound > 1_440 }) else { return }
    part.fault(
      Texts(zh: "工作时间应按先后排列、互不重叠、不跨午夜", en: "working hours must be in order, apart, and end by midnight"),
      fix: Texts(zh: "调整各时间段", en: "order the spans, and split one that runs past midnight"))
  }

  private func readZone(_ part: PackNode) -> CityZone? {
    guard let name = part.text else { return nil }
    if let zone = CityZone(iana: name) { return zone }
    part.fault(
      Texts(zh: "未知的时区“\(name)”", en: "`\(name)` is no known time zone"),
      fix: Texts(zh: "使用 IANA 名称,如 Asia/Shanghai", en: "write an IANA name such as Asia/Shanghai"))
    return nil
  }
}

extension CityZone {
  /// The table of a zone of the system's database, from 1970 to 2100; nil when it is not known there.
  init?(iana name: String) {
    guard let zone = TimeZone(identifier: name) else { return nil }
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    var changes: [Change] = []
    var last = Date(timeIntervalSince1970: 0)
    while let next = zone.nextDaylightSavingTimeTransition(after: last), next < end, next > last {
      changes.append(
        Change(
          at: Instant(milliseconds: Int64(next.timeIntervalSince1970) * 1_000),
          offsetSeconds: zone.secondsFromGMT(for: next)))
      last = next
    }
    let initial = zone.secondsFromGMT(for: Date(timeIntervalSince1970: 0))
    self.init(name: name, initialOffsetSeconds: initial, changes: changes)
  }
}
