import Domain
import Features

/// Times as Open311 writes them: the W3C's subset of ISO 8601, in the city's zone, whole seconds.
struct Open311Time: Sendable {
  let zone: CityZone

  private static let patterns = ["iso-8601", "yyyy-MM-dd"].compactMap { TimePattern($0) }

  /// Nil for anything else. A day alone is its beginning in the city; a plus sign may have become a space in a query.
  func instant(_ text: String) -> Instant? {
    let text = String(text.map { $0 == " " ? "+" : $0 })
    for pattern in Self.patterns {
      if let instant = pattern.instant(text, zone: zone) { return instant }
    }
    return nil
  }

  func text(_ instant: Instant) -> String {
    let (date, minute) = zone.local(instant)
    let second = (instant.milliseconds % 60_000 + 60_000) % 60_000 / 1_000
    let offset = zone.offsetSeconds(at: instant) / 60
    let sign = offset < 0 ? "-" : "+"
    return date.text + "T" + two(minute / 60) + ":" + two(minute % 60) + ":" + two(Int(second))
      + sign + two(abs(offset) / 60) + ":" + two(abs(offset) % 60)
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
