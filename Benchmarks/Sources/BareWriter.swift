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
    let database = try BareSQLite(path: path)
    let statements = try rows.map { Statement(template: $0, prepared: try database.prepare($0.sql)) }
    let work = Work(statements: statements, database: database)
    Thread {
      while let turns = queue.takeAll() {
        let outcome = Result { try work.write(turns.map(\.places)) }
        for turn in turns { turn.caller.resume(with: outcome) }
      }
    }.start()
  }

  func write(_ places: RowTemplate.Places) async throws {
    try await withCheckedThrowingContinuation { caller in
      if !queue.put(Turn(places: places, caller: caller)) { caller.resume(throwing: CancellationError()) }
    }
  }

  private struct Statement {
    let template: RowTemplate
    let prepared: BareSQLite.Prepared
  }

  /// Handed to the one thread that uses it from then on.
  private struct Work: @unchecked Sendable {
    let statements: [Statement]
    let database: BareSQLite

    func write(_ reports: [RowTemplate.Places]) throws {
      try database.run("BEGIN IMMEDIATE")
      for places in reports {
        for statement in statements { try database.run(statement.prepared, statement.template.filled(places)) }
      }
      try database.run("COMMIT")
    }
  }
}
