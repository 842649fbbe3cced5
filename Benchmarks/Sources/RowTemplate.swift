import Foundation
import SQL

/// A statement that a report takes, with its values; a text may hold `{report}`, `{case}` or `{key}`.
struct RowTemplate: Sendable {
  struct Places: Sendable {
    let report: String
    let `case`: String
    let key: String
  }

  let sql: String
  private let values: [Value]
  /// The texts that hold places, cut up beforehand.
  private let open: [(index: Int, pieces: [Piece])]
  /// The instants, in milliseconds since the report came in.
  private let instants: [(index: Int, after: Int64)]

  private enum Piece: Sendable {
    case text(String)
    case report, `case`, key

    var isText: Bool { if case .text = self { true } else { false } }
  }

  private struct Line: Decodable {
    let sql: String
    /// Pairs of a storage class and a value: `integer`, `real`, `text`, `blob` (hexadecimal), `null` or `instant`.
    let values: [[String]]
  }

  struct Malformed: Error {}

  /// The rows of each report.
  static func read(_ file: URL) throws -> [[RowTemplate]] {
    try JSONDecoder().decode([[Line]].self, from: Data(contentsOf: file)).map { try $0.map(template) }
  }

  private static func template(_ line: Line) throws -> RowTemplate {
    let values = try line.values.map(value)
    let open = values.indices.compactMap { index -> (Int, [Piece])? in
      guard case .text(let text) = values[index] else { return nil }
      let pieces = pieces(text)
      return pieces.count == 1 && pieces[0].isText ? nil : (index, pieces)
    }
    let instants = values.indices.compactMap { index -> (Int, Int64)? in
      guard line.values[index][0] == "instant", case .integer(let after) = values[index] else { return nil }
      return (index, after)
    }
    return RowTemplate(sql: line.sql, values: values, open: open, instants: instants)
  }

  /// - Parameter now: milliseconds since 1970-01-01T00:00:00Z.
  func filled(_ places: Places, now: Int64) -> [Value] {
    var filled = values
    for (index, after) in instants { filled[index] = .integer(now + after) }
    for (index, pieces) in open {
      filled[index] = .text(pieces.reduce(into: "") { text, piece in
        switch piece {
        case .text(let part): text += part
        case .report: text += places.report
        case .case: text += places.case
        case .key: text += places.key
        }
      })
    }
    return filled
  }

  private static func pieces(_ text: String) -> [Piece] {
    let places: [(String, Piece)] = [("{report}", .report), ("{case}", .case), ("{key}", .key)]
    let first = places.compactMap { mark, piece in text.range(of: mark).map { ($0, piece) } }
      .min { $0.0.lowerBound < $1.0.lowerBound }
    guard let (range, piece) = first else { return [.text(text)] }
    let before = text[..<range.lowerBound]
    let after = text[range.upperBound...]
    return (before.isEmpty ? [] : [.text(String(before))]) + [piece] + (after.isEmpty ? [] : pieces(String(after)))
  }

  private static func value(_ pair: [String]) throws -> Value {
    guard pair.count == 2 else { throw Malformed() }
    switch pair[0] {
    case "null": return .null
    case "text": return .text(pair[1])
    case "integer", "instant":
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
