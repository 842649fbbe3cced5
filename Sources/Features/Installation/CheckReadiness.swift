import SQL

/// Whether this node can work: the database answers and its schema is the program's. That deadlines are being worked
/// off, and that the views are built as this program builds them, is told beside it; a node need not be taken out of
/// service because the scheduler of the whole has stalled, or because lists and rates wait for a rebuild.
public struct CheckReadiness: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  public struct Report: Sendable, Hashable {
    public let isDatabaseReachable: Bool
    public let isSchemaCurrent: Bool
    /// False until `headwater rebuild` has run: another program or pack built the views.
    public let areViewsCurrent: Bool
    /// Nil when the database cannot tell.
    public let watchdog: Watchdog.Report?
    public var isReady: Bool { isDatabaseReachable && isSchemaCurrent }
  }

  public func callAsFunction() async -> Report {
    let done: Set<String>
    do {
      done = try await site.database.read { connection in
        Set(try connection.all("SELECT name FROM schema_migrations") { $0.text(0) })
      }
    } catch {
      return Report(isDatabaseReachable: false, isSchemaCurrent: false, areViewsCurrent: false, watchdog: nil)
    }
    let isCurrent = Installation.migrations.allSatisfy { done.contains($0.name) }
    let build = ViewBuild(site)
    let areViewsCurrent = try? await site.database.read { try build.isCurrent(on: $0) }
    return Report(isDatabaseReachable: true, isSchemaCurrent: isCurrent, areViewsCurrent: areViewsCurrent ?? false,
                  watchdog: try? await Watchdog(site)())
  }
}
