import CPQ
import SQL

/// The values of a statement in PostgreSQL's binary form: texts need no terminator, blobs no hex digits.
struct PostgresParameters {
  /// What each value is declared as; 0 leaves a NULL to the server, which takes it from the place where it stands.
  private(set) var types: [Oid] = []
  private var bytes: [UInt8] = []
  /// Where each value's bytes lie; nil for NULL.
  private var ranges: [Range<Int>?] = []

  init(_ values: [Value]) {
    types.reserveCapacity(values.count)
    ranges.reserveCapacity(values.count)
    for value in values { append(value) }
    // An empty text still needs an address, since a null pointer means NULL.
    bytes.append(0)
  }

  var count: Int32 { Int32(ranges.count) }

  /// Lends the arrays that libpq asks for: values, lengths, formats.
  func withPointers<R>(
    _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) throws -> R
  ) rethrows -> R {
    try bytes.withUnsafeBytes { raw in
      let characters = raw.bindMemory(to: CChar.self)
      let values = ranges.map { range in range.flatMap { characters.baseAddress?.advanced(by: $0.lowerBound) } }
      let lengths = ranges.map { Int32($0?.count ?? 0) }
      return try body(values, lengths, [Int32](repeating: 1, count: ranges.count))
    }
  }

  private mutating func append(_ value: Value) {
    let start = bytes.count
    switch value {
    case .null:
      types.append(PostgresType.unknown)
      ranges.append(nil)
      return
    case .integer(let integer):
      types.append(PostgresType.int8)
      append(bits: UInt64(bitPattern: integer))
    case .real(let real):
      types.append(PostgresType.float8)
      append(bits: real.bitPattern)
    case .text(let text):
      types.append(PostgresType.text)
      bytes.append(contentsOf: text.utf8)
    case .blob(let blob):
      types.append(PostgresType.bytea)
      bytes.append(contentsOf: blob)
    }
    ranges.append(start..<bytes.count)
  }

  private mutating func append(bits: UInt64) {
    withUnsafeBytes(of: bits.bigEndian) { bytes.append(contentsOf: $0) }
  }
}

/// The types that are bound or read, by their numbers in `pg_type`.
enum PostgresType {
  static let unknown: Oid = 0
  static let bool: Oid = 16
  static let bytea: Oid = 17
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let text: Oid = 25
  static let oid: Oid = 26
  static let float4: Oid = 700
  static let float8: Oid = 701
  static let numeric: Oid = 1700
}
