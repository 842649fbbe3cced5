import Foundation

extension IncidentSegment {
  /// The first 64 bytes of a file.
  struct Header {
    let rows: Int
    let base: Int64
    let month: Int
    /// Where the lists of codes begin.
    let codesAt: Int
    let checksum: UInt64
    /// Of the whole file.
    let byteCount: Int

    static let byteCount = 64
    /// "HWINC001".
    private static let magic: UInt64 = 0x3130_3043_4e49_5748

    init?(_ bytes: UnsafeRawBufferPointer) {
      guard bytes.count >= Self.byteCount, bytes.load(as: UInt64.self) == Self.magic else { return nil }
      rows = Int(bytes.load(fromByteOffset: 8, as: UInt64.self))
      base = bytes.load(fromByteOffset: 16, as: Int64.self)
      month = Int(bytes.load(fromByteOffset: 24, as: Int64.self))
      codesAt = Int(bytes.load(fromByteOffset: 32, as: UInt64.self))
      checksum = bytes.load(fromByteOffset: 40, as: UInt64.self)
      byteCount = Int(bytes.load(fromByteOffset: 48, as: UInt64.self))
    }

    static func fields(rows: Int, base: Int64, month: Int, codesAt: Int, checksum: UInt64, byteCount: Int) -> [UInt64] {
      [magic, UInt64(rows), UInt64(bitPattern: base), UInt64(month), UInt64(codesAt), checksum, UInt64(byteCount), 0]
    }

    /// Over all words behind the header and the bytes that are left: FNV-1a, a word at a time.
    static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt64 {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      let body = UnsafeRawBufferPointer(rebasing: bytes[min(byteCount, bytes.count)...])
      let words = body.count / 8
      for index in 0..<words {
        hash = (hash ^ body.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)) &* 0x100_0000_01b3
        hash ^= hash >> 29
      }
      for index in words * 8..<body.count { hash = (hash ^ UInt64(body[index])) &* 0x100_0000_01b3 }
      return hash
    }
  }

  /// The file of a month.
  /// - Parameter table: all rows of the month, in order.
  static func file(of table: IncidentTable, month: CountMonth) -> (bytes: Data, checksum: UInt64) {
    let (rows, firstDay) = (table.count, Int32(month.days.lowerBound))
    // A day before anything that the city's clocks may show of the month.
    let base = Int64(month.days.lowerBound - 1) * 86_400
    var bytes = Data(capacity: Header.byteCount + rows * Columns.rowBytes + 4_096)
    bytes.append(Data(count: Header.byteCount))
    func column<T>(_ values: [T]) { values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    column(table.seconds.map { UInt32($0 - base) })
    column(table.east)
    column(table.north)
    column(table.place)
    column(table.kind)
    column(table.division)
    column(table.day.map { UInt8($0 - firstDay) })
    column(table.hour)
    column(table.door)
    column(table.isFirst.map { $0 ? 1 as UInt8 : 0 })
    let codesAt = bytes.count
    for codes in [table.places, table.kinds, table.divisions, table.doors] {
      column([UInt32(codes.count)])
      for code in codes.list {
        column([UInt32(code.utf8.count)])
        bytes.append(contentsOf: Array(code.utf8))
      }
    }
    let checksum = bytes.withUnsafeBytes { Header.checksum(of: $0) }
    let fields = Header.fields(rows: rows, base: base, month: month.number, codesAt: codesAt, checksum: checksum,
                               byteCount: bytes.count)
    fields.withUnsafeBytes { header in bytes.replaceSubrange(0..<Header.byteCount, with: header) }
    return (bytes, checksum)
  }
}
