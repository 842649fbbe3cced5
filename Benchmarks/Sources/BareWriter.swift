import Foundation
import SQL

/// A thread that writes whatever waits in one transaction, and answers after the commit.
final class BareWriter: Sendable {
  private struct Turn: Sendable {
    let places: RowTemplate.Places
    let caller: CheckedContinuation<Void, any Error>
  }

  private let queue = BlockingQueue<Turn>()

  init(path: String, rows: [RowTemplate]) throws {
    let queue = queue
    let opened = Opened(database: try BareSQLite(path: path))
    Thread {
      while let turns = queue.takeAll() {
        let outcome = Result { try Self.write(turns, rows, on: opened.database) }
        for turn in turns { turn.caller.resume(with: outcome) }
      }
    }.start()
  }

  func write(_ places: RowTemplate.Places) async throws {
    try await withCheckedThrowingContinuation { caller in
      if !queue.put(Turn(places: places, caller: caller)) { caller.resume(throwing: CancellationError()) }
    }
  }

  private static func write(_ turns: [Turn], _ rows: [RowTemplate], on database: BareSQLite) throws {
    try database.run("BEGIN IMMEDIATE")
    for turn in turns {
      for row in rows { try database.run(row.sql, row.filled(turn.places)) }
    }
    try database.run("COMMIT")
  }

  /// Handed to the one thread that uses it from then on.
  private struct Opened: @unchecked Sendable {
    let database: BareSQLite
  }
}
