import Domain
import Foundation

/// Rates made ready to be read: the same figures as table, CSV and JSON.
public struct RatesReport: Sendable {
  public let lines: [ReadRates.Line]
  public let query: ReadRates.Query
  private let pack: CityPack

  public init(lines: [ReadRates.Line], query: ReadRates.Query, pack: CityPack) {
    self.lines = lines
    self.query = query
    self.pack = pack
  }

  /// The name of a group in both languages; its code where the pack in force does not know it.
  public func name(of group: String) -> Texts {
    let names: Texts? = switch query.by {
    case .agency: pack.agency(group)?.names
    case .division: pack.division(group)?.names
    case .kind: pack.kind(group)?.names
    case .door, nil: nil
    }
    return names ?? Texts(zh: group, en: group)
  }

  public var table: String {
    let header = ["rate", query.by?.rawValue ?? "", "name", "value", "counted", "hits", "not yet due"]
    let rows = lines.map { line in
      [line.rate.rawValue, line.group, name(of: line.group).zh, percent(line), String(line.denominator),
       String(line.numerator), String(line.notYetDue)]
    }
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { Self.width($0[column]) }.max() ?? 0 }
    return all.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - Self.width($0)) }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// RFC 4180. A field that a spreadsheet would take for a formula is given an apostrophe.
  public var csv: String {
    let header = "rate,formula_version,group,name_zh,name_en,denominator,numerator,not_yet_due,value\r\n"
    return header + lines.map { line in
      let name = name(of: line.group)
      let fields = [line.rate.rawValue, String(Rate.formulaVersion), line.group, name.zh, name.en,
                    String(line.denominator), String(line.numerator), String(line.notYetDue),
                    line.value.map { String($0) } ?? ""]
      return fields.map(CSVField.safe).joined(separator: ",") + "\r\n"
    }.joined()
  }

  public struct Document: Sendable, Codable {
    public struct Line: Sendable, Codable {
      public let rate: String
      public let group: String
      public let names: Texts
      public let denominator: Int
      public let numerator: Int
      public let notYetDue: Int
      public let value: Double?
    }
    public let formulaVersion: Int
    public let from: Int64
    public let to: Int64
    public let asOf: Int64
    public let by: String?
    public let lines: [Line]
  }

  public var document: Document {
    Document(
      formulaVersion: Rate.formulaVersion, from: query.from.milliseconds, to: query.to.milliseconds,
      asOf: query.asOf.milliseconds, by: query.by?.rawValue,
      lines: lines.map {
        .init(rate: $0.rate.rawValue, group: $0.group, names: name(of: $0.group), denominator: $0.denominator,
              numerator: $0.numerator, notYetDue: $0.notYetDue, value: $0.value)
      })
  }

  public var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
  }

  private func percent(_ line: ReadRates.Line) -> String {
    line.value.map { String(format: "%.2f %%", $0 * 100) } ?? "–"
  }

  /// Columns of a terminal: Chinese characters take two.
  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFDC).contains($1.value) ? 2 : 1) }
  }
}
