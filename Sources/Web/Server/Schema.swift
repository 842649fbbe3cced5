import Domain

/// A JSON Schema (2020-12) of what a request or an answer holds; the source of the API's description, and of the
/// names that a body may use.
struct Schema: Sendable {
  let json: JSONValue
  /// Of an object; none for anything else.
  let fieldNames: Set<String>
  /// What `json` refers to, by name.
  let definitions: [String: JSONValue]

  private init(_ json: JSONValue, fieldNames: Set<String> = [], definitions: [String: JSONValue] = [:]) {
    self.json = json
    self.fieldNames = fieldNames
    self.definitions = definitions
  }

  struct Field: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool

    static func required(_ name: String, _ schema: Schema) -> Field {
      Field(name: name, schema: schema, isRequired: true)
    }
    static func optional(_ name: String, _ schema: Schema) -> Field {
      Field(name: name, schema: schema, isRequired: false)
    }
  }

  static func string(max: Int? = nil, min: Int? = nil, pattern: String? = nil, format: String? = nil,
                     example: String? = nil) -> Schema {
    var json: [String: JSONValue] = ["type": "string"]
    json["maxLength"] = max.map { .integer($0) }
    json["minLength"] = min.map { .integer($0) }
    json["pattern"] = pattern.map { .string($0) }
    json["format"] = format.map { .string($0) }
    json["examples"] = example.map { [.string($0)] }
    return Schema(.object(json))
  }

  static let instant = string(format: "date-time", example: "2026-03-01T08:00:00Z")
  static let day = string(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format: "date", example: "2026-01-31")
  /// Identifiers as we make them.
  static let identifier = string(max: 64, min: 1, pattern: "^[0-9A-Za-z-]+$", example: "01KA5XJ3Z9Q4W8T7N6M5K4J3H2")
  static let code = string(max: 100, min: 1)
  /// A word of the pack or of ours; what people write freely goes into `words`.
  static let word = string(max: 40, min: 1, pattern: "^[a-z0-9.:-]+$", example: "not-ours")

  static func words<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> Schema {
    words(type.allCases.map(\.rawValue))
  }
  static func words(_ words: [String]) -> Schema {
    Schema(["type": "string", "enum": .list(words.map { .string($0) })])
  }

  static func integer(_ range: ClosedRange<Int>? = nil) -> Schema {
    guard let range else { return Schema(["type": "integer"]) }
    return Schema(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
  }
  static func number(_ range: ClosedRange<Int>? = nil) -> Schema {
    guard let range else { return Schema(["type": "number"]) }
    return Schema(["type": "number", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)])
  }
  static let anything = Schema([:])
  static let boolean = Schema(["type": "boolean"])

  static func list(_ item: Schema, max: Int? = nil) -> Schema {
    var json: [String: JSONValue] = ["type": "array", "items": item.json]
    json["maxItems"] = max.map { .integer($0) }
    return Schema(.object(json), definitions: item.definitions)
  }

  static func map(_ value: Schema, max: Int? = nil) -> Schema {
    var json: [String: JSONValue] = ["type": "object", "additionalProperties": value.json]
    json["maxProperties"] = max.map { .integer($0) }
    return Schema(.object(json), definitions: value.definitions)
  }

  /// One of several forms.
  static func any(_ forms: [Schema]) -> Schema { Schema(["anyOf": .list(forms.map(\.json))]) }

  static func object(_ fields: [Field]) -> Schema {
    let properties = Dictionary(fields.map { ($0.name, $0.schema.json) }) { $1 }
    let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
    var json: [String: JSONValue] = [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
    ]
    if !required.isEmpty { json["required"] = .list(required) }
    return Schema(.object(json), fieldNames: Set(fields.map(\.name)),
                  definitions: fields.reduce(into: [:]) { $0.merge($1.schema.definitions) { $1 } })
  }

  /// The same, described once under a name and referred to.
  func named(_ name: String) -> Schema {
    Schema(["$ref": "#/components/schemas/\(name)"], fieldNames: fieldNames,
           definitions: definitions.merging([name: json]) { $1 })
  }

  static let texts = object([.required("zh", .string()), .required("en", .string())]).named("Texts")
  static let point = object([
    .required("latitude", .number(-90...90)), .required("longitude", .number(-180...180)),
  ]).named("Point")
}
