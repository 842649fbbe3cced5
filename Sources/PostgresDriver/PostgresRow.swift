import CPQ
import SQL

/// One row of a result in binary form.
struct PostgresRow: Row {
  let result: OpaquePointer
  let row: Int32

  var columnCount: Int { Int(PQnfields(result)) }

  func isNull(_ column: Int) -> Bool { PQgetisnull(result, row, Int32(column)) == 1 }

  func integer(_ column: Int) -> Int64 {
    let bytes = bytes(of: column)
    switch type(of: column) {
    case PostgresType.int8: return Int64(bitPattern: bytes.bigEndian(UInt64.self))
    case PostgresType.int4: return Int64(Int32(bitPattern: bytes.bigEndian(UInt32.self)))
    case PostgresType.int2: return Int64(Int16(bitPattern: bytes.bigEndian(UInt16.self)))
    case PostgresType.oid: return Int64(bytes.bigEndian(UInt32.self))
    case PostgresType.bool: return bytes.first == 1 ? 1 : 0
    case PostgresType.numeric: return PostgresNumeric(bytes).integer
    case PostgresType.float8, PostgresType.float4: return Int64(real(column))
    case let other: preconditionFailure("column \(column) has the type \(other), not an integer")
    }
  }

  func real(_ column: Int) -> Double {
    let bytes = bytes(of: column)
    switch type(of: column) {
    case PostgresType.float8: return Double(bitPattern: bytes.bigEndian(UInt64.self))
    case PostgresType.float4: return Double(Float(bitPattern: bytes.bigEndian(UInt32.self)))
    case PostgresType.numeric: return PostgresNumeric(bytes).real
    default: return Double(integer(column))
    }
  }

  func text(_ column: Int) -> String { String(decoding: bytes(of: column), as: UTF8.self) }

  func blob(_ column: Int) -> [UInt8] { [UInt8](bytes(of: column)) }

  func value(_ column: Int) -> Value {
    if isNull(column) { return .null }
    return switch type(of: column) {
    case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.oid, PostgresType.bool:
      .integer(integer(column))
    case PostgresType.float8, PostgresType.float4, PostgresType.numeric: .real(real(column))
    case PostgresType.bytea: .blob(blob(column))
    default: .text(text(column))
    }
  }

  private func type(of column: Int) -> Oid { PQftype(result, Int32(column)) }

  private func bytes(of column: Int) -> UnsafeRawBufferPointer {
    let count = Int(PQgetlength(result, row, Int32(column)))
    return UnsafeRawBufferPointer(start: PQgetvalue(result, row, Int32(column)), count: count)
  }
}

/// PostgreSQL's exact decimal, which sums and averages of integers come as: digits to the base of 10,000.
private struct PostgresNumeric {
  private let digits: [Int64]
  /// The power of 10,000 of the first digit.
  private let weight: Int
  private let isNegative: Bool

  init(_ bytes: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt16 { UnsafeRawBufferPointer(rebasing: bytes[(index * 2)...]).bigEndian(UInt16.self) }
    let count = Int(word(0))
    weight = Int(Int16(bitPattern: word(1)))
    isNegative = word(2) == 0x4000
    digits = (0..<count).map { Int64(word(4 + $0)) }
  }

  /// The whole part.
  var integer: Int64 {
    guard weight >= 0 else { return 0 }
    var whole: Int64 = 0
    for index in 0...weight { whole = whole * 10_000 + (index < digits.count ? digits[index] : 0) }
    return isNegative ? -whole : whole
  }

  var real: Double {
    var scale = 1.0
    for _ in 0..<abs(weight) { scale *= 10_000 }
    if weight < 0 { scale = 1 / scale }
    var sum = 0.0
    for digit in digits {
      sum += Double(digit) * scale
      scale /= 10_000
    }
    return isNegative ? -sum : sum
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func bigEndian<T: FixedWidthInteger>(_: T.Type) -> T { T(bigEndian: loadUnaligned(as: T.self)) }
}
