import GRDBSQLite

/// The prepared statements of one connection, found by their text.
final class StatementCache {
  final class Entry {
    let pointer: OpaquePointer
    let valueCount: Int
    let mayWrite: Bool
    /// True from `take` to `giveBack`: the same text may be asked for again while its rows are being read.
    fileprivate(set) var isInUse = true
    fileprivate let isKept: Bool

    fileprivate init(_ pointer: OpaquePointer, isKept: Bool) {
      self.pointer = pointer
      self.isKept = isKept
      valueCount = Int(sqlite3_bind_parameter_count(pointer))
      mayWrite = sqlite3_stmt_readonly(pointer) == 0
    }
  }

  /// Hashed by its length and its end alone: texts are long, looked up for every row, and mostly the very same string.
  private struct Text: Hashable {
    let sql: String

    func hash(into hasher: inout Hasher) {
      hasher.combine(sql.utf8.count)
      for byte in sql.utf8.suffix(8) { hasher.combine(byte) }
    }
  }

  /// Texts differ by the lengths of lists, so there may be many; beyond this the idle ones are forgotten.
  private static let countMax = 400

  private let handle: OpaquePointer
  private var entries: [Text: Entry] = [:]

  init(_ handle: OpaquePointer) { self.handle = handle }

  /// The statement for `sql`; nil if it cannot be prepared.
  func take(_ sql: String) -> Entry? {
    guard let known = entries[Text(sql: sql)] else { return keep(sql) }
    guard !known.isInUse else { return prepare(sql).map { Entry($0, isKept: false) } }
    known.isInUse = true
    return known
  }

  func giveBack(_ entry: Entry) {
    guard entry.isKept else { sqlite3_finalize(entry.pointer); return }
    sqlite3_reset(entry.pointer)
    sqlite3_clear_bindings(entry.pointer)
    entry.isInUse = false
  }

  /// Forgets every idle statement.
  func empty() {
    for (text, entry) in entries where !entry.isInUse {
      sqlite3_finalize(entry.pointer)
      entries[text] = nil
    }
  }

  private func keep(_ sql: String) -> Entry? {
    guard let pointer = prepare(sql) else { return nil }
    if entries.count >= Self.countMax { empty() }
    let entry = Entry(pointer, isKept: true)
    entries[Text(sql: sql)] = entry
    return entry
  }

  private func prepare(_ sql: String) -> OpaquePointer? {
    var pointer: OpaquePointer?
    sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
    return pointer
  }
}
