import Domain

/// The list of services, and what each asks: the kinds that the pack publishes.
struct Open311Services: Sendable {
  let pack: CityPack
  let language: Open311Language

  /// - Throws: ``Open311Fault/unknownService``: also for a kind that is not published.
  static func kind(_ code: String, _ pack: CityPack) throws(Open311Fault) -> Kind {
    guard let kind = pack.kind(code), kind.isPublished, pack.isLeaf(kind: code) else { throw .unknownService }
    return kind
  }

  var list: Open311Document {
    let kinds = pack.leafKinds.filter(\.isPublished)
    return Open311Document(root: "services", node: .list("service", kinds.map(service)))
  }

  func definition(_ kind: Kind) -> Open311Document {
    let attributes = kind.questions.enumerated().map { attribute($1, order: $0 + 1) }
    return Open311Document(root: "service_definition", node: .fields([
      "service_code": .text(kind.code), "attributes": .list("attribute", attributes),
    ]))
  }

  private func service(_ kind: Kind) -> Open311Node {
    let group = pack.kind(kind.code.split(separator: ".").dropLast().joined(separator: "."))
    return .fields([
      "service_code": .text(kind.code),
      "service_name": .text(language.text(kind.names)),
      "description": .text(language.text(kind.names)),
      "metadata": .flag(!kind.questions.isEmpty),
      "type": .text("realtime"),
      "keywords": .text(kind.cues.joined(separator: ", ")),
      "group": .optional(group.map { language.text($0.names) }),
    ])
  }

  private func attribute(_ question: Question, order: Int) -> Open311Node {
    let values = question.choices.map { choice in
      Open311Node.fields(["key": .text(choice.key), "name": .text(language.text(choice.names))])
    }
    let fields: KeyValuePairs<String, Open311Node> = [
      "variable": .flag(true),
      "code": .text(question.code),
      "datatype": .text(question.form.rawValue),
      "required": .flag(question.isRequired),
      "datatype_description": .empty,
      "order": .number(Double(order)),
      "description": .text(language.text(question.names)),
    ]
    guard question.form.isList else { return .fields(fields) }
    return .object(fields.map { .init(name: $0.key, value: $0.value) }
      + [.init(name: "values", value: .list("value", values))])
  }
}
