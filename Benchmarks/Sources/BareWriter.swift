import Foundation
import SQL

/// A thread that writes whatever waits in one transaction, and answers after the commit.
final class BareWriter: Sendable {
  private struct Turn: Sendable {
    let places: RowTemplate.Places
    let caller: CheckedContinuation<Void, any Error>
  }

  private let queue = BlockingQueue<Turn>()

  /// - Parameter reports: the rows of each, written in turn.
  init(path: String, reports: [[RowTemplate]]) throws {
    let queue = queue
    let database = try BareSQLite(path: path)
    var prepared: [String: BareSQLite.Prepared] = [:]
    for sql in Set(reports.joined().map(\.sql)) { prepared[sql] = try database.prepare(sql) }
    let statements = reports.map { rows in
      rows.compactMap { row in prepared[row.sql].map { Statement(template: row, prepared: $0) } }
    }
    let idle = Work(reports: statements, database: database)
    Thread {
      var work = idle
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
    let reports: [[Statement]]
    let database: BareSQLite
    var next = 0

    mutating func write(_ turns: [RowTemplate.Places]) throws {
      try database.run("BEGIN IMMEDIATE")
      let now = Int64(Date().timeIntervalSince1970 * 1_000)
      for places in turns {
        for statement in reports[next % reports.count] {
          try database.run(statement.prepared, statement.template.filled(places, now: now))
        }
        next += 1
      }
      try database.run("COMMIT")
    }
  }
}
