import GRDBSQLite
import SQL

/// The SQL aggregate that counts pairs of a text and a number in one pass, by a table that is hashed; on one connection.
///
/// Its result in SQL is NULL: what it counted is read here, so that no row has to be written and read again.
final class TallyFunction {
  static let name: StaticString = "headwater_tally"

  private struct Entry {
    let hash: UInt64
    let key: Range<Int>
    let number: Int64
    var count = 1
  }

  /// All keys, one behind the other.
  private var keys: [UInt8] = []
  private var entries: [Entry] = []
  /// Indices of ``entries``, -1 where empty; a power of two of them, at most half of them taken.
  private var slots = [Int](repeating: -1, count: 64)

  /// - Precondition: lives as long as statements are run on the connection.
  init(on handle: OpaquePointer) {
    let code = sqlite3_create_function_v2(
      handle, "\(Self.name)", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, Unmanaged.passUnretained(self).toOpaque(), nil,
      { context, _, values in
        guard let values, let data = sqlite3_user_data(context) else { return }
        let key = sqlite3_value_blob(values[0])
        let bytes = UnsafeRawBufferPointer(start: key, count: Int(sqlite3_value_bytes(values[0])))
        let function = Unmanaged<TallyFunction>.fromOpaque(data)
        function._withUnsafeGuaranteedRef { $0.add(bytes, sqlite3_value_int64(values[1])) }
      },
      { context in sqlite3_result_null(context) }, nil)
    precondition(code == SQLITE_OK, "SQLite takes the function")
  }

  /// Forgets what was counted: also what a query left that failed on its way.
  func begin() {
    keys = []
    entries = []
    slots = [Int](repeating: -1, count: 64)
  }

  var found: [Tallied] {
    entries.map {
      Tallied(key: String(decoding: keys[$0.key], as: UTF8.self), number: Int($0.number), count: $0.count)
    }
  }

  private func add(_ key: UnsafeRawBufferPointer, _ number: Int64) {
    let hash = Self.hash(key, number)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = slots[slot]
      if entries[index].hash == hash, entries[index].number == number, isSame(entries[index].key, key) {
        entries[index].count += 1
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = entries.count
    entries.append(Entry(hash: hash, key: keys.count..<keys.count + key.count, number: number))
    keys.append(contentsOf: key)
    if entries.count * 2 > slots.count { grow() }
  }

  private func isSame(_ range: Range<Int>, _ key: UnsafeRawBufferPointer) -> Bool {
    range.count == key.count && keys.withUnsafeBytes { $0[range].elementsEqual(key) }
  }

  private func grow() {
    slots = [Int](repeating: -1, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = index
    }
  }

  /// FNV-1a of the key and the number.
  private static func hash(_ key: UnsafeRawBufferPointer, _ number: Int64) -> UInt64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ UInt64(bitPattern: number)
    return key.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
