import Crypto
import Domain
import Foundation

extension PackDraft {
  /// `index.json`: JSON, which is YAML too, so that every fault has its line.
  func readEditions(_ root: PackNode, text: String) -> EditionDefinition? {
    root.allow("suppress-below", "rank-at-least", "night", "morning", "near-repeats", "silence-exposure", "exposures",
               "groups", "rankings")
    marks.editions = root.mark
    let morning = root.required("morning")
    morning?.allow("from", "to", "kinds")
    let silence: EditionDefinition.Exposure? = root["silence-exposure"] == nil ? .households
      : root.choice("silence-exposure")
    let sources = root["exposures"].map(readExposures) ?? []
    let groups = root.list("groups").compactMap(readGroup)
    let rankings = root.list("rankings").compactMap(readRanking)
    guard let suppressBelow = root.integer("suppress-below"), let rankAtLeast = root.integer("rank-at-least"),
      let nightPart = root.required("night"), let night = readHours(nightPart), let morning,
      let morningHours = readHours(morning), let silence
    else { return nil }
    nightPart.allow("from", "to")
    return EditionDefinition(
      version: SHA256.hash(data: Data(text.utf8)).prefix(8).hexadecimal,
      suppressBelow: suppressBelow, rankAtLeast: rankAtLeast, night: night, morning: morningHours,
      morningKinds: morning.strings("kinds"), nearRepeatKinds: root.strings("near-repeats"),
      silenceExposure: silence, exposureSources: sources, groups: groups, rankings: rankings)
  }

  private func readHours(_ part: PackNode) -> EditionDefinition.Hours? {
    guard let from = part.integer("from"), let to = part.integer("to") else { return nil }
    return .init(from: from, to: to)
  }

  private func readExposures(_ part: PackNode) -> [EditionDefinition.ExposureSource] {
    part.allow("households", "residents")
    return [EditionDefinition.Exposure.households, .residents].compactMap { exposure in
      guard let source = part[exposure.rawValue] else { return nil }
      source.allow("year", "zh", "en")
      guard let year = source.integer("year"), let names = source.names() else { return nil }
      return .init(exposure: exposure, year: year, names: names)
    }
  }

  private func readGroup(_ part: PackNode) -> EditionDefinition.Group? {
    part.allow("code", "zh", "en", "kinds")
    guard let code = part.text("code"), let names = part.names() else { return nil }
    marks.editionGroups.append(part.mark)
    return .init(code: code, names: names, kinds: part.strings("kinds"))
  }

  private func readRanking(_ part: PackNode) -> EditionDefinition.Ranking? {
    part.allow("code", "zh", "en", "kinds", "unit", "uses", "exposure", "published", "retired")
    guard let code = part.text("code"), let names = part.names(),
      let unit: EditionDefinition.Ranking.Unit = part.choice("unit"),
      let exposure: EditionDefinition.Exposure = part.choice("exposure"), let published = day("published", part)
    else { return nil }
    marks.rankings.append(part.mark)
    return .init(code: code, names: names, kinds: part.strings("kinds"), unit: unit, uses: part.strings("uses"),
                 exposure: exposure, published: published, retired: part["retired"].flatMap(readRetirement))
  }

  private func readRetirement(_ part: PackNode) -> EditionDefinition.Ranking.Retirement? {
    part.allow("from", "zh", "en", "replaced-by")
    guard let from = day("from", part), let why = part.names() else { return nil }
    return .init(from: from, why: why, replacedBy: part["replaced-by"]?.text)
  }

  private func day(_ key: String, _ part: PackNode) -> CivilDate? {
    guard let value = part.required(key), let text = value.text else { return nil }
    if let day = CivilDate(text) { return day }
    value.fault(Texts(zh: "“\(text)”不是日期", en: "`\(text)` is no day"),
                fix: Texts(zh: "写作 2026-01-01", en: "write it as 2026-01-01"))
    return nil
  }
}
