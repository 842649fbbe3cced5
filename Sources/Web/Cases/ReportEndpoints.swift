import Domain
import Features
import Hummingbird

/// The door of the API: reports in, and what became of them.
enum ReportEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [receive(parts), track(parts)] }

  private static func receive(_ parts: WebParts) -> Endpoint {
    let receive = ReceiveReport(parts.site)
    return Endpoint(
      .post, "/api/v1/reports", "receiveReport", zh: "受理一条报警", en: "Take a report in",
      access: .scope(.reportsWrite), roles: Transitions.of(.opened).by,
      parameters: [.idempotencyKey(isRequired: true)], body: ReportInput.schema,
      bodyExample: [
        "door": "app", "text": "楼上装修,电钻声太吵 / drilling upstairs", "division": .string(parts.site.district),
      ],
      answer: .json(
        ReceiptView.schema, status: 201, headers: ["Location": "/api/v1/reports/{id}"],
        identifiers: ["/api/v1/cases/{id}": "/case", "/api/v1/reports/{id}": "/report"]),
      problems: [
        .idempotencyKeyMissing, .idempotencyKeyInvalid, .idempotencyKeyReused, .textMissing, .textTooLong,
        .fieldTooLong, .tooManyAttributes, .coordinateImpossible, .locationMissing, .timeImpossible, .outsideCity,
        .unknownKind, .kindNotLeaf, .unknownDivision, .unknownPlace, .unknownDoor,
      ]
    ) { call in
      guard call.request.headers[.idempotencyKey] != nil else {
        throw Problem(.idempotencyKeyMissing, field: "Idempotency-Key")
      }
      let (input, bytes) = try await call.body(ReportInput.self)
      let receipt = try await receive(input.report, by: call.actor, key: call.requestKey(bytes))
      return try JSON.response(ReceiptView(receipt), status: .created,
                               headers: [.location: "/api/v1/reports/\(receipt.report)"])
    }
  }

  private static func track(_ parts: WebParts) -> Endpoint {
    let track = TrackReport(parts.site)
    return Endpoint(
      .get, "/api/v1/reports/{id}", "readReport", zh: "查询报警的办理情况", en: "What became of a report",
      access: .scope(.reportsRead), answer: .json(ReportStatusView.schema), problems: [.unknownReport]
    ) { call in
      let id = try call.identifier("id", orElse: .unknownReport)
      do {
        return try JSON.response(ReportStatusView(try await track(id, for: call.actor)))
      } catch Rejection.unknownCase { throw Problem(.unknownReport) }
    }
  }
}

extension Endpoint.Parameter {
  static func idempotencyKey(isRequired: Bool = false) -> Endpoint.Parameter {
    Endpoint.Parameter(
      name: "Idempotency-Key", place: .header, schema: .string(max: 200, min: 1, pattern: "^[!-~]+$"),
      isRequired: isRequired,
      summary: Texts(
        zh: "调用方为此请求取的键。同一键重复提交得到首次的答复;同一键配不同内容被拒绝。",
        en: "The caller's own key for this request. Repeated, it gets the first answer; with another body a refusal."))
  }
}

/// A report as a caller sends it.
struct ReportInput: JSONInput {
  let door: String
  let kind: String?
  let text: String?
  let name: String?
  let contact: String?
  let address: String?
  let point: Strict<PointInput>?
  let place: String?
  let division: String?
  let saidAt: Timestamp?
  let attributes: [String: String]?

  static let schema = Schema.object([
    .required("door", .code), .optional("kind", .code),
    .optional("text", .string(max: ReportLimits.textCharactersMax)),
    .optional("name", .string(max: ReportLimits.fieldCharactersMax)),
    .optional("contact", .string(max: ReportLimits.fieldCharactersMax)),
    .optional("address", .string(max: ReportLimits.fieldCharactersMax)),
    .optional("point", .point), .optional("place", .code), .optional("division", .code),
    .optional("saidAt", .instant),
    .optional("attributes", .map(.string(max: ReportLimits.fieldCharactersMax), max: ReportLimits.attributesMax)),
  ]).named("NewReport")

  var report: IncomingReport {
    IncomingReport(
      door: door, kind: kind, text: text ?? "", reporterName: name, reporterContact: contact, address: address,
      coordinate: point.map(\.value.coordinate), place: place, division: division, saidAt: saidAt?.instant,
      attributes: attributes ?? [:])
  }
}

/// WGS-84 degrees.
struct PointInput: JSONInput {
  let latitude: Double
  let longitude: Double

  static let schema = Schema.point
  var coordinate: Coordinate { Coordinate(latitude: latitude, longitude: longitude) }
}

/// The answer to a door.
struct ReceiptView: Encodable, Sendable {
  let report: String
  let `case`: String
  let phase: Phase
  let kind: String?
  let agency: String?
  let receivedAt: Timestamp

  init(_ receipt: Receipt) {
    report = receipt.report
    self.case = receipt.case
    phase = receipt.phase
    kind = receipt.kind
    agency = receipt.agency
    receivedAt = receipt.receivedAt.timestamp
  }

  static let schema = Schema.object([
    .required("report", .identifier), .required("case", .identifier), .required("phase", .words(Phase.self)),
    .optional("kind", .string()), .optional("agency", .string()), .required("receivedAt", .instant),
  ]).named("Receipt")
}

/// What a sender may know of a report.
struct ReportStatusView: Encodable, Sendable {
  let report: String
  let `case`: String
  let door: String
  let phase: Phase
  let kind: String?
  let agency: String?
  let outcome: Outcome?
  let saidAt: Timestamp
  let receivedAt: Timestamp
  let dueAt: Timestamp?
  let answeredAt: Timestamp?
  let closedAt: Timestamp?

  init(_ answer: TrackReport.Answer) {
    report = answer.report.id
    self.case = answer.summary.id
    door = answer.report.door
    phase = answer.summary.phase
    kind = answer.summary.kind
    agency = answer.summary.agency
    outcome = answer.summary.outcome
    saidAt = answer.report.saidAt.timestamp
    receivedAt = answer.report.receivedAt.timestamp
    dueAt = answer.summary.dueAt?.timestamp
    answeredAt = answer.answeredAt?.timestamp
    closedAt = answer.summary.closedAt?.timestamp
  }

  static let schema = Schema.object([
    .required("report", .identifier), .required("case", .identifier), .required("door", .string()),
    .required("phase", .words(Phase.self)), .optional("kind", .string()), .optional("agency", .string()),
    .optional("outcome", .words(Outcome.self)), .required("saidAt", .instant), .required("receivedAt", .instant),
    .optional("dueAt", .instant), .optional("answeredAt", .instant), .optional("closedAt", .instant),
  ]).named("ReportStatus")
}
