import Domain
import Features

/// A service request that is handed in.
struct Open311Submission: Sendable {
  static let door = "open311"

  let site: Installation
  private var pack: CityPack { site.pack }

  /// Takes it in and answers with its identifier, which is that of its case.
  func receive(_ form: Open311Form, _ request: DoorRequest, by actor: Actor) async throws -> Open311Document {
    let report = try report(form)
    let receive = ReceiveReport(site)
    let receipt: Receipt
    if let key = request.headers["idempotency-key"] {
      receipt = try await receive(
        report, by: actor, key: RequestKey(scope: "open311:" + actor.id, key: key, body: request.body))
    } else {
      receipt = try await receive.once(report, by: actor, body: request.body)
    }
    let answer = Open311Node.fields([
      "service_request_id": .text(receipt.case), "service_notice": .empty,
      "account_id": .optional(form["account_id"]),
    ])
    return Open311Document(root: "service_requests", node: .list("request", [answer]))
  }

  private func report(_ form: Open311Form) throws(Open311Fault) -> IncomingReport {
    guard let code = form["service_code"] else { throw .serviceCodeMissing }
    let kind = try Open311Services.kind(code, pack)
    if let field = form.impossible { throw .characterImpossible(field: field) }
    let point = try point(form)
    let address = form["address_string"]
    let place = try form["address_id"].map { code throws(Open311Fault) in try self.place(code) }
    guard point != nil || address != nil || place != nil else { throw .locationMissing }
    let named = point == nil && place == nil ? address.map(Open311Address.init) : nil
    return IncomingReport(
      door: Self.door, kind: kind.code, text: form["description"] ?? "",
      reporterName: joined(form, "first_name", "last_name"),
      reporterContact: joined(form, "phone", "email"), address: address, coordinate: point,
      place: (place ?? named?.place(in: pack))?.code, division: named?.division(in: pack),
      attributes: try attributes(form, of: kind))
  }

  private func point(_ form: Open311Form) throws(Open311Fault) -> Coordinate? {
    guard form["lat"] != nil || form["long"] != nil else { return nil }
    guard let latitude = form["lat"].flatMap(Double.init), let longitude = form["long"].flatMap(Double.init)
    else { throw .latitudeUnreadable }
    let point = Coordinate(latitude: latitude, longitude: longitude)
    guard point.isValid else { throw .latitudeUnreadable }
    return point
  }

  private func place(_ code: String) throws(Open311Fault) -> Place {
    guard let place = pack.place(code) else { throw .unknownAddress }
    return place
  }

  private func joined(_ form: Open311Form, _ names: String...) -> String? {
    let parts = names.compactMap { form[$0] }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  // MARK: - Attributes

  /// What the kind asks, checked; what a client sends besides, as it stands.
  private func attributes(_ form: Open311Form, of kind: Kind) throws(Open311Fault) -> [String: String] {
    var attributes: [String: String] = [:]
    for name in ["device_id", "account_id"] { attributes[name] = form[name] }
    if let url = form["media_url"] {
      guard url.hasPrefix("https://") || url.hasPrefix("http://") else { throw .mediaURLInvalid }
      attributes["media_url"] = url
    }
    let given = form.attributes
    for question in kind.questions {
      let values = given.first { $0.code == question.code }?.values ?? []
      guard !values.isEmpty || !question.isRequired else { throw .attributeMissing(question.code) }
      guard values.allSatisfy({ isAnswer($0, to: question) }), values.count <= 1 || question.form == .multiValueList
      else { throw .attributeInvalid(question.code) }
    }
    for (code, values) in given { attributes[code] = values.joined(separator: ", ") }
    return attributes
  }

  private func isAnswer(_ value: String, to question: Question) -> Bool {
    switch question.form {
    case .string: !value.contains(where: \.isNewline)
    case .text: true
    case .number: Double(value)?.isFinite ?? false
    case .datetime: Open311Time(zone: pack.calendar.zone).instant(value) != nil
    case .singleValueList, .multiValueList: question.choices.contains { $0.key == value }
    }
  }
}
