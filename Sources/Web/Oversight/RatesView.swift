import Domain
import Features

/// The rates of a period as JSON.
struct RatesView: Encodable, Sendable {
  struct Figure: Encodable, Sendable {
    let count: Int
    /// Where the cases behind it are listed.
    let cases: String
  }

  struct LineView: Encodable, Sendable {
    let rate: Rate
    /// The value of the dimension; none for the whole.
    let group: String?
    /// 0 … 1; none where nothing counts yet.
    let value: Double?
    let numerator: Figure
    let denominator: Figure
    let notYetDue: Figure
  }

  let from: Timestamp
  let to: Timestamp
  let asOf: Timestamp
  let by: String?
  let formulaVersion: Int
  let rates: [LineView]

  init(_ query: RateQuery, _ lines: [ReadRates.Line]) {
    from = query.query.from.timestamp
    to = query.query.to.timestamp
    asOf = query.query.asOf.timestamp
    by = query.query.by?.rawValue
    formulaVersion = Rate.formulaVersion
    rates = lines.map { line in
      LineView(
        rate: line.rate, group: query.query.by == nil ? nil : line.group, value: line.value,
        numerator: Figure(count: line.numerator, cases: query.link(line, .numerator)),
        denominator: Figure(count: line.denominator, cases: query.link(line, .denominator)),
        notYetDue: Figure(count: line.notYetDue, cases: query.link(line, .notYetDue)))
    }
  }

  private static let figure = Schema.object([
    .required("count", .integer()), .required("cases", .string()),
  ]).named("Figure")

  static let schema = Schema.object([
    .required("from", .instant), .required("to", .instant), .required("asOf", .instant),
    .optional("by", .words(ReadRates.Dimension.self)), .required("formulaVersion", .integer()),
    .required("rates", .list(.object([
      .required("rate", .words(Rate.self)), .optional("group", .string()), .optional("value", .number(0...1)),
      .required("numerator", figure), .required("denominator", figure), .required("notYetDue", figure),
    ]))),
  ]).named("Rates")
}
