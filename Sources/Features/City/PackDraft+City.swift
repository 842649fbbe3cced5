import Domain
import Yams

extension PackDraft {
  func readCity(_ root: PackNode) -> City? {
    root.allow("district", "zh", "en", "synthetic", "grid", "windows", "desks", "coordinator", "plates",
               "documents", "base-map")
    marks.city = root.mark
    if let mark = root["coordinator"]?.mark { marks.coordinator = mark }
    let district = root.text("district")
    let names = root.names()
    let windows = root.required("windows").flatMap(readWindows)
    let desks = root.required("desks").map(readDesks)
    let coordinator = root.text("coordinator")
    let grid = root["grid"].flatMap(readGrid)
    let plates = root["plates"].flatMap(readPlates)
    let documents = root["documents"].flatMap(readDocuments)
    let baseMap = root["base-map"].flatMap(readBaseMap)
    guard let district, let names, let windows, let desks, let coordinator else { return nil }
    return City(
      district: district, names: names, isSynthetic: root.flag("synthetic", default: false), grid: grid,
      windows: windows, desks: desks, coordinator: coordinator, plates: plates,
      documents: documents, baseMap: baseMap)
  }

  private func readBaseMap(_ part: PackNode) -> BaseMap? {
    part.allow("tiles", "zh", "en", "zoom-max")
    guard let tiles = part.text("tiles"), let source = part.names(), let zoomMax = part.positive("zoom-max") else {
      return nil
    }
    let map = BaseMap(tiles: tiles, source: source, zoomMax: zoomMax)
    if map == nil {
      part.fault(
        Texts(zh: "底图地址不可用", en: "this is no address of map tiles"),
        fix: Texts(zh: "写作 https://主机/…/{z}/{x}/{y}.png（WGS-84），zoom-max 为 1 至 22",
                   en: "write https://host/…/{z}/{x}/{y}.png (WGS-84), and a zoom-max of 1 to 22"))
    }
    return map
  }

  private func readWindows(_ part: PackNode) -> CityPack.Windows? {
    part.allow("return-flow-days", "repeat-report-days", "duplicate-metres", "duplicate-minutes", "retention-days")
    let returnFlow = part.positive("return-flow-days")
    let repeatReport = part.positive("repeat-report-days")
    let metres = part.positive("duplicate-metres")
    let duplicate = part.positive("duplicate-minutes")
    let retention = part.positive("retention-days")
    guard let returnFlow, let repeatReport, let metres, let duplicate, let retention else { return nil }
    return CityPack.Windows(
      returnFlow: .days(returnFlow), repeatReport: .days(repeatReport), duplicateMetres: Double(metres),
      duplicate: .minutes(duplicate), retention: .days(retention))
  }

  private func readDesks(_ part: PackNode) -> [String: String] {
    var desks: [String: String] = [:]
    for (key, value) in part.node.mapping ?? [:] {
      let value = PackNode(node: value, file: part.file, faults: faults)
      guard let door = key.string, let agency = value.text else { continue }
      desks[door] = agency
      marks.desks[door] = PackMarks.Mark(file: part.file, line: key.mark?.line ?? value.line)
    }
    return desks
  }

  private func readGrid(_ part: PackNode) -> Grid? {
    part.allow("latitude", "longitude")
    guard let latitude = part.number("latitude"), let longitude = part.number("longitude") else { return nil }
    let origin = Coordinate(latitude: latitude, longitude: longitude)
    guard origin.isValid, abs(latitude) < 80 else {
      part.fault(
        Texts(zh: "网格原点超出范围", en: "the grid's origin is out of range"),
        fix: Texts(zh: "使用区域西南角的 WGS-84 坐标", en: "give the WGS-84 degrees of the city's south-west corner"))
      return nil
    }
    return Grid(origin: origin)
  }

  func readTriage(_ root: PackNode) -> TriageRules? {
    root.allow("certainty-min", "margin-min", "dangers", "priors")
    marks.triage = root.mark
    guard let certainty = root.number("certainty-min"), let margin = root.number("margin-min") else { return nil }
    let dangers = root.list("dangers").compactMap { part -> TriageRules.Danger? in
      part.allow("code", "zh", "en", "words")
      guard let code = part.text("code"), let names = part.names() else { return nil }
      marks.dangers.append(part.mark)
      return TriageRules.Danger(code: code, names: names, words: part.strings("words"))
    }
    let priors = root.list("priors").compactMap { part -> TriageRules.Prior? in
      part.allow("kind", "door", "place-use", "weight")
      guard let kind = part.text("kind"), let weight = part.number("weight") else { return nil }
      marks.priors.append(part.mark)
      return TriageRules.Prior(
        source: part.source, kind: kind, door: part["door"]?.text, placeUse: part["place-use"]?.text, weight: weight)
    }
    return TriageRules(dangers: dangers, certaintyMin: certainty, marginMin: margin, priors: priors)
  }

  func readDeadlines(_ root: PackNode) -> DeadlineTable {
    root.allow("lines", "ladder")
    let lines = root.list("lines").compactMap { part -> DeadlineTable.Line? in
      part.allow("kind", "severity", "step", "minutes", "clock")
      let severity: Severity? = part.has("severity") ? part.choice("severity") : nil
      guard let kind = part.text("kind"), let step: DeadlineStep = part.choice("step"),
        let allowance = readAllowance(part), severity != nil || !part.has("severity")
      else { return nil }
      marks.deadlines.append(part.mark)
      return DeadlineTable.Line(
        source: part.source, kind: kind, severity: severity, step: step, allowance: allowance)
    }
    let ladder = root.list("ladder").compactMap { part -> DeadlineTable.Rung? in
      part.allow("notice", "minutes", "clock", "to")
      guard let notice: DeadlineTable.Rung.Notice = part.choice("notice"), let after = readAllowance(part),
        let addressee = part.text("to")
      else { return nil }
      marks.ladder.append(part.mark)
      return DeadlineTable.Rung(notice: notice, after: after, addressee: addressee)
    }
    return DeadlineTable(lines: lines, ladder: ladder)
  }

  private func readAllowance(_ part: PackNode) -> Allowance? {
    guard let minutes = part.integer("minutes"), let clock: Allowance.Clock = part.choice("clock") else { return nil }
    return Allowance(minutes: minutes, clock: clock)
  }
}

extension PackNode {
  /// `file:line`, as explanations cite it.
  var source: String { "\(file):\(line)" }

  /// A whole number above 0.
  func positive(_ key: String) -> Int? {
    guard let number = integer(key) else { return nil }
    if number > 0 { return number }
    self[key]?.fault(
      Texts(zh: "“\(key)”应大于 0", en: "`\(key)` must be above 0"), fix: Texts(zh: "改为正整数", en: "write a number above 0"))
    return nil
  }
}
