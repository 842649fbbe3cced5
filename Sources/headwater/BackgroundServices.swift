import Connectors
import Crypto
import Domain
import Features
import Journal
import Language
import Logging
import ServiceLifecycle
import SQL

/// Works off deadlines on this node. A failure is logged and tried again: the watchdog tells if it lasts.
struct SchedulerService: Service {
  let site: Installation
  let logger: Logger

  static let interval = Duration.seconds(1)

  func run() async throws {
    let scheduler = Scheduler(site, node: site.makeID())
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          while try await scheduler.run() == Scheduler.batch, !Task.isCancelled {}
        } catch {
          logger.error("scheduler: the deadlines could not be worked off", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: Self.interval)
      }
    }
  }
}

/// Keeps the counts up with the journal, and now and then this node's columns of reports.
struct CountingService: Service {
  let site: Installation
  let store: IncidentStore
  let logger: Logger

  static let interval = Duration.seconds(5)
  /// In rounds: a month is read anew for every report that came to it.
  static let roundsToRefresh = 120

  func run() async throws {
    let cube = IncidentCube(site)
    await cancelWhenGracefulShutdown {
      var round = 0
      while !Task.isCancelled {
        do {
          try await cube.follow()
          if round % Self.roundsToRefresh == 0 { try await store.refresh(reading: false) }
        } catch {
          logger.error("counting: what is new could not be counted", metadata: ["error": "\(error)"])
        }
        round += 1
        try? await Task.sleep(for: Self.interval)
      }
    }
  }
}

/// Makes the editions of the safety index that were asked for at the desk, one at a time.
struct EditionService: Service {
  let composition: Composition
  let logger: Logger

  static let interval = Duration.seconds(2)

  func run() async throws {
    let site = composition.site
    let desk = EditionDesk(site)
    let node = site.makeID()
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          if let edition = try await desk.work(node: node, incidents: { composition.incidents }) {
            logger.notice("an edition of the safety index was made", metadata: ["number": "\(edition.number)"])
          }
        } catch is CancellationError {
          logger.notice("an edition of the safety index was interrupted: the server stops")
        } catch {
          logger.error("an edition of the safety index could not be made", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: Self.interval)
      }
    }
  }
}

/// Tells group robots what waits for their squads and agencies.
struct RobotService: Service {
  let robots: GroupRobots
  let logger: Logger

  /// The strictest platform takes twenty messages a minute for a group.
  static let interval = Duration.seconds(4)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          let failed = try await robots.round()
          if !failed.isEmpty {
            logger.warning("group robots did not take a message", metadata: ["of": "\(failed.joined(separator: " "))"])
          }
        } catch {
          logger.error("group robots: nothing could be told", metadata: ["type": "\(type(of: error))"])
        }
        try? await Task.sleep(for: Self.interval)
      }
    }
  }
}

/// What is done now and then: a signed checkpoint a day, keys and entries whose time is over.
struct HousekeepingService: Service {
  let composition: Composition
  /// Folder of the dictionary of words; nil for none.
  let assets: String?
  let logger: Logger

  static let interval = Duration.seconds(600)
  static let checkpointEvery = Span.hours(24)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        // Not at once: a node that starts has better things to do.
        try? await Task.sleep(for: Self.interval)
        guard !Task.isCancelled else { return }
        do { try await once() } catch {
          logger.error("housekeeping failed", metadata: ["error": "\(error)"])
        }
      }
    }
  }

  /// The dictionary is held only meanwhile. Without one nothing is counted: what is counted once is not counted again.
  private func countWords() async throws {
    let lexicon = CityLexicon.read(pack: composition.site.pack, folder: assets)
    guard lexicon.hasDictionary else { return }
    try await CountWords(composition.site, Segmenter(lexicon)).run()
  }

  private func once() async throws {
    let site = composition.site
    let now = site.now()
    do { try await Retention(site).run() } catch let incomplete as Retention.Incomplete {
      logger.error("cases whose vault entries are overdue", metadata: ["cases": "\(incomplete.cases)"])
    }
    try await countWords()
    _ = try await site.database.write { try site.idempotencyKeys.sweep(at: now.milliseconds, on: $0) }
    let last = try await site.database.read { try site.journal.checkpoints(on: $0).last }
    if let last, now - Instant(milliseconds: last.at) < Self.checkpointEvery { return }
    do {
      let checkpoint = try await JournalVerification(of: site.journal, trusting: [composition.checkpointKey.publicKey])
        .seal(at: now.milliseconds, by: composition.checkpointKey, in: site.database)
      // The root goes to a place outside the database: that is what makes a cut tail visible.
      let root = checkpoint.root.hexadecimal
      logger.notice("checkpoint", metadata: ["number": "\(checkpoint.number)", "root": "\(root)"])
    } catch DatabaseError.conflict {
      // Another node was first.
    }
  }
}
