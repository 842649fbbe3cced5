import Foundation
import SQL

/// The statements that one report takes, each with its values; a text may hold `{report}`, `{case}` or `{key}`.
struct RowTemplate: Sendable {
  struct Places: Sendable {
    let report: String
    let `case`: String
    let key: String
  }

  let sql: String
  private let values: [Value]
  private let open: [Int]

  private struct Line: Decodable {
    let sql: String
    /// Pairs of a storage class and a value: `integer`, `real`, `text`, `blob` (hexadecimal) or `null`.
    let values: [[String]]
  }

  struct Malformed: Error {}

  static func read(_ file: URL) throws -> [RowTemplate] {
    try JSONDecoder().decode([Line].self, from: Data(contentsOf: file)).map { line in
      let values = try line.values.map(value)
      let open = values.indices.filter { index in
        if case .text(let text) = values[index] { return text.contains("{") } else { return false }
      }
      return RowTemplate(sql: line.sql, values: values, open: open)
    }
  }

  func filled(_ places: Places) -> [Value] {
    var filled = values
    for index in open {
      guard case .text(let text) = values[index] else { continue }
      filled[index] = .text(
        text.replacingOccurrences(of: "{report}", with: places.report)
          .replacingOccurrences(of: "{case}", with: places.case).replacingOccurrences(of: "{key}", with: places.key))
    }
    return filled
  }

  private static func value(_ pair: [String]) throws -> Value {
    guard pair.count == 2 else { throw Malformed() }
    switch pair[0] {
    case "null": return .null
    case "text": return .text(pair[1])
    case "integer":
      guard let number = Int64(pair[1]) else { throw Malformed() }
      return .integer(number)
    case "real":
      guard let number = Double(pair[1]) else { throw Malformed() }
      return .real(number)
    case "blob":
      let digits = Array(pair[1])
      return .blob(try stride(from: 0, to: digits.count - 1, by: 2).map { index in
        guard let byte = UInt8(String(digits[index...index + 1]), radix: 16) else { throw Malformed() }
        return byte
      })
    default: throw Malformed()
    }
  }
}
