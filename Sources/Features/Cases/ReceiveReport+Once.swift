import Domain
import SQL

extension ReceiveReport {
  /// The same request of the same sender within this long, at least, and twice as long, at most, is one report.
  public static let doubleWithin = Span.seconds(10)

  /// For a door whose senders have no idempotency keys: what is sent twice in a moment is one report.
  /// - Parameter body: the request as it came.
  public func once(_ report: IncomingReport, by actor: Actor, body: [UInt8]) async throws -> Receipt {
    let prepared = try prepare(report)
    let foreseen = try await foresee(prepared, by: actor)
    let moment = site.now().milliseconds / Self.doubleWithin.milliseconds
    // Claimed for the moment before as well, so that two requests on either side of a boundary meet.
    let keys = [moment - 1, moment].map { moment in
      let content = RequestKey(scope: "", key: "", body: body).bodyHash.map { String($0, radix: 36) }
      return RequestKey(scope: "double:" + actor.id, key: "\(moment):" + content.joined(separator: "."), body: body)
    }
    return try await site.database.write { connection in
      let decided = try decide(prepared, by: actor, foreseen, on: connection)
      return try site.once(keys[0], on: connection) {
        try site.once(keys[1], on: connection) {
          try store(decided, on: connection)
          return decided.receipt
        }
      }
    }
  }
}
