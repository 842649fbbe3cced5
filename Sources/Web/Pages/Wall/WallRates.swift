import Domain
import Features
import Synchronization

/// The rates of the month so far, reckoned once a minute for all walls of a post.
final class WallRates: Sendable {
  private struct Known {
    let minute: Int64
    let lines: [ReadRates.Line]
  }

  /// By what a post may see.
  private let known = Mutex<[String: Known]>([:])

  func lines(_ site: Installation, for actor: Actor, _ presenter: Presenter) async throws -> [ReadRates.Line] {
    let minute = presenter.now.milliseconds / 60_000
    let post = "\(actor.role.rawValue) \(actor.division) \(actor.agency ?? "")"
    if let found = known.withLock({ $0[post] }), found.minute == minute { return found.lines }
    let lines = try await ReadRates(site)(RatePageQuery(presenter).query, for: actor)
    known.withLock { $0[post] = Known(minute: minute, lines: lines) }
    return lines
  }
}
