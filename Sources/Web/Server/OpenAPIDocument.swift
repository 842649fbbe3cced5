import Domain
import Features
import HTTPTypes

/// `/openapi.json` (OpenAPI 3.1), made from the table of endpoints.
struct OpenAPIDocument {
  let endpoints: [Endpoint]

  /// The version of the API, as callers see it.
  static let version = "1.0.0"

  var json: JSONValue {
    var paths: [String: JSONValue] = [:]
    for endpoint in endpoints {
      let operation: JSONValue = [endpoint.method.rawValue.lowercased(): operation(endpoint)]
      paths[endpoint.path] = paths[endpoint.path].map { Self.join($0, operation) } ?? operation
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Headwater", "version": .string(Self.version), "summary": "警源治理 · incidents at their source",
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
      ],
      "paths": .object(paths),
      "components": ["schemas": .object(schemas), "securitySchemes": Self.securitySchemes],
    ]
  }

  private static func join(_ one: JSONValue, _ other: JSONValue) -> JSONValue {
    guard case .object(let members) = other else { return one }
    return one.merging(members)
  }

  private static let securitySchemes: JSONValue = [
    "token": ["type": "http", "scheme": "bearer", "description": "An API token with scopes."],
    "session": ["type": "apiKey", "in": "cookie", "name": .string(Gate.cookieName)],
  ]

  private static let problem = Problem.schema.named("Problem")

  private var schemas: [String: JSONValue] {
    endpoints.reduce(into: Self.problem.definitions) { all, endpoint in
      for body in endpoint.answer.bodies.values { all.merge(body.definitions) { $1 } }
      if let body = endpoint.body { all.merge(body.definitions.mapValues(Self.acceptingNull)) { $1 } }
    }
  }

  /// What a request may leave out it may also give as null; an answer never holds one.
  private static func acceptingNull(_ schema: JSONValue) -> JSONValue {
    guard case .object(var members) = schema, case .object(let properties)? = members["properties"] else {
      return schema
    }
    let required: [JSONValue] = if case .list(let names)? = members["required"] { names } else { [] }
    members["properties"] = .object(Dictionary(uniqueKeysWithValues: properties.map { name, schema in
      (name, required.contains(.string(name)) ? schema : ["anyOf": [schema, ["type": "null"]]])
    }))
    return .object(members)
  }

  // MARK: - One operation

  private func operation(_ endpoint: Endpoint) -> JSONValue {
    var members: [String: JSONValue] = [
      "operationId": .string(endpoint.name),
      "summary": .string(endpoint.summary.en),
      "description": .string(description(endpoint)),
      "responses": responses(endpoint),
      "security": security(endpoint),
    ]
    let parameters = endpoint.pathParameters.map(Self.pathParameter) + endpoint.parameters.map(Self.parameter)
      + [Self.language]
    members["parameters"] = .list(parameters)
    if let body = endpoint.body {
      var content: [String: JSONValue] = ["schema": body.json]
      content["example"] = endpoint.bodyExample
      members["requestBody"] = [
        "required": .bool(!endpoint.isBodyOptional), "content": ["application/json": .object(content)],
      ]
    }
    return .object(members)
  }

  private func description(_ endpoint: Endpoint) -> String {
    guard endpoint.access != .open, endpoint.roles != Endpoint.everybody else { return endpoint.summary.zh }
    let roles = endpoint.roles.map(\.rawValue).sorted().joined(separator: ", ")
    return "\(endpoint.summary.zh)\n\nRoles: \(roles)"
  }

  private func security(_ endpoint: Endpoint) -> JSONValue {
    switch endpoint.access {
    case .open: []
    case .caller: [["token": []], ["session": []]]
    case .scope(let scope): [["token": [.string(scope.rawValue)]], ["session": []]]
    }
  }

  private static let language = parameter(
    .query("lang", .string(), "答复的语言,zh 或 en;其他值或不写则按 Accept-Language,默认中文",
           "The language of the answer, zh or en; by Accept-Language for anything else, else Chinese"))

  private static func pathParameter(_ name: String) -> JSONValue {
    ["name": .string(name), "in": "path", "required": true, "schema": Schema.identifier.json]
  }

  private static func parameter(_ parameter: Endpoint.Parameter) -> JSONValue {
    [
      "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
      "required": .bool(parameter.isRequired), "schema": parameter.schema.json,
      "description": .string("\(parameter.summary.en) · \(parameter.summary.zh)"),
    ]
  }

  // MARK: - Answers

  private func responses(_ endpoint: Endpoint) -> JSONValue {
    var responses = [String(endpoint.answer.status): good(endpoint.answer)]
    for (status, kinds) in Dictionary(grouping: endpoint.allProblems, by: \.status) {
      let names = Set(kinds.map(\.rawValue)).sorted()
      responses[String(status)] = [
        "description": .string(names.joined(separator: ", ")),
        "content": .object([Problem.mediaType: ["schema": Self.problem.json]]),
      ]
    }
    return .object(responses)
  }

  private func good(_ answer: Endpoint.Answer) -> JSONValue {
    var members: [String: JSONValue] = ["description": "Done."]
    if !answer.bodies.isEmpty {
      members["content"] = .object(answer.bodies.mapValues { ["schema": $0.json] })
    }
    if !answer.headers.isEmpty {
      members["headers"] = .object(answer.headers.mapValues {
        ["schema": Schema.string().json, "description": .string($0)]
      })
    }
    let links = links(answer)
    if !links.isEmpty { members["links"] = .object(links) }
    return .object(members)
  }

  /// What can be asked next with an identifier that the answer gives.
  private func links(_ answer: Endpoint.Answer) -> [String: JSONValue] {
    var links: [String: JSONValue] = [:]
    for (path, pointer) in answer.identifiers {
      for endpoint in endpoints
      where endpoint.pathParameters == ["id"] && (endpoint.path == path || endpoint.path.hasPrefix(path + "/")) {
        links[endpoint.name] = [
          "operationId": .string(endpoint.name), "parameters": ["id": .string("$response.body#" + pointer)],
        ]
      }
    }
    return links
  }
}

extension Endpoint {
  /// Its own problems, and those of every request of its shape.
  var allProblems: [ProblemKind] {
    var all = problems + [.malformedRequest, .unknownParameter, .parameterInvalid, .unavailable]
    if access != .open { all += [.notSignedIn, .scopeMissing, .roleForbidden] }
    if method != .get { all.append(.crossSite) }
    if body != nil {
      all += [
        .wrongEncoding, .malformedJSON, .tooDeep, .mediaTypeUnsupported, .bodyTooLarge, .unknownField, .fieldMissing,
        .fieldInvalid, .controlCharacter,
      ]
    }
    return all
  }
}
