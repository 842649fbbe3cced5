import SQL

extension Journal {
  /// The first event of a new stream with its hash, made ready on any thread.
  public struct Founding: Sendable {
    public let stream: String
    public let event: NewEvent
    public let at: Int64
    public let actor: String
    let hash: [UInt8]
  }

  /// - Parameter at: the time of the command, in milliseconds since 1970-01-01T00:00:00Z.
  public func founding(_ event: NewEvent, of stream: String, at: Int64, actor: String) -> Founding {
    var hasher = EventHasher(district: district)
    let hash = hasher.hash(
      after: nil, stream: stream, version: 1, kind: event.kind, at: at, actor: actor, body: event.body)
    return Founding(stream: stream, event: event, at: at, actor: actor, hash: hash)
  }

  /// Founds many streams at once (an import): the same rows that as many calls of `append` write.
  /// - Throws: ``DatabaseError/conflict(_:)`` if one of the streams exists.
  public func found(_ foundings: [Founding], on connection: any Connection) throws {
    for start in stride(from: 0, to: foundings.count, by: Self.rowsPerInsert) {
      let part = foundings[start..<min(start + Self.rowsPerInsert, foundings.count)]
      var values: [Value] = []
      values.reserveCapacity(part.count * Self.valuesPerRow)
      for founding in part {
        values += [
          .text(district), .text(founding.stream), .integer(1), .text(founding.event.kind), .integer(founding.at),
          .text(founding.actor), .text(founding.event.body), .blob(founding.hash),
        ]
      }
      try connection.run(Statement(sql: Self.foundings[part.count - 1], values: values))
    }
    if !foundings.isEmpty { try connection.wake(Self.channel) }
  }

  private static let foundings = (1...rowsPerInsert).map(insertText)
}
