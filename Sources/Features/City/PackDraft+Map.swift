import Domain
import Foundation

extension PackDraft {
  func readDivisions(_ file: GeoFile) {
    for feature in file.features {
      guard let code = file.text("code", of: feature), let level = file.text("level", of: feature),
        let zh = file.text("zh", of: feature), let en = file.text("en", of: feature)
      else { continue }
      guard let level = Division.Level(rawValue: level) else {
        let all = Division.Level.allCases.map(\.rawValue)
        faults.add(
          file.name, feature.mark.line, Texts(zh: "未知的区划级别“\(level)”", en: "`\(level)` is no level of division"),
          fix: Texts(zh: "可用的值:\(all.joined(separator: "、"))", en: "use one of: \(all.joined(separator: ", "))"))
        continue
      }
      divisions.append(
        Division(
          code: code, parent: feature.properties["parent"] as? String, level: level, names: Texts(zh: zh, en: en),
          polygons: file.polygons(of: feature), residents: figure("residents", feature, file)))
      marks.divisions.append(feature.mark)
    }
  }

  func readPlaces(_ file: GeoFile) {
    for feature in file.features {
      guard let code = file.text("code", of: feature), let division = file.text("division", of: feature),
        let use = file.text("use", of: feature), let zh = file.text("zh", of: feature),
        let en = file.text("en", of: feature)
      else { continue }
      let polygon = file.polygons(of: feature).first
      let point = file.position(feature.properties["centre"]) ?? file.position(feature.geometry["coordinates"])
      guard let centre = point ?? polygon?.vertexMean else {
        faults.add(
          file.name, feature.mark.line, Texts(zh: "地点没有坐标", en: "the place has no position"),
          fix: Texts(zh: "给出多边形、点或 centre", en: "give it a polygon, a point or a `centre`"))
        continue
      }
      places.append(
        Place(
          code: code, division: division, use: use, names: Texts(zh: zh, en: en), centre: centre, polygon: polygon,
          isPublished: feature.properties["published"] as? Bool ?? false,
          households: figure("households", feature, file), residents: figure("residents", feature, file)))
      marks.places.append(feature.mark)
    }
  }

  private func figure(_ key: String, _ feature: GeoFile.Feature, _ file: GeoFile) -> Int? {
    guard let value = feature.properties[key] else { return nil }
    if let number = value as? Int, (1...100_000_000).contains(number) { return number }
    faults.add(
      file.name, feature.mark.line, Texts(zh: "\(key) 应为正整数", en: "`\(key)` must be a whole number above 0"),
      fix: Texts(zh: "写明数目,或删去", en: "say how many there are, or leave it out"))
    return nil
  }
}

extension Polygon {
  /// The mean of the corners; nil for an empty ring.
  fileprivate var vertexMean: Coordinate? {
    let corners = outer.dropLast()
    guard !corners.isEmpty else { return nil }
    return Coordinate(
      latitude: corners.reduce(0) { $0 + $1.latitude } / Double(corners.count),
      longitude: corners.reduce(0) { $0 + $1.longitude } / Double(corners.count))
  }
}
