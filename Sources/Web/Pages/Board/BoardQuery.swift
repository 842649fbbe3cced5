import Domain
import Features

/// What the board is narrowed to, as it stands in the address.
struct BoardQuery: Sendable, Hashable {
  var queue: BoardQueue
  var division: String?
  var agency: String?
  var kind: String?
  var door: String?
  var after: ListCases.Cursor?

  static let pageSize = 50

  /// - Throws: ``ProblemKind/parameterInvalid``.
  init(_ query: Query) throws {
    func code(_ name: String) throws -> String? { query[name]?.isEmpty == true ? nil : try query.code(name) }
    queue = try query.word("queue") ?? .open
    division = try code("division")
    agency = try code("agency")
    kind = try code("kind")
    door = try code("door")
    after = try query["after"].map { text in
      guard let cursor = ListCases.Cursor(text), Call.isIdentifier(cursor.id) else { throw query.invalid("after") }
      return cursor
    }
  }

  /// Without the queue: what the counts of all queues share.
  var filter: ListCases.Filter {
    ListCases.Filter(division: division, agency: agency, kind: kind, door: door, order: .attention)
  }

  var queueFilter: ListCases.Filter {
    var filter = filter
    queue.narrow(&filter)
    return filter
  }

  func link(_ url: PageURL = .board, queue other: BoardQueue? = nil, after cursor: ListCases.Cursor? = nil) -> String {
    let queue = other ?? queue
    return url.link([
      ("queue", queue == .open ? nil : queue.rawValue), ("division", division), ("agency", agency), ("kind", kind),
      ("door", door), ("after", cursor?.text),
    ])
  }

  /// The same, of another division.
  func link(division code: String?) -> String {
    var other = self
    other.division = code
    other.after = nil
    return other.link()
  }
}
