import Domain

extension PackDraft {
  /// The `plates` of `pack.yaml`.
  func readPlates(_ part: PackNode) -> PlateRules? {
    part.allow("zh", "en", "calls", "offers")
    marks.plates = part.mark
    let calls = part.list("calls").compactMap { part -> PlateRules.Call? in
      part.allow("number", "zh", "en")
      guard let number = part.text("number"), let names = part.names() else { return nil }
      return PlateRules.Call(number: number, names: names)
    }
    let offers = part.list("offers").compactMap { part -> PlateRules.Offer? in
      let wishes = PlateRules.Wish.allCases
      part.allow("use", "report", "help", "broken")
      guard let use = part.text("use") else { return nil }
      marks.offers.append(part.mark)
      return PlateRules.Offer(use: use, kinds: Dictionary(uniqueKeysWithValues: wishes.map { wish in
        (wish, part.strings(wish.rawValue))
      }))
    }
    guard let caption = part.names() else { return nil }
    return PlateRules(caption: caption, calls: calls, offers: offers)
  }
}
