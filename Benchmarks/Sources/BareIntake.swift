import ArgumentParser
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// The bare pipeline that intake is held against: the same server, the same JSON decoded, the same rows by plain
/// statements in group commits; no domain, no sign-in, no sealing.
struct BareIntake: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "bare-intake")

  @Option(help: "Rows of reports as our server wrote them, with places for what differs.") var template: String
  @Option(help: "A database with the schema in it.") var file: String
  @Option var port: Int

  struct Report: Decodable {
    struct Point: Decodable {
      let latitude: Double
      let longitude: Double
    }
    let door: String
    let kind: String?
    let text: String?
    let name: String?
    let contact: String?
    let address: String?
    let point: Point?
    let place: String?
    let division: String?
    let attributes: [String: String]?
  }

  struct Receipt: Encodable {
    let report: String
    let `case`: String
    let phase: String
  }

  func run() async throws {
    let writer = try BareWriter(path: file, reports: try RowTemplate.read(URL(fileURLWithPath: template)))
    let router = Router()
    router.get("readyz") { _, _ in HTTPResponse.Status.ok }
    router.post("api/v1/reports") { request, _ in
      let body = try await request.body.collect(upTo: 65_536)
      let report = try JSONDecoder().decode(Report.self, from: Data(body.readableBytesView))
      guard report.text?.isEmpty == false || report.kind != nil, let name = HTTPField.Name("Idempotency-Key"),
        let key = request.headers[name]
      else { throw HTTPError(.badRequest) }
      let places = RowTemplate.Places(report: Self.identifier(), case: Self.identifier(), key: key)
      try await writer.write(places)
      let receipt = Receipt(report: places.report, case: places.case, phase: "assigned")
      return Response(status: .created, headers: [.contentType: "application/json"],
                      body: .init(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(receipt))))
    }
    var logger = Logger(label: "bare")
    logger.logLevel = .error
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
    try await application.runService()
  }

  private static func identifier() -> String {
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 32, uppercase: true)
    let text = String(Int(Date().timeIntervalSince1970 * 1_000), radix: 32, uppercase: true) + random
    return String((text + "00000000000000000000000000").prefix(26))
  }
}
