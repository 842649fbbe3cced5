extension PackProof {
  mutating func proveMap() {
    for index in pack.divisions.indices {
      proveShape(pack.divisions[index], marks.divisions[index])
      proveParent(pack.divisions[index], marks.divisions[index])
      proveResidents(pack.divisions[index], marks.divisions[index])
    }
    let roots = pack.divisions.filter { $0.parent == nil }
    if roots.map(\.code) != [pack.district] {
      add(
        marks.city,
        Texts(zh: "区划的根应且仅应为“\(pack.district)”", en: "the one division without a parent must be `\(pack.district)`"),
        fix: Texts(zh: "检查 district 与各区划的 parent", en: "check `district` and the `parent` of every division"))
    }
    for (place, mark) in zip(pack.places, marks.places) { provePlace(place, mark) }
  }

  private mutating func proveShape(_ division: Division, _ mark: PackMarks.Mark) {
    if division.polygons.isEmpty {
      add(
        mark, Texts(zh: "区划“\(division.code)”没有多边形", en: "division `\(division.code)` has no polygon"),
        fix: Texts(zh: "给出 Polygon 或 MultiPolygon", en: "give it a Polygon or MultiPolygon"))
    }
    for polygon in division.polygons {
      for ring in [polygon.outer] + polygon.holes where ring.count < 4 || ring.first != ring.last {
        add(
          mark, Texts(zh: "区划“\(division.code)”的环未闭合", en: "a ring of division `\(division.code)` is not closed"),
          fix: Texts(zh: "让末点与首点相同,且至少四点", en: "end it with its first point, with at least four points"))
      }
      if Polygon.signedArea(polygon.outer) <= 0 {
        add(
          mark,
          Texts(
            zh: "区划“\(division.code)”的外环不是逆时针",
            en: "the outer ring of `\(division.code)` is not counter-clockwise"),
          fix: Texts(zh: "将点的顺序反转", en: "reverse the order of its points"))
      }
    }
  }

  private mutating func proveParent(_ division: Division, _ mark: PackMarks.Mark) {
    guard let code = division.parent else { return }
    guard let parent = pack.division(code) else { return addUnknown(mark, .division, code) }
    let levels = Division.Level.allCases
    let isBelow = (levels.firstIndex(of: division.level) ?? 0) > (levels.firstIndex(of: parent.level) ?? 0)
    if !isBelow || !division.code.hasPrefix(code) || division.code == code {
      add(
        mark,
        Texts(
          zh: "“\(division.code)”的代码或级别与上级“\(code)”不符",
          en: "code or level of `\(division.code)` does not fit its parent `\(code)`"),
        fix: Texts(zh: "代码以上级代码开头,级别更低", en: "begin its code with its parent's, and give it a lower level"))
    }
    let around = Box(parent.polygons.flatMap(\.outer)).enlarged(byDegrees: 0.002)
    if !division.polygons.flatMap(\.outer).allSatisfy(around.contains) {
      add(
        mark,
        Texts(
          zh: "“\(division.code)”超出上级“\(code)”的范围",
          en: "`\(division.code)` reaches out of its parent `\(code)`"),
        fix: Texts(zh: "更正多边形,或更正 parent", en: "correct the polygon or the `parent`"))
    }
  }

  private mutating func proveResidents(_ division: Division, _ mark: PackMarks.Mark) {
    guard let residents = division.residents else { return }
    let parts = pack.divisions.filter { $0.parent == division.code }.compactMap { pack.residents(division: $0.code) }
    let places = pack.places.filter { $0.division == division.code }.compactMap(\.residents)
    guard max(parts.reduce(0, +), places.reduce(0, +)) > residents else { return }
    add(
      mark,
      Texts(
        zh: "“\(division.code)”各部分的居民多于总数 \(residents)",
        en: "more people live in the parts of `\(division.code)` than its \(residents) `residents`"),
      fix: Texts(zh: "更正 residents", en: "correct `residents` there or here"))
  }

  private mutating func provePlace(_ place: Place, _ mark: PackMarks.Mark) {
    guard pack.division(place.division) != nil else { return addUnknown(mark, .division, place.division) }
    let found = pack.division(containing: place.centre)
    guard let found, pack.isDivision(found.code, within: place.division) else {
      return add(
        mark,
        Texts(
          zh: "地点“\(place.code)”的中心不在区划“\(place.division)”内",
          en: "the centre of place `\(place.code)` is not in `\(place.division)`"),
        fix: Texts(
          zh: "更正坐标或区划(此处为 \(found?.code ?? "辖区外"))",
          en: "correct it or its division (there: \(found?.code ?? "outside"))"))
    }
    guard let ring = place.polygon?.outer, ring.count < 4 || ring.first != ring.last || Polygon.signedArea(ring) <= 0
    else { return }
    add(
      mark,
      Texts(
        zh: "地点“\(place.code)”的环未闭合或不是逆时针",
        en: "the ring of `\(place.code)` is not closed or not counter-clockwise"),
      fix: Texts(zh: "让末点与首点相同,按逆时针排列", en: "end it with its first point, counter-clockwise"))
  }
}

extension Box {
  func enlarged(byDegrees margin: Double) -> Box {
    Box([
      Coordinate(latitude: south - margin, longitude: west - margin),
      Coordinate(latitude: north + margin, longitude: east + margin),
    ])
  }
}
