import Domain

extension PackDraft {
  func readKinds(_ root: PackNode) {
    root.allow("kinds")
    for part in root.list("kinds") { readKind(part, under: nil) }
  }

  /// A kind and those below it, which take over its jurisdiction, severity, skills, questions, whether it is published
  /// and whether it may cost the victim money.
  private func readKind(_ part: PackNode, under parent: Kind?) {
    part.allow("code", "zh", "en", "jurisdiction", "severity", "published", "cues", "skills", "questions", "loss",
               "kinds")
    guard let name = part.text("code"), let names = part.names() else { return }
    let jurisdiction: Jurisdiction? =
      part.has("jurisdiction") || parent == nil ? part.choice("jurisdiction") : parent?.jurisdiction
    let severity: Severity? = part.has("severity") || parent == nil ? part.choice("severity") : parent?.severity
    guard let jurisdiction, let severity else { return }
    let kind = Kind(
      code: parent.map { "\($0.code).\(name)" } ?? name, names: names, jurisdiction: jurisdiction, severity: severity,
      cues: part.strings("cues"), isPublished: part.flag("published", default: parent?.isPublished ?? false),
      skills: part.has("skills") ? part.strings("skills") : parent?.skills ?? [],
      questions: part.has("questions") ? part.list("questions").compactMap(readQuestion) : parent?.questions ?? [],
      hasLosses: part.flag("loss", default: parent?.hasLosses ?? false))
    kinds.append(kind)
    marks.kinds.append(part.mark)
    for child in part.list("kinds") { readKind(child, under: kind) }
  }

  private func readQuestion(_ part: PackNode) -> Question? {
    part.allow("code", "zh", "en", "form", "required", "choices")
    guard let code = part.text("code"), let names = part.names(), let form: Question.Form = part.choice("form")
    else { return nil }
    let choices = part.list("choices").compactMap { part -> Question.Choice? in
      part.allow("key", "zh", "en")
      guard let key = part.text("key"), let names = part.names() else { return nil }
      return Question.Choice(key: key, names: names)
    }
    if choices.isEmpty == form.isList {
      part.fault(
        Texts(zh: "列表题须有选项,其他题不得有", en: "a list has choices, anything else has none"),
        fix: Texts(zh: "补上或去掉 choices", en: "add `choices`, or take them away"))
    }
    return Question(code: code, names: names, form: form, isRequired: part.flag("required", default: false),
                    choices: choices)
  }

  func readAgencies(_ root: PackNode) {
    root.allow("agencies")
    for part in root.list("agencies") {
      part.allow("code", "zh", "en", "division", "police", "rescue", "inbox", "overseer")
      guard let code = part.text("code"), let names = part.names(), let division = part.text("division")
      else { continue }
      agencies.append(
        Agency(
          code: code, names: names, division: division, isPolice: part.flag("police", default: false),
          isRescue: part.flag("rescue", default: false), inbox: part.text("inbox", default: ""),
          overseer: part["overseer"]?.text))
      marks.agencies.append(part.mark)
    }
  }

  func readResponsibility(_ root: PackNode) {
    root.allow("lines")
    for part in root.list("lines") {
      part.allow("kind", "area", "hours", "agency", "supporting")
      let hours: ResponsibilityTable.Hours? = part.has("hours") ? part.choice("hours") : .always
      guard let kind = part.text("kind"), let area = part.text("area"), let hours, let agency = part.text("agency")
      else { continue }
      lines.append(
        ResponsibilityTable.Line(
          source: part.source, kind: kind, area: area, hours: hours, agency: agency,
          supporting: part.strings("supporting")))
      marks.responsibility.append(part.mark)
    }
  }

  func readSquads(_ root: PackNode) {
    root.allow("crew", "shifts", "shift-size", "vehicles", "squads")
    let crew = root.list("crew").flatMap { part -> [[String]] in
      part.allow("count", "skills")
      return Array(repeating: part.strings("skills"), count: min(part.positive("count") ?? 0, 100))
    }
    let shifts = root.list("shifts").compactMap(readPeriod)
    let size = root.positive("shift-size") ?? 0
    let vehicles = min(root.integer("vehicles") ?? 0, 100)
    for part in root.list("squads") {
      part.allow("code", "zh", "en", "agency", "division", "latitude", "longitude")
      guard let code = part.text("code"), let names = part.names(), let agency = part.text("agency"),
        let division = part.text("division"), let latitude = part.number("latitude"),
        let longitude = part.number("longitude")
      else { continue }
      squads.append(
        SquadPlan(
          code: code, names: names, agency: agency, division: division,
          base: Coordinate(latitude: latitude, longitude: longitude),
          members: crew.enumerated().map { .init(code: "\(code)-\(twoDigits($0 + 1))", skills: $1) },
          vehicles: (0..<max(vehicles, 0)).map { "\(code)-V\($0 + 1)" }, shifts: shifts, shiftSize: size))
      marks.squads.append(part.mark)
    }
  }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
