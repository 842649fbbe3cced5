/// A moment in UTC: milliseconds since 1970-01-01T00:00:00Z. All instants inside the system are of this type.
public struct Instant: Sendable, Hashable, Comparable, Codable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (one: Instant, other: Instant) -> Bool { one.milliseconds < other.milliseconds }
  public static func + (instant: Instant, span: Span) -> Instant {
    Instant(milliseconds: instant.milliseconds + span.milliseconds)
  }
  public static func - (instant: Instant, span: Span) -> Instant {
    Instant(milliseconds: instant.milliseconds - span.milliseconds)
  }
  public static func - (later: Instant, earlier: Instant) -> Span {
    Span(milliseconds: later.milliseconds - earlier.milliseconds)
  }

  public init(from decoder: any Decoder) throws {
    milliseconds = try decoder.singleValueContainer().decode(Int64.self)
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(milliseconds)
  }
}

/// A length of time in milliseconds; negative when it looks back.
public struct Span: Sendable, Hashable, Comparable {
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }
  public static func seconds(_ count: Int) -> Span { Span(milliseconds: Int64(count) * 1_000) }
  public static func minutes(_ count: Int) -> Span { .seconds(count * 60) }
  public static func hours(_ count: Int) -> Span { .minutes(count * 60) }
  public static func days(_ count: Int) -> Span { .hours(count * 24) }
  public static let zero = Span(milliseconds: 0)

  public static func < (one: Span, other: Span) -> Bool { one.milliseconds < other.milliseconds }
  public static func + (one: Span, other: Span) -> Span { Span(milliseconds: one.milliseconds + other.milliseconds) }
  public static func - (one: Span, other: Span) -> Span { Span(milliseconds: one.milliseconds - other.milliseconds) }
}
