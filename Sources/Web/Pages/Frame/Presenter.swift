import Domain
import Features

/// Says codes, instants and spans in the reader's language, with the pack's names and the city's clocks.
struct Presenter: Sendable {
  let pack: CityPack
  let words: Words
  var now: Instant

  var language: Language { words.language }

  struct Time: Sendable, Hashable {
    let text: String
    /// For `<time datetime>`.
    let iso: String
  }

  // MARK: - Names

  func kind(_ code: String?) -> String { code.map { pack.kind($0)?.names(language) ?? $0 } ?? words["notJudged"] }
  func agency(_ code: String) -> String { pack.agency(code)?.names(language) ?? code }
  func squad(_ code: String) -> String { pack.squad(code)?.names(language) ?? code }
  func place(_ code: String) -> String { pack.place(code)?.names(language) ?? code }
  func door(_ code: String) -> String { words.word("door", code) }

  /// A division behind the one it lies in, without the district: everything lies there.
  func division(_ code: String) -> String {
    let path = pack.divisionPath(code).reversed()
    let names = path.compactMap { pack.division($0) }.filter { $0.level != .district || path.count == 1 }
      .map { $0.names(language) }
    return names.isEmpty ? code : names.joined(separator: language == .zh ? "" : ", ")
  }

  func holder(_ holder: Holder) -> String {
    holder.role == .squad ? squad(holder.body) : agency(holder.body)
  }

  /// Who did something: the kind of actor. The journal has no names, and pages give none.
  func actor(_ id: String, caller: Actor?) -> String {
    if id == caller?.id { return words["actor.you"] }
    let parts = id.split(separator: ":", maxSplits: 1)
    let family = parts.first.map(String.init) ?? id
    guard parts.count == 2, family == "account" || family == "token" else { return words.word("actor", family) }
    return words.word("actor", family) + " …" + parts[1].suffix(4)
  }

  // MARK: - Times

  func time(_ instant: Instant) -> Time {
    let (date, minute) = pack.calendar.zone.local(instant)
    let isThisYear = pack.calendar.zone.local(now).date.parts.year == date.parts.year
    let day = isThisYear ? String(date.text.dropFirst(5)) : date.text
    return Time(text: "\(day) \(clock(minute))", iso: instant.timestamp.text)
  }

  /// Only the clock where it is today.
  func shortTime(_ instant: Instant) -> Time {
    let (date, minute) = pack.calendar.zone.local(instant)
    guard pack.calendar.zone.local(now).date == date else { return time(instant) }
    return Time(text: clock(minute), iso: instant.timestamp.text)
  }

  func date(_ instant: Instant) -> String { pack.calendar.zone.local(instant).date.text }

  private func clock(_ minute: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return two(minute / 60) + ":" + two(minute % 60)
  }

  /// The two largest units: `2 d 3 h`, `45 min`.
  func span(_ span: Span) -> String {
    let minutes = Int(abs(span.milliseconds) / 60_000)
    let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60)
    func unit(_ count: Int, _ key: String) -> String? { count == 0 ? nil : words(key, ["n": String(count)]) }
    let parts = days > 0 ? [unit(days, "unitDays"), unit(hours, "unitHours")]
      : [unit(hours, "unitHours"), unit(rest, "unitMinutes")]
    let given = parts.compactMap { $0 }
    return given.isEmpty ? words["unitNow"] : given.joined(separator: " ")
  }

  /// Time left until a deadline, or by how much it was missed.
  func left(_ due: Instant) -> Left {
    let rest = due - now
    let isLate = rest < .zero
    return Left(text: words(isLate ? "late" : "left", ["span": span(rest)]),
                state: isLate ? "late" : rest < .minutes(30) ? "soon" : "calm", at: time(due))
  }

  struct Left: Sendable, Hashable {
    let text: String
    /// `late`, `soon`, `calm`.
    let state: String
    let at: Time
  }

  /// `400 m`, `2 km`: as exact as it was kept.
  func metres(_ metres: Int) -> String {
    metres < 1_000 ? words("unitMetres", ["n": String(metres)]) : words("unitKilometres", ["n": String(metres / 1_000)])
  }

  /// What was lost, as the journal keeps it.
  func loss(_ yuan: Int) -> String {
    yuan == 0 ? words["lossNone"] : words("lossAbout", ["yuan": yuan.grouped])
  }

  func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
  }
}
