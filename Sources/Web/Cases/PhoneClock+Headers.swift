import Domain
import Features
import HTTPTypes
import Hummingbird

extension HandleCase.PhoneClock {
  /// How long a phone may have been without a network.
  private static let ageMax = Span.hours(30 * 24)

  /// What a phone says of a step that it kept: two headers, so that the body stays the same however often it is sent.
  /// - Returns: nil where neither is there.
  /// - Throws: ``ProblemKind/fieldInvalid``.
  init?(_ request: Request) throws {
    let names: [HTTPField.Name] = [.doneAt, .sentAt]
    let given = names.map { request.headers[$0] }
    guard given.contains(where: { $0 != nil }) else { return nil }
    let instants = zip(names, given).map { name, text in (name, text.flatMap { Timestamp.instant($0) }) }
    if let fault = instants.first(where: { $0.1 == nil }) { throw Problem(.fieldInvalid, field: fault.0.rawName) }
    guard let doneAt = instants[0].1, let sentAt = instants[1].1, doneAt <= sentAt, sentAt - doneAt < Self.ageMax else {
      throw Problem(.fieldInvalid, field: HTTPField.Name.doneAt.rawName)
    }
    self.init(doneAt: doneAt, sentAt: sentAt)
  }

  static let parameters: [Endpoint.Parameter] = [
    .init(name: HTTPField.Name.doneAt.rawName, place: .header, schema: .instant, isRequired: false,
          summary: .init(zh: "何时所做（手机时钟），断网补报时用", en: "When it was done, by the phone's clock, if told later")),
    .init(name: HTTPField.Name.sentAt.rawName, place: .header, schema: .instant, isRequired: false,
          summary: .init(zh: "何时发送（同一手机时钟）", en: "When it was sent, by the same clock")),
  ]
}

extension HTTPField.Name {
  static let doneAt = Self("Headwater-Done-At")!
  static let sentAt = Self("Headwater-Sent-At")!
}
