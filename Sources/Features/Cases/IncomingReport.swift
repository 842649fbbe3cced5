import Domain

/// A report as a door hands it in: parsed, not yet judged. The words and the reporter go to the vault, never further.
public struct IncomingReport: Sendable, Hashable {
  public var door: String
  public var kind: String?
  public var text: String
  public var reporterName: String?
  public var reporterContact: String?
  public var address: String?
  public var coordinate: Coordinate?
  public var place: String?
  /// Where neither place nor coordinate is known.
  public var division: String?
  /// When it was said, if not now.
  public var saidAt: Instant?
  /// What the door asked besides (Open311 attributes, an app's form).
  public var attributes: [String: String]
  /// The plate that was scanned.
  public var plate: PlateMark?
  /// JPEG files that ``PhotoPress`` has made.
  var photos: [[UInt8]] = []

  public init(door: String, kind: String? = nil, text: String, reporterName: String? = nil,
              reporterContact: String? = nil, address: String? = nil, coordinate: Coordinate? = nil,
              place: String? = nil, division: String? = nil, saidAt: Instant? = nil,
              attributes: [String: String] = [:], plate: PlateMark? = nil) {
    self.door = door
    self.kind = kind
    self.text = text
    self.reporterName = reporterName
    self.reporterContact = reporterContact
    self.address = address
    self.coordinate = coordinate
    self.place = place
    self.division = division
    self.saidAt = saidAt
    self.attributes = attributes
    self.plate = plate
  }
}

/// What the vault holds of a report.
public struct ReportWords: Sendable, Hashable, Codable {
  public let text: String
  public let reporterName: String?
  public let reporterContact: String?
  public let address: String?
  /// The exact point; the journal has only the block.
  public let coordinate: Coordinate?
  public let attributes: [String: String]?
  /// JPEG files in base 64; nil where there are none.
  public let photos: [String]?
}

/// Limits of what a door may hand in.
public enum ReportLimits {
  public static let textCharactersMax = 4_000
  public static let fieldCharactersMax = 400
  public static let attributesMax = 50
  /// A door's clock may run ahead of ours by this much.
  public static let futureMax = Span.minutes(10)
}

/// What makes a report unusable: nothing is stored.
public enum ReportFault: Error, Sendable, Hashable {
  case textMissing
  case textTooLong
  case fieldTooLong(String)
  case tooManyAttributes
  case coordinateImpossible
  case locationMissing
  case timeImpossible
}

/// The answer to a reporter's door.
public struct Receipt: Sendable, Hashable, Codable {
  public let report: String
  public let `case`: String
  public let phase: Phase
  public let kind: String?
  public let agency: String?
  public let receivedAt: Instant

  public init(report: String, case: String, phase: Phase, kind: String?, agency: String?, receivedAt: Instant) {
    self.report = report
    self.case = `case`
    self.phase = phase
    self.kind = kind
    self.agency = agency
    self.receivedAt = receivedAt
  }
}
