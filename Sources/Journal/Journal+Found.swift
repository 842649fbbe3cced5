import SQL

extension Journal {
  /// The first events of a new stream with their hashes, made ready on any thread.
  public struct Founding: Sendable {
    /// The rows, one behind the other.
    fileprivate let values: [Value]
  }

  /// - Parameters:
  ///   - events: each with its actor, in order.
  ///   - at: the time of the command, in milliseconds since 1970-01-01T00:00:00Z.
  public func founding(_ events: [(event: NewEvent, actor: String)], of stream: String, at: Int64) -> Founding {
    var hasher = EventHasher(district: district)
    var last: [UInt8]?
    var values: [Value] = []
    values.reserveCapacity(events.count * Self.valuesPerRow)
    for (index, (event, actor)) in events.enumerated() {
      let hash = hasher.hash(
        after: last, stream: stream, version: index + 1, kind: event.kind, at: at, actor: actor, body: event.body)
      last = hash
      values.append(.text(district))
      values.append(.text(stream))
      values.append(.integer(Int64(index + 1)))
      values.append(.text(event.kind))
      values.append(.integer(at))
      values.append(.text(actor))
      values.append(.text(event.body))
      values.append(.blob(hash))
    }
    return Founding(values: values)
  }

  /// What founds streams: the same rows that as many calls of `append` write. Whoever runs it wakes ``channel``.
  /// One of the streams existing is a ``DatabaseError/conflict(_:)``.
  public static func statements(founding foundings: [Founding]) -> [Statement] {
    let values = foundings.flatMap(\.values)
    let width = rowsPerInsert * valuesPerRow
    return stride(from: 0, to: values.count, by: width).map { start in
      let part = values[start..<min(start + width, values.count)]
      return Statement(sql: inserts[part.count / valuesPerRow - 1], values: Array(part))
    }
  }

  private static let inserts = (1...rowsPerInsert).map(insertText)
}
