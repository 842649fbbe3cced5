import Domain
import Yams

/// A value of a YAML file with its place, read with faults instead of errors.
struct PackNode {
  let node: Node
  let file: String
  let faults: FaultList

  var line: Int { node.mark?.line ?? 0 }
  var mark: PackMarks.Mark { PackMarks.Mark(file: file, line: line) }

  /// The root of a file; nil, with a fault, when it is missing or no YAML mapping.
  static func root(_ file: String, _ archive: PackArchive, _ faults: FaultList) -> PackNode? {
    guard let text = archive.files[file] else { return nil }
    do {
      guard let node = try Yams.compose(yaml: text), node.mapping != nil else {
        faults.addFile(
          file, line: 1, Texts(zh: "文件内容应为键值映射", en: "the file is not a mapping of keys to values"),
          fix: Texts(zh: "顶层使用“键: 值”的形式", en: "write `key: value` at the top level"))
        return nil
      }
      return PackNode(node: node, file: file, faults: faults)
    } catch {
      let problem = problem(error)
      faults.addFile(
        file, line: problem.line, Texts(zh: "YAML 语法错误:\(problem.text)", en: "this is not YAML: \(problem.text)"),
        fix: Texts(zh: "修正该行的缩进、引号或括号", en: "mend the indentation, quotes or brackets of this line"))
      return nil
    }
  }

  private static func problem(_ error: any Error) -> (line: Int, text: String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (mark.line, problem)
    case .duplicatedKeysInMapping(let keys, let context):
      (context.mark.line, "duplicate keys \(keys.sorted().joined(separator: ", "))")
    default: (1, "unreadable")
    }
  }

  /// A fault at this value.
  func fault(_ what: Texts, fix: Texts) { faults.add(file, line, what, fix: fix) }

  /// Every key must be one of these: a mistyped key would otherwise be passed over in silence.
  func allow(_ keys: String...) {
    for (key, value) in node.mapping ?? [:] {
      let name = key.string ?? ""
      guard !keys.contains(name) else { continue }
      faults.add(
        file, key.mark?.line ?? value.mark?.line ?? line,
        Texts(zh: "未知的键“\(name)”", en: "unknown key `\(name)`"),
        fix: Texts(zh: "可用的键:\(keys.joined(separator: "、"))", en: "use one of: \(keys.joined(separator: ", "))"))
    }
  }

  func has(_ key: String) -> Bool { node[key] != nil }

  subscript(key: String) -> PackNode? { node[key].map { PackNode(node: $0, file: file, faults: faults) } }

  func required(_ key: String) -> PackNode? {
    if let part = self[key] { return part }
    fault(
      Texts(zh: "缺少“\(key)”", en: "`\(key)` is missing"), fix: Texts(zh: "补上“\(key)”", en: "add `\(key)`"))
    return nil
  }

  /// The scalar as written, quoted or not.
  var text: String? {
    if let text = node.scalar?.string { return text }
    fault(
      Texts(zh: "此处应为文本", en: "a text is expected here"), fix: Texts(zh: "改为单个文本值", en: "write a single text"))
    return nil
  }

  func text(_ key: String) -> String? { required(key)?.text }
  func text(_ key: String, default text: String) -> String { self[key]?.text ?? text }

  func number(_ key: String) -> Double? {
    guard let part = required(key), let text = part.text else { return nil }
    if let number = Double(text), number.isFinite { return number }
    part.fault(
      Texts(zh: "“\(key)”应为数字,实为“\(text)”", en: "`\(key)` must be a number, not `\(text)`"),
      fix: Texts(zh: "改为数字", en: "write a number"))
    return nil
  }

  func integer(_ key: String) -> Int? {
    guard let part = required(key), let text = part.text else { return nil }
    if let number = Int(text), abs(number) < 100_000_000 { return number }
    part.fault(
      Texts(zh: "“\(key)”应为整数,实为“\(text)”", en: "`\(key)` must be a whole number, not `\(text)`"),
      fix: Texts(zh: "改为整数", en: "write a whole number"))
    return nil
  }

  func flag(_ key: String, default flag: Bool) -> Bool {
    guard let part = self[key], let text = part.text else { return flag }
    if text == "true" || text == "false" { return text == "true" }
    part.fault(
      Texts(zh: "“\(key)”应为 true 或 false", en: "`\(key)` must be true or false"),
      fix: Texts(zh: "改为 true 或 false", en: "write true or false"))
    return flag
  }

  func choice<Choice>(_ key: String) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let part = required(key), let text = part.text else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let all = Choice.allCases.map(\.rawValue)
    part.fault(
      Texts(zh: "“\(key)”的值“\(text)”无效", en: "`\(text)` is no value of `\(key)`"),
      fix: Texts(zh: "可用的值:\(all.joined(separator: "、"))", en: "use one of: \(all.joined(separator: ", "))"))
    return nil
  }

  /// The entries of a list; a missing key is an empty list.
  func list(_ key: String) -> [PackNode] {
    guard let part = self[key] else { return [] }
    guard let sequence = part.node.sequence else {
      part.fault(
        Texts(zh: "“\(key)”应为列表", en: "`\(key)` must be a list"),
        fix: Texts(zh: "用“- ”或 [ ] 写成列表", en: "write it with `- ` or in [ ]"))
      return []
    }
    return sequence.map { PackNode(node: $0, file: file, faults: faults) }
  }

  func strings(_ key: String) -> [String] { list(key).compactMap(\.text) }

  func names() -> Texts? {
    guard let zh = text("zh"), let en = text("en") else { return nil }
    return Texts(zh: zh, en: en)
  }
}
