import Domain

/// Reads the time of a row by a pattern such as `yyyy-MM-dd HH:mm:ss`.
///
/// | letters | meaning |
/// |---|---|
/// | `yyyy` | year |
/// | `MM` `M`, `dd` `d` | month, day: two digits, or one or two |
/// | `HH` `H`, `hh` `h` | hour of 24, hour of 12 |
/// | `mm`, `ss`, `SSS` | minute, second, milliseconds |
/// | `a` | AM or PM |
/// | `X` | offset: `Z` or `+08:00` |
/// | `'…'` | these characters; so does everything that is no letter |
///
/// Instead of a pattern: `iso-8601`, `unix` (seconds), `unix-ms`.
package struct TimePattern: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case year, month(strict: Bool), day(strict: Bool), hour(strict: Bool), hourOf12(strict: Bool)
    case minute, second, millisecond, half, offset
    case literal(UInt8)
  }

  private enum Form: Sendable, Hashable {
    case parts([[Part]])
    case unix(millisecondsPerUnit: Int64)
  }

  private let form: Form

  /// Nil for letters that mean nothing here.
  package init?(_ pattern: String) {
    switch pattern {
    case "unix": form = .unix(millisecondsPerUnit: 1_000)
    case "unix-ms": form = .unix(millisecondsPerUnit: 1)
    case "iso-8601":
      let patterns = ["yyyy-MM-dd'T'HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm"]
      form = .parts((patterns.map { $0 + "X" } + patterns).compactMap(Self.parts))
    default:
      guard let parts = Self.parts(pattern), parts.contains(.year) else { return nil }
      form = .parts([parts])
    }
  }

  /// - Parameter zone: of the clock that wrote it, where the text has no offset.
  package func instant(_ text: String, zone: CityZone) -> Instant? {
    switch form {
    case .unix(let unit):
      guard let count = Int64(text) else { return nil }
      let (milliseconds, isTooLarge) = count.multipliedReportingOverflow(by: unit)
      return isTooLarge ? nil : Instant(milliseconds: milliseconds)
    case .parts(let alternatives):
      for parts in alternatives {
        if let moment = Self.read(text, parts) { return moment.instant(zone) }
      }
      return nil
    }
  }

  private static func parts(_ pattern: String) -> [Part]? {
    var parts: [Part] = []
    var rest = Array(pattern.utf8)[...]
    while let first = rest.first {
      if first == UInt8(ascii: "'") {
        let quoted = rest.dropFirst().prefix { $0 != UInt8(ascii: "'") }
        parts += quoted.map { .literal($0) }
        rest = rest.dropFirst(quoted.count + 2)
        continue
      }
      let run = rest.prefix { $0 == first }
      rest = rest.dropFirst(run.count)
      guard let part = part(String(decoding: run, as: UTF8.self)) else {
        guard !isLetter(first) else { return nil }
        parts += run.map { .literal($0) }
        continue
      }
      parts.append(part)
    }
    return parts
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

  private static func part(_ letters: String) -> Part? {
    switch letters {
    case "yyyy": .year
    case "MM", "M": .month(strict: letters.utf8.count == 2)
    case "dd", "d": .day(strict: letters.utf8.count == 2)
    case "HH", "H": .hour(strict: letters.utf8.count == 2)
    case "hh", "h": .hourOf12(strict: letters.utf8.count == 2)
    case "mm": .minute
    case "ss": .second
    case "SSS": .millisecond
    case "a": .half
    case "X": .offset
    default: nil
    }
  }

  private static func read(_ text: String, _ parts: [Part]) -> Moment? {
    var reader = Digits(Array(text.utf8))
    var moment = Moment()
    for part in parts {
      guard moment.take(part, &reader) else { return nil }
    }
    return reader.isAtEnd ? moment : nil
  }

  /// What a clock showed.
  private struct Moment {
    var year = 1970, month = 1, day = 1, hour = 0, minute = 0, millisecond = 0
    var isAfternoon: Bool?
    var offsetMinutes: Int?

    mutating func take(_ part: Part, _ reader: inout Digits) -> Bool {
      switch part {
      case .literal(let byte): return reader.skip(byte)
      case .year: return reader.number(4...4).map { year = $0 } != nil
      case .month(let strict): return reader.number(strict ? 2...2 : 1...2).map { month = $0 } != nil
      case .day(let strict): return reader.number(strict ? 2...2 : 1...2).map { day = $0 } != nil
      case .hour(let strict): return reader.number(strict ? 2...2 : 1...2).map { hour = $0 } != nil
      case .hourOf12(let strict):
        guard let number = reader.number(strict ? 2...2 : 1...2), (1...12).contains(number) else { return false }
        hour = number % 12
        return true
      case .minute: return reader.number(2...2).map { minute = $0 } != nil
      case .second: return reader.number(2...2).map { millisecond += $0 * 1_000 } != nil && millisecond < 60_000
      case .millisecond: return reader.number(3...3).map { millisecond += $0 } != nil
      case .half:
        isAfternoon = reader.half()
        return isAfternoon != nil
      case .offset:
        offsetMinutes = reader.offset()
        return offsetMinutes != nil
      }
    }

    func instant(_ zone: CityZone) -> Instant? {
      guard let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60 else { return nil }
      let hour = isAfternoon == true ? hour + 12 : hour
      guard hour < 24 else { return nil }
      let minutes = hour * 60 + minute
      guard let offsetMinutes else { return zone.instant(date, minute: minutes, milliseconds: millisecond) }
      let local = Int64(date.dayNumber) * 1_440 + Int64(minutes - offsetMinutes)
      return Instant(milliseconds: local * 60_000 + Int64(millisecond))
    }
  }

  private struct Digits {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ byte: UInt8) -> Bool {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
      return true
    }

    mutating func number(_ length: ClosedRange<Int>) -> Int? {
      var number = 0
      var count = 0
      while count < length.upperBound, index < bytes.count, (48...57).contains(bytes[index]) {
        number = number * 10 + Int(bytes[index] - 48)
        index += 1
        count += 1
      }
      return count >= length.lowerBound ? number : nil
    }

    /// True for PM, false for AM, in either case.
    mutating func half() -> Bool? {
      guard index + 2 <= bytes.count, bytes[index + 1] | 0x20 == UInt8(ascii: "m") else { return nil }
      let letter = bytes[index] | 0x20
      guard letter == UInt8(ascii: "p") || letter == UInt8(ascii: "a") else { return nil }
      index += 2
      return letter == UInt8(ascii: "p")
    }

    /// Minutes east of Greenwich.
    mutating func offset() -> Int? {
      if skip(UInt8(ascii: "Z")) { return 0 }
      let isWest = skip(UInt8(ascii: "-"))
      guard isWest || skip(UInt8(ascii: "+")), let hours = number(2...2), hours < 15 else { return nil }
      _ = skip(UInt8(ascii: ":"))
      guard let minutes = number(2...2), minutes < 60 else { return nil }
      return (isWest ? -1 : 1) * (hours * 60 + minutes)
    }
  }
}
