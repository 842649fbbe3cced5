import Domain
import Foundation

/// One month of the city's calendar of the column store: a file that never changes, mapped into memory.
///
/// A header of 64 bytes (see ``Header``), then the columns one behind the other, the widest first, then the four lists
/// of codes. Little-endian, as is every machine that this runs on.
final class IncidentSegment: Sendable {
  let month: CountMonth
  let rows: Int
  let places: IncidentCodes
  let kinds: IncidentCodes
  let divisions: IncidentCodes
  let doors: IncidentCodes
  /// What times are counted from.
  let base: Int64
  private let data: Data

  /// Something else stands in the file than was written.
  struct Damaged: Error {}

  /// Maps a file and proves that it is whole.
  /// - Throws: ``Damaged``, or what Foundation says of a file that is not there.
  convenience init(mapping file: URL, checksum: UInt64) throws {
    try self.init(Data(contentsOf: file, options: .alwaysMapped), checksum: checksum)
  }

  private init(_ data: Data, checksum: UInt64) throws {
    let header = try data.withUnsafeBytes { bytes in
      guard let header = Header(bytes), header.checksum == checksum, header.byteCount == bytes.count,
        Header.checksum(of: bytes) == checksum, header.codesAt == Header.byteCount + header.rows * Columns.rowBytes
      else { throw Damaged() }
      return header
    }
    var lists = try data.withUnsafeBytes { try Self.lists($0, from: header.codesAt) }
    doors = lists.removeLast()
    divisions = lists.removeLast()
    kinds = lists.removeLast()
    places = lists.removeLast()
    self.data = data
    rows = header.rows
    base = header.base
    month = CountMonth(header.month)
  }

  private static func lists(_ bytes: UnsafeRawBufferPointer, from start: Int) throws -> [IncidentCodes] {
    var at = start
    func number() throws -> Int {
      guard at + 4 <= bytes.count else { throw Damaged() }
      defer { at += 4 }
      return Int(bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }
    return try (0..<4).map { _ in
      let list = try (0..<number()).map { _ in
        let length = try number()
        guard at + length <= bytes.count else { throw Damaged() }
        defer { at += length }
        return String(decoding: bytes[at..<at + length], as: UTF8.self)
      }
      guard list.first == "", Set(list).count == list.count else { throw Damaged() }
      return IncidentCodes(list: list)
    }
  }

  /// The columns where they lie, each of ``IncidentSegment/rows`` values; valid inside the call.
  struct Columns {
    /// Seconds since ``IncidentSegment/base``, in order.
    let second: UnsafePointer<UInt32>
    let east: UnsafePointer<Float>
    let north: UnsafePointer<Float>
    let place: UnsafePointer<UInt32>
    let kind: UnsafePointer<UInt16>
    let division: UnsafePointer<UInt16>
    /// From 0, the first of the month.
    let day: UnsafePointer<UInt8>
    let hour: UnsafePointer<UInt8>
    let door: UnsafePointer<UInt8>
    let isFirst: UnsafePointer<UInt8>

    static let rowBytes = 24

    fileprivate init(_ bytes: UnsafeRawBufferPointer, rows: Int) {
      var at = Header.byteCount
      func column<T>(_ type: T.Type) -> UnsafePointer<T> {
        defer { at += rows * MemoryLayout<T>.stride }
        guard let start = bytes.baseAddress else { preconditionFailure("a segment has a header") }
        return (start + at).assumingMemoryBound(to: type)
      }
      second = column(UInt32.self)
      east = column(Float.self)
      north = column(Float.self)
      place = column(UInt32.self)
      kind = column(UInt16.self)
      division = column(UInt16.self)
      day = column(UInt8.self)
      hour = column(UInt8.self)
      door = column(UInt8.self)
      isFirst = column(UInt8.self)
    }
  }

  func withColumns<T>(_ body: (Columns) throws -> T) rethrows -> T {
    try data.withUnsafeBytes { try body(Columns($0, rows: rows)) }
  }

  /// The rows from one instant up to another.
  func rows(from: Instant, to: Instant) -> Range<Int> {
    withColumns { columns in
      let second = UnsafeBufferPointer(start: columns.second, count: rows)
      // Instants are milliseconds, rows seconds: the first whole second that is not before.
      func first(notBefore instant: Instant) -> Int {
        let wanted = (instant.milliseconds + 999) / 1_000 - base
        var (low, high) = (0, rows)
        while low < high {
          let middle = (low + high) / 2
          if Int64(second[middle]) < wanted { low = middle + 1 } else { high = middle }
        }
        return low
      }
      let start = first(notBefore: from)
      return start..<max(start, first(notBefore: to))
    }
  }
}
