import Foundation

/// Holds JSON against the part of JSON Schema that the API's description uses: enough to tell that an answer is what
/// the description says.
struct JSONSchemaCheck {
  /// The whole description; `$ref` points into it.
  let document: [String: Any]

  /// What is wrong, by path; none if all is well.
  func faults(_ value: Any, _ schema: [String: Any], at path: String = "$") -> [String] {
    if let reference = schema["$ref"] as? String {
      guard let target = resolve(reference) else { return ["\(path): \(reference) leads nowhere"] }
      return faults(value, target, at: path)
    }
    if let words = schema["enum"] as? [String] {
      return (value as? String).map(words.contains) == true ? [] : ["\(path): none of \(words)"]
    }
    switch schema["type"] as? String {
    case "object": return object(value, schema, path)
    case "array": return list(value, schema, path)
    case "string": return value is String ? pattern(value, schema, path) : ["\(path): not a string"]
    case "integer": return isNumber(value) && (value as? NSNumber)?.doubleValue.rounded() == (value as? Double)
        ? [] : ["\(path): not an integer"]
    case "number": return isNumber(value) ? [] : ["\(path): not a number"]
    case "boolean": return value is Bool && !isNumber(value) ? [] : ["\(path): not a truth value"]
    default: return []
    }
  }

  func resolve(_ reference: String) -> [String: Any]? {
    guard reference.hasPrefix("#/") else { return nil }
    return reference.dropFirst(2).split(separator: "/").reduce(document as Any?) { value, part in
      (value as? [String: Any])?[String(part)]
    } as? [String: Any]
  }

  private func isNumber(_ value: Any) -> Bool {
    guard let number = value as? NSNumber else { return false }
    return String(cString: number.objCType) != "c"
  }

  private func pattern(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let pattern = schema["pattern"] as? String, let text = value as? String else { return [] }
    return text.range(of: pattern, options: .regularExpression) == nil ? ["\(path): \(text) is not \(pattern)"] : []
  }

  private func object(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let members = value as? [String: Any] else { return ["\(path): not an object"] }
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let missing = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }.map { "\(path): no \($0)" }
    let rest = schema["additionalProperties"] as? [String: Any]
    return missing + members.sorted { $0.key < $1.key }.flatMap { name, member in
      guard let schema = properties[name] ?? rest else {
        return schema["additionalProperties"] as? Bool == false ? ["\(path): \(name) is not described"] : []
      }
      return faults(member, schema, at: "\(path).\(name)")
    }
  }

  private func list(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    guard let items = value as? [Any] else { return ["\(path): not a list"] }
    let item = schema["items"] as? [String: Any] ?? [:]
    return items.enumerated().flatMap { faults($1, item, at: "\(path)[\($0)]") }
  }
}
