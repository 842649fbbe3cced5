import Domain
import Features

/// Reading service requests: one, or many by their filters.
struct Open311Requests: Sendable {
  static let spanMax = Span.days(90)
  static let countMax = 1_000

  let site: Installation
  let language: Open311Language
  private var time: Open311Time { Open311Time(zone: site.pack.calendar.zone) }

  func many(_ form: Open311Form) async throws -> Open311Document {
    let page = try number(form["page"], in: 1...1_000_000) ?? 1
    let size = try number(form["page_size"], in: 1...Self.countMax) ?? Self.countMax
    let found = try await PublicCases(site)(try filter(form), limit: size, offset: (page - 1) * size)
    return document(found)
  }

  /// - Parameter sender: sees its own, published or not.
  func one(_ id: String, for sender: Actor?) async throws -> Open311Document {
    let cases = PublicCases(site)
    if let entry = try await cases(.init(ids: [id]), limit: 1).first { return document([entry]) }
    guard let sender, let entry = try await cases.own(id, of: sender) else { throw Open311Fault.unknownRequest }
    return document([entry])
  }

  // MARK: - Filters

  private func filter(_ form: Open311Form) throws(Open311Fault) -> PublicCases.Filter {
    if let ids = form.list("service_request_id") {
      guard ids.count <= Self.countMax else { throw .tooManyIdentifiers }
      return .init(ids: ids)
    }
    var filter = PublicCases.Filter(kinds: form.list("service_code"), isEnded: try isEnded(form.list("status")))
    (filter.from, filter.to) = try range(from: date("start_date", form), to: date("end_date", form))
    return filter
  }

  private func isEnded(_ words: [String]?) throws(Open311Fault) -> Bool? {
    guard let words else { return nil }
    let wanted = Set(words.map { $0.lowercased() })
    guard wanted.isSubset(of: ["open", "closed"]) else { throw .statusUnknown }
    return wanted.count == 2 ? nil : wanted.contains("closed")
  }

  private func date(_ name: String, _ form: Open311Form) throws(Open311Fault) -> Instant? {
    guard let text = form[name] else { return nil }
    guard let instant = time.instant(text) else { throw .dateUnreadable(name) }
    return instant
  }

  /// The missing end of a range lies 90 days from the other; without both, these are the last 90 days.
  private func range(from: Instant?, to: Instant?) throws(Open311Fault) -> (Instant, Instant) {
    let to = to ?? from.map { $0 + Self.spanMax } ?? site.now()
    let from = from ?? to - Self.spanMax
    guard from <= to else { throw .rangeReversed }
    guard to - from <= Self.spanMax else { throw .rangeTooLong }
    return (from, to)
  }

  private func number(_ text: String?, in range: ClosedRange<Int>) throws(Open311Fault) -> Int? {
    guard let text else { return nil }
    guard let number = Int(text), range.contains(number) else { throw .pageInvalid }
    return number
  }

  // MARK: - Answers

  private func document(_ entries: [PublicCases.Entry]) -> Open311Document {
    Open311Document(root: "service_requests", node: .list("request", entries.map(node)))
  }

  private func node(_ entry: PublicCases.Entry) -> Open311Node {
    .fields([
      "service_request_id": .text(entry.id),
      "status": .text(entry.isEnded ? "closed" : "open"),
      "status_notes": .optional(notes(entry)),
      "service_name": .text(language.text(entry.kind.names)),
      "service_code": .text(entry.kind.code),
      // What was said is personal data: it stays in the vault.
      "description": .empty,
      "agency_responsible": .optional(entry.agency.flatMap(site.pack.agency).map { language.text($0.names) }),
      "service_notice": .empty,
      "requested_datetime": .text(time.text(entry.openedAt)),
      "updated_datetime": .text(time.text(entry.changedAt)),
      "expected_datetime": .optional(entry.dueAt.map(time.text)),
      "address": .optional(address(entry)),
      "address_id": .optional(entry.place?.code),
      "zipcode": .empty,
      "lat": entry.point.map { .number($0.latitude) } ?? .empty,
      "long": entry.point.map { .number($0.longitude) } ?? .empty,
      "media_url": .empty,
    ])
  }

  private func notes(_ entry: PublicCases.Entry) -> String? {
    if let target = entry.mergedInto {
      return language.text(Texts(zh: "已并入 \(target)", en: "Part of \(target)."))
    }
    return entry.outcome.map { language.text($0.names) }
  }

  /// The place and the divisions around it, from small to large.
  private func address(_ entry: PublicCases.Entry) -> String? {
    let divisions = site.pack.divisionPath(entry.division).compactMap { site.pack.division($0)?.names }
    let parts = (entry.place.map { [$0.names] } ?? []) + divisions
    return parts.isEmpty ? nil : parts.map(language.text).joined(separator: ", ")
  }
}

extension Outcome {
  var names: Texts {
    switch self {
    case .mediated: Texts(zh: "已调解", en: "Settled by mediation.")
    case .mediationFailed: Texts(zh: "调解未成", en: "Mediation did not succeed.")
    case .handled: Texts(zh: "已处置", en: "Handled.")
    case .referred: Texts(zh: "已转介", en: "Referred.")
    case .unfounded: Texts(zh: "查无实情", en: "Unfounded.")
    case .notFound: Texts(zh: "现场未发现", en: "Nothing was found.")
    case .withdrawn: Texts(zh: "诉求人撤回", en: "Withdrawn.")
    }
  }
}
