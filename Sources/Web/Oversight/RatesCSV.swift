import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore

/// The rates of a period as CSV (RFC 4180), in UTF-8 with a byte order mark, so that spreadsheets read the Chinese.
struct RatesCSV {
  private let rows: [[String]]

  init(_ query: RateQuery, _ lines: [ReadRates.Line], pack: CityPack) {
    let head = [
      "rate", "group", "name_zh", "name_en", "numerator", "denominator", "value", "not_yet_due", "as_of",
      "formula_version", "cases",
    ]
    rows = [head] + lines.map { line in
      let names = query.query.by.flatMap { pack.names($0, line.group) }
      return [
        line.rate.rawValue, line.group, names?.zh ?? "", names?.en ?? "", String(line.numerator),
        String(line.denominator), line.value.map { String($0) } ?? "", String(line.notYetDue),
        query.query.asOf.timestamp.text, String(Rate.formulaVersion), query.link(line, .denominator),
      ]
    }
  }

  var text: String { rows.map { $0.map(CSVField.safe).joined(separator: ",") + "\r\n" }.joined() }

  var response: Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
        .contentDisposition: "attachment; filename=\"rates.csv\"",
      ],
      body: .init(byteBuffer: ByteBuffer(string: "\u{FEFF}" + text)))
  }
}

extension CityPack {
  /// What a value of a dimension is called; nil for one that the pack does not name.
  func names(_ dimension: ReadRates.Dimension, _ code: String) -> Texts? {
    switch dimension {
    case .agency: agency(code)?.names
    case .division: division(code)?.names
    case .kind: kind(code)?.names
    case .door: nil
    }
  }
}
