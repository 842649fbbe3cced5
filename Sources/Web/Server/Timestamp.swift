import Domain

/// An instant as the API writes it: RFC 3339 in UTC, `2026-03-01T08:00:00Z`, with milliseconds where there are any.
struct Timestamp: Sendable, Hashable, Codable {
  let instant: Instant

  init(_ instant: Instant) { self.instant = instant }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let instant = Self.instant(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 time")
    }
    self.init(instant)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  var text: String {
    let milliseconds = instant.milliseconds
    let day = milliseconds.floorDiv(86_400_000)
    var rest = Int(milliseconds - day * 86_400_000)
    // The years that a CivilDate can write; nothing in the system lies outside of them.
    guard (-719_528...2_932_896).contains(day) else {
      return milliseconds < 0 ? "0000-01-01T00:00:00Z" : "9999-12-31T23:59:59Z"
    }
    let (year, month, dayOfMonth) = CivilDate(dayNumber: Int(day)).parts
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    bytes.append(number: year, width: 4, "-")
    bytes.append(number: month, width: 2, "-")
    bytes.append(number: dayOfMonth, width: 2, "T")
    bytes.append(number: rest / 3_600_000, width: 2, ":")
    rest %= 3_600_000
    bytes.append(number: rest / 60_000, width: 2, ":")
    rest %= 60_000
    bytes.append(number: rest / 1_000, width: 2, rest % 1_000 == 0 ? "Z" : ".")
    if rest % 1_000 != 0 { bytes.append(number: rest % 1_000, width: 3, "Z") }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|±HH:MM)`; nil for anything else.
  static func instant(_ text: some StringProtocol) -> Instant? {
    let bytes = Array(text.utf8)
    guard (20...40).contains(bytes.count), bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let date = CivilDate(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = bytes.number(11, 2), let minute = bytes.number(14, 2), let second = bytes.number(17, 2),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var rest = bytes[19...]
    let milliseconds = fraction(&rest)
    guard let milliseconds, let offset = offsetMinutes(rest) else { return nil }
    let minutes = Int64(date.dayNumber) * 1_440 + Int64(hour * 60 + minute - offset)
    return Instant(milliseconds: minutes * 60_000 + Int64(second * 1_000 + milliseconds))
  }

  private static func fraction(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard rest.first == UInt8(ascii: ".") else { return 0 }
    let digits = rest.dropFirst().prefix { (48...57).contains($0) }
    guard !digits.isEmpty else { return nil }
    rest = rest[digits.endIndex...]
    return (0..<3).reduce(0) { sum, index in
      sum * 10 + (index < digits.count ? Int(digits[digits.startIndex + index]) - 48 : 0)
    }
  }

  private static func offsetMinutes(_ rest: ArraySlice<UInt8>) -> Int? {
    let rest = Array(rest)
    if rest == [UInt8(ascii: "Z")] || rest == [UInt8(ascii: "z")] { return 0 }
    guard rest.count == 6, rest[3] == UInt8(ascii: ":"), let hours = rest.number(1, 2), let minutes = rest.number(4, 2),
      hours < 24, minutes < 60
    else { return nil }
    switch rest[0] {
    case UInt8(ascii: "+"): return hours * 60 + minutes
    case UInt8(ascii: "-"): return -(hours * 60 + minutes)
    default: return nil
    }
  }
}

extension Instant {
  var timestamp: Timestamp { Timestamp(self) }
}

extension Int64 {
  fileprivate func floorDiv(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: Int, width: Int, _ behind: Unicode.Scalar) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(48 + number / divisor % 10))
      divisor /= 10
    }
    append(UInt8(ascii: behind))
  }

  fileprivate func number(_ start: Int, _ count: Int) -> Int? {
    var sum = 0
    for byte in self[start..<start + count] {
      guard (48...57).contains(byte) else { return nil }
      sum = sum * 10 + Int(byte) - 48
    }
    return sum
  }
}
