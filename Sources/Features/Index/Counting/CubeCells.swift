/// Counted cells of a cube as they are stored: keys in rising order with counts above 0, as bytes.
///
/// A cell is one number of variable length (seven bits a byte, the lowest first, the top bit set on all but the last):
/// the gap to the key before, less one, doubled, plus one where the count is above 1; such a count follows, less two.
/// The common cell, right behind its neighbour with a count of 1, is one byte.
struct CubeCells: Sendable, Hashable {
  var keys: [UInt64] = []
  var counts: [Int32] = []

  /// Bytes that no cells give.
  struct Damaged: Error {}

  init() {}

  /// Cells of what has these keys, in any order, each time it comes.
  init(each keys: [UInt64]) {
    for key in keys.sorted() {
      if key == self.keys.last {
        counts[counts.count - 1] += 1
      } else {
        self.keys.append(key)
        counts.append(1)
      }
    }
  }

  init(_ bytes: [UInt8]) throws(Damaged) {
    var damaged = false
    var last: UInt64?
    let isWhole = Self.forEach(bytes) { key, count in
      if let last, key <= last { damaged = true }
      last = key
      keys.append(key)
      counts.append(count)
    }
    guard isWhole, !damaged else { throw Damaged() }
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(keys.count * 2)
    var next: UInt64 = 0
    for (key, count) in zip(keys, counts) {
      Self.write((key - next) << 1 | (count > 1 ? 1 : 0), to: &bytes)
      if count > 1 { Self.write(UInt64(count - 2), to: &bytes) }
      next = key + 1
    }
    return bytes
  }

  /// The cells with changes added to their counts; those that come to nothing are gone.
  /// - Returns: nil where a count would fall below 0.
  func adding(_ changes: [UInt64: Int32]) -> CubeCells? {
    var result = CubeCells()
    result.keys.reserveCapacity(keys.count + changes.count)
    result.counts.reserveCapacity(keys.count + changes.count)
    let changes = changes.sorted { $0.key < $1.key }
    var (old, new) = (0, 0)
    while old < keys.count || new < changes.count {
      let isOld = new == changes.count || (old < keys.count && keys[old] <= changes[new].key)
      let key = isOld ? keys[old] : changes[new].key
      var count: Int32 = 0
      if isOld {
        count = counts[old]
        old += 1
      }
      if new < changes.count, changes[new].key == key {
        count += changes[new].value
        new += 1
      }
      if count < 0 { return nil }
      if count > 0 {
        result.keys.append(key)
        result.counts.append(count)
      }
    }
    return result
  }

  /// Every cell in turn.
  /// - Returns: whether the bytes ended where a cell ended.
  @inline(__always)
  static func forEach(_ bytes: [UInt8], _ body: (_ key: UInt64, _ count: Int32) -> Void) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var (at, end) = (0, bytes.count)
      var next: UInt64 = 0
      while at < end {
        let gap = read(bytes, &at, &end)
        var count: Int32 = 1
        if gap & 1 == 1 { count = Int32(truncatingIfNeeded: read(bytes, &at, &end) &+ 2) }
        next &+= gap >> 1
        body(next, count)
        next &+= 1
      }
      return end == bytes.count
    }
  }

  /// Sets `end` to 0 where the number is cut off.
  @inline(__always)
  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ end: inout Int) -> UInt64 {
    var (number, shift): (UInt64, UInt64) = (0, 0)
    while at < end {
      let byte = bytes[at]
      at += 1
      number |= UInt64(byte & 0x7f) &<< shift
      if byte < 0x80 { return number }
      shift += 7
    }
    end = 0
    return number
  }

  private static func write(_ number: UInt64, to bytes: inout [UInt8]) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
