import Domain

/// Why a row of an import was passed over. Nothing of it was stored.
enum ImportFault: Error, Sendable, Hashable {
  case csv(CSVFault)
  case notUTF8
  case columnCount(expected: Int, found: Int)
  case valueMissing(column: String)
  case coordinateUnreadable(column: String)
  case timeUnreadable(column: String)
  /// The table of this column has no such entry.
  case wordUnknown(column: String)
  case report(ReportFault)
  case rejection(Rejection)

  /// Nil for an error that is not the row's fault.
  init?(_ error: any Error) {
    switch error {
    case let fault as ImportFault: self = fault
    case let fault as ReportFault: self = .report(fault)
    case let rejection as Rejection: self = .rejection(rejection)
    default: return nil
    }
  }
}

extension ImportFault {
  /// The reason in both languages, without anything that the row says.
  var reason: Texts {
    switch self {
    case .csv(let fault): Self.reason(fault)
    case .notUTF8: Texts(zh: "不是 UTF-8 编码", en: "not UTF-8")
    case .columnCount(let expected, let found):
      Texts(zh: "应有 \(expected) 列,实有 \(found) 列", en: "\(found) columns instead of \(expected)")
    case .valueMissing(let column): Texts(zh: "“\(column)”为空", en: "\(column) is empty")
    case .coordinateUnreadable(let column): Texts(zh: "“\(column)”不是坐标", en: "\(column) is no coordinate")
    case .timeUnreadable(let column): Texts(zh: "“\(column)”不符合时间格式", en: "\(column) is no time of the given format")
    case .wordUnknown(let column): Texts(zh: "对照表中没有“\(column)”的值", en: "the table has no entry for \(column)")
    case .report(let fault): fault.reason
    case .rejection(let rejection): rejection.intakeReason
    }
  }

  private static func reason(_ fault: CSVFault) -> Texts {
    switch fault {
    case .strayQuote: Texts(zh: "引号位置错误", en: "a quote in the wrong place")
    case .openQuote: Texts(zh: "引号没有闭合", en: "a quote that is never closed")
    case .rowTooLong: Texts(zh: "行过长", en: "the row is too long")
    case .tooManyFields: Texts(zh: "列过多", en: "too many columns")
    }
  }
}

/// Why an import cannot go on. What was committed stands; a later run goes on from there.
public enum ImportFailure: Error, Sendable, Hashable {
  case inputUnreadable
  case rejectsUnwritable
  /// The file is empty, or its first row is no header.
  case headerMissing
  case columnsMissing([String])
  /// Two columns of this name: which one is meant?
  case columnTwice(String)
  /// Another process imports the same source at this moment.
  case overtaken
}
