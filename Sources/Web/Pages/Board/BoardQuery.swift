import Domain
import Features
import Foundation

/// What the board is narrowed to, as it stands in the address.
struct BoardQuery: Sendable, Hashable {
  var queue: BoardQueue
  var division: String?
  var agency: String?
  var kind: String?
  var door: String?
  var after: ListCases.Cursor?
  /// What was typed to search for, and what it means.
  var text: String?
  var search: ListCases.Filter.Search?

  static let pageSize = 50

  /// All open cases.
  init() { queue = .open }

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

  /// With what is searched for: names of places as people type them, names of kinds, the end of a case's number.
  /// - Throws: ``ProblemKind/parameterInvalid``.
  init(_ call: PageCall) throws {
    try self.init(call.query)
    guard let typed = call.query["q"]?.trimmingCharacters(in: .whitespaces), !typed.isEmpty else { return }
    guard typed.count <= Self.textMax else { throw call.query.invalid("q") }
    text = typed
    let folded = typed.lowercased()
    let kinds = call.site.pack.kinds.filter { kind in
      kind.names.zh.contains(typed) || (folded.count > 2 && kind.names.en.lowercased().contains(folded))
    }
    let number = typed.uppercased()
    let isNumber = number.utf8.count >= 4 && number.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
    }
    search = .init(places: call.parts.places.names(typed, limit: Self.placesMax).map(\.code), kinds: kinds.map(\.code),
                   idEnd: isNumber ? number : nil)
  }

  private static let textMax = 60
  private static let placesMax = 50

  /// Without the queue: what the counts of all queues share.
  var filter: ListCases.Filter {
    ListCases.Filter(division: division, agency: agency, kind: kind, door: door, order: .attention, search: search)
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
      ("door", door), ("q", text), ("after", cursor?.text),
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
