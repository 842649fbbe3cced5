import Domain
import SQL

/// Tells when deadlines are not being kept because nothing works them off: a stalled scheduler is itself reported.
public struct Watchdog: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Report: Sendable, Hashable {
    /// The last sign of life of any node; nil if there never was one.
    public let lastBeat: Instant?
    /// Rows whose time has come, and for how long the oldest has waited.
    public let overdue: Int
    public let oldest: Span?
    public let isStalled: Bool
  }

  public static let patience = Span.minutes(3)

  public func callAsFunction() async throws -> Report {
    let now = site.now()
    return try await site.database.read { connection in
      let beat = try connection.first(
        "SELECT MAX(at) FROM scheduler_beats WHERE district = \(site.district)") { $0.optionalInteger(0) }
      let waiting = try connection.first(
        """
        SELECT COUNT(*), MIN(fires_at) FROM case_deadlines
        WHERE district = \(site.district) AND fires_at <= \(now)
        """
      ) { ($0.int(0), $0.optionalInteger(1)) }
      let oldest = waiting?.1.map { now - Instant(milliseconds: $0) }
      let lastBeat = beat.flatMap { $0 }.map(Instant.init(milliseconds:))
      let isSilent = lastBeat.map { now - $0 > Self.patience } ?? true
      return Report(lastBeat: lastBeat, overdue: waiting?.0 ?? 0, oldest: oldest,
                    isStalled: isSilent || (oldest ?? .zero) > Self.patience)
    }
  }
}
