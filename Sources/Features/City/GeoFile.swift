import Domain
import Foundation

/// A GeoJSON file of a pack (RFC 7946), its features in order.
struct GeoFile {
  struct Feature {
    let properties: [String: Any]
    let geometry: [String: Any]
    let mark: PackMarks.Mark
  }

  let name: String
  let faults: FaultList
  private(set) var features: [Feature] = []

  init(name: String, archive: PackArchive, faults: FaultList) {
    self.name = name
    self.faults = faults
    guard let text = archive.files[name] else { return }
    do {
      let json = try JSONSerialization.jsonObject(with: Data(text.utf8))
      guard let root = json as? [String: Any], let list = root["features"] as? [Any] else {
        faults.addFile(
          name, line: 1, Texts(zh: "不是 GeoJSON 要素集合", en: "this is no GeoJSON FeatureCollection"),
          fix: Texts(zh: "顶层需有 features 列表", en: "give it a list of `features`"))
        return
      }
      let lines = Self.lines(of: text)
      features = list.enumerated().map { index, item in
        let item = item as? [String: Any] ?? [:]
        return Feature(
          properties: item["properties"] as? [String: Any] ?? [:], geometry: item["geometry"] as? [String: Any] ?? [:],
          mark: PackMarks.Mark(file: name, line: index < lines.count ? lines[index] : 0))
      }
    } catch {
      faults.addFile(
        name, line: Self.line(of: error, in: text), Texts(zh: "JSON 语法错误", en: "this is not JSON"),
        fix: Texts(zh: "修正该处的括号、引号或逗号", en: "mend the brackets, quotes or commas there"))
    }
  }

  func text(_ key: String, of feature: Feature) -> String? {
    if let text = feature.properties[key] as? String { return text }
    faults.add(
      name, feature.mark.line, Texts(zh: "要素缺少文本属性“\(key)”", en: "the feature has no text `\(key)`"),
      fix: Texts(zh: "在 properties 中补上“\(key)”", en: "add `\(key)` to its properties"))
    return nil
  }

  /// Polygon or MultiPolygon; empty, with a fault where positions are no positions, for anything else.
  func polygons(of feature: Feature) -> [Polygon] {
    let coordinates = feature.geometry["coordinates"] as? [Any] ?? []
    let polygons: [[Any]]
    switch feature.geometry["type"] as? String {
    case "Polygon": polygons = [coordinates]
    case "MultiPolygon": polygons = coordinates.map { $0 as? [Any] ?? [] }
    default: return []
    }
    return polygons.compactMap { rings in
      let rings = rings.map { ($0 as? [Any] ?? []).map(position) }
      guard let outer = rings.first, rings.allSatisfy({ $0.allSatisfy { $0 != nil } }) else {
        faults.add(
          name, feature.mark.line, Texts(zh: "坐标格式错误", en: "a position is not [longitude, latitude]"),
          fix: Texts(zh: "每个点写作 [经度, 纬度]", en: "write every point as [longitude, latitude] in WGS-84 degrees"))
        return nil
      }
      return Polygon(outer: outer.compactMap(\.self), holes: rings.dropFirst().map { $0.compactMap(\.self) })
    }
  }

  func position(_ item: Any?) -> Coordinate? {
    guard let numbers = item as? [Any], numbers.count >= 2, let longitude = (numbers[0] as? NSNumber)?.doubleValue,
      let latitude = (numbers[1] as? NSNumber)?.doubleValue
    else { return nil }
    let point = Coordinate(latitude: latitude, longitude: longitude)
    return point.isValid ? point : nil
  }

  /// The line on which each feature begins: where its `"Feature"` stands.
  private static func lines(of text: String) -> [Int] {
    text.components(separatedBy: "\n").enumerated().flatMap { number, line in
      [Int](repeating: number + 1, count: line.components(separatedBy: "\"Feature\"").count - 1)
    }
  }

  /// Foundation says where in its description only: by line, or by character of the text.
  private static func line(of error: any Error, in text: String) -> Int {
    let description = (error as NSError).userInfo["NSDebugDescription"] as? String ?? ""
    func number(after word: String) -> Int? {
      description.range(of: word).flatMap { Int(description[$0.upperBound...].prefix { $0.isNumber }) }
    }
    if let line = number(after: "line ") { return line }
    return 1 + text.utf8.prefix(number(after: "character ") ?? 0).count { $0 == 10 }
  }
}
