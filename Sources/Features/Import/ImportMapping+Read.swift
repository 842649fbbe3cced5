import Domain
import Foundation
import Yams

extension ImportMapping {
  /// Reads a mapping file against the pack whose codes it gives.
  /// - Throws: ``PackFaults`` with every fault, its line and its fix.
  public static func read(file: URL, pack: CityPack) throws(PackFaults) -> ImportMapping {
    let name = file.lastPathComponent
    let faults = FaultList()
    guard let data = try? Data(contentsOf: file), let text = String(validating: data, as: UTF8.self) else {
      faults.addFile(
        name, Texts(zh: "文件缺失、无法读取或不是 UTF-8 编码", en: "the file is missing, cannot be read, or is not UTF-8"),
        fix: Texts(zh: "检查 --mapping 的路径和编码", en: "check the path given to --mapping, and its encoding"))
      throw PackFaults(faults: faults.sorted)
    }
    return try read(text, name: name, pack: pack, faults: faults)
  }

  /// - Parameter name: stands in the faults.
  public static func read(_ text: String, name: String, pack: CityPack) throws(PackFaults) -> ImportMapping {
    try read(text, name: name, pack: pack, faults: FaultList())
  }

  private static func read(
    _ text: String, name: String, pack: CityPack, faults: FaultList
  ) throws(PackFaults) -> ImportMapping {
    let root = PackNode.root(name, PackArchive(files: [name: text]), faults)
    let mapping = root.flatMap { MappingDraft(root: $0, pack: pack).mapping() }
    guard let mapping, faults.isEmpty else { throw PackFaults(faults: faults.sorted) }
    return mapping
  }
}

/// The mapping file as it is read.
private struct MappingDraft {
  let root: PackNode
  let pack: CityPack

  func mapping() -> ImportMapping? {
    root.allow("source", "key", "door", "coordinates", "latitude", "longitude", "time", "text", "address",
               "reporter-name", "reporter-contact", "kind", "division", "place", "attributes")
    let source = root.text("source")
    let door = root.required("door").flatMap { words($0, names: [], isKnown: { pack.desk(door: $0) != nil }) }
    let time = root.required("time").flatMap(time)
    let coordinates: CoordinateSystem? = root.has("coordinates") ? root.choice("coordinates") : .wgs84
    let kind = root["kind"].map { words($0, names: kindNames, isKnown: pack.isLeaf(kind:)) }
    let division = root["division"].map { words($0, names: divisionNames, isKnown: { pack.division($0) != nil }) }
    let place = root["place"].map { words($0, names: placeNames, isKnown: { pack.place($0) != nil }) }
    checkLocation()
    guard let source, let door, let time, let coordinates else { return nil }
    return ImportMapping(
      source: source, key: columns("key"), door: door, coordinates: coordinates, latitude: root["latitude"]?.text,
      longitude: root["longitude"]?.text, time: time, text: columns("text"), address: root["address"]?.text,
      reporterName: root["reporter-name"]?.text, reporterContact: root["reporter-contact"]?.text,
      kind: kind ?? nil, division: division ?? nil, place: place ?? nil, attributes: attributes())
  }

  private var kindNames: [(text: String, code: String)] {
    pack.leafKinds.flatMap { [($0.code, $0.code), ($0.names.zh, $0.code), ($0.names.en, $0.code)] }
  }
  private var divisionNames: [(text: String, code: String)] {
    pack.divisions.flatMap { [($0.code, $0.code), ($0.names.zh, $0.code), ($0.names.en, $0.code)] }
  }
  private var placeNames: [(text: String, code: String)] {
    pack.places.flatMap { [($0.code, $0.code), ($0.names.zh, $0.code), ($0.names.en, $0.code)] }
  }

  private func checkLocation() {
    if root.has("latitude") != root.has("longitude") {
      root.fault(
        Texts(zh: "latitude 与 longitude 须同时给出", en: "`latitude` and `longitude` come together"),
        fix: Texts(zh: "补上另一个", en: "add the other one"))
    }
    if !root.has("latitude"), !root.has("division"), !root.has("place") {
      root.fault(
        Texts(zh: "没有任何位置信息", en: "nothing says where it was"),
        fix: Texts(zh: "给出 latitude 与 longitude、division 或 place",
                   en: "give `latitude` and `longitude`, `division`, or `place`"))
    }
  }

  /// One column or a list of them.
  private func columns(_ key: String) -> [String] {
    guard let part = root[key] else { return [] }
    return part.node.sequence == nil ? part.text.map { [$0] } ?? [] : root.strings(key)
  }

  private func attributes() -> [(name: String, column: String)] {
    entries(root["attributes"]).compactMap { name, part in part.text.map { (name, $0) } }
  }

  private func entries(_ part: PackNode?) -> [(name: String, part: PackNode)] {
    guard let part else { return [] }
    guard let mapping = part.node.mapping else {
      part.fault(
        Texts(zh: "此处应为键值映射", en: "a mapping of keys to values is expected here"),
        fix: Texts(zh: "使用“键: 值”的形式", en: "write `key: value`"))
      return []
    }
    return mapping.compactMap { key, value in
      key.string.map { ($0, PackNode(node: value, file: part.file, faults: part.faults)) }
    }
  }

  private func time(_ part: PackNode) -> ImportMapping.Time? {
    part.allow("column", "format", "zone")
    guard let column = part.text("column"), let format = part.text("format") else { return nil }
    guard let pattern = TimePattern(format) else {
      part["format"]?.fault(
        Texts(zh: "看不懂的时间格式“\(format)”", en: "`\(format)` is no format of times"),
        fix: Texts(zh: "例如 yyyy-MM-dd HH:mm:ss、iso-8601、unix、unix-ms",
                   en: "such as `yyyy-MM-dd HH:mm:ss`, `iso-8601`, `unix`, `unix-ms`"))
      return nil
    }
    return zone(part).map { .init(column: column, pattern: pattern, zone: $0) }
  }

  /// The pack's, or a fixed offset.
  private func zone(_ part: PackNode) -> CityZone? {
    guard let node = part["zone"], let text = node.text else { return pack.calendar.zone }
    if text == pack.calendar.zone.name { return pack.calendar.zone }
    let epoch = TimePattern("yyyyX")?.instant("1970" + (text == "UTC" ? "Z" : text), zone: pack.calendar.zone)
    guard let epoch else {
      node.fault(
        Texts(zh: "看不懂的时区“\(text)”", en: "`\(text)` is no zone"),
        fix: Texts(zh: "用 UTC、+08:00 之类,或省略以使用配置包的时区",
                   en: "write UTC or an offset such as +08:00, or leave it out to use the pack's"))
      return nil
    }
    return CityZone(name: text, initialOffsetSeconds: Int(-epoch.milliseconds / 1_000))
  }

  private func words(
    _ part: PackNode, names: [(text: String, code: String)], isKnown: (String) -> Bool
  ) -> ImportMapping.Words? {
    guard part.node.mapping != nil else {
      guard let code = part.text, known(code, part, isKnown) else { return nil }
      return .always(code)
    }
    part.allow("column", "table", "otherwise")
    var otherwise: String?
    if let node = part["otherwise"], let code = node.text, known(code, node, isKnown) { otherwise = code }
    var table = CodeTable(otherwise: otherwise)
    table.add(names: names)
    for (text, node) in entries(part["table"]) {
      if let code = node.text, known(code, node, isKnown) { table.add(text, code: code) }
    }
    return part.text("column").map { .column($0, table) }
  }

  private func known(_ code: String, _ part: PackNode, _ isKnown: (String) -> Bool) -> Bool {
    if isKnown(code) { return true }
    part.fault(
      Texts(zh: "配置包中没有“\(code)”", en: "the pack has no `\(code)` that a case can be of"),
      fix: Texts(zh: "使用配置包中的代码(类别须为末级)", en: "use a code of the pack; of kinds, one that has none below"))
    return false
  }
}
