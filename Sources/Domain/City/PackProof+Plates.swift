extension PackProof {
  /// Every place offers something, and what is offered exists.
  mutating func provePlates() {
    guard let rules = pack.plates else { return }
    proveTexts([rules.caption] + rules.calls.map(\.names), [PackMarks.Mark](
      repeating: marks.plates, count: rules.calls.count + 1))
    if rules.calls.isEmpty || !rules.calls.allSatisfy(\.isCallable) {
      add(
        marks.plates, Texts(zh: "calls 缺少可拨打的号码", en: "`calls` has no number that can be called"),
        fix: Texts(zh: "至少一个号码,只用数字,加引号", en: "give at least one number, figures only, in quotes"))
    }
    proveUnique(rules.offers.map(\.use), marks.offers, Texts(zh: "用途", en: "use"))
    if !rules.offers.contains(where: { $0.use == "*" }) {
      add(
        marks.plates, Texts(zh: "offers 缺少“*”一行", en: "`offers` has no line for `*`"),
        fix: Texts(zh: "加入 use: \"*\",供其余用途的地点使用", en: "add `use: \"*\"` for places of every other use"))
    }
    for (offer, mark) in zip(rules.offers, marks.offers) { prove(offer, mark) }
  }

  private mutating func prove(_ offer: PlateRules.Offer, _ mark: PackMarks.Mark) {
    if offer.use != "*", !pack.places.contains(where: { $0.use == offer.use }) {
      addUnknown(mark, .use, offer.use)
    }
    var seen: Set<String> = []
    for wish in PlateRules.Wish.allCases {
      let codes = offer.kinds[wish] ?? []
      if codes.isEmpty {
        add(
          mark, Texts(zh: "“\(offer.use)”的 \(wish.rawValue) 为空", en: "`\(wish.rawValue)` of `\(offer.use)` is empty"),
          fix: Texts(zh: "至少列出一个类别", en: "list at least one kind"))
      }
      for code in codes {
        if !pack.isLeaf(kind: code) { addUnknown(mark, Texts(zh: "末级类别", en: "last kind of a branch"), code) }
        guard !seen.insert(code).inserted else { continue }
        add(
          mark, Texts(zh: "类别“\(code)”列了两次", en: "the kind `\(code)` is offered twice"),
          fix: Texts(zh: "只保留一处", en: "keep one of them"))
      }
    }
  }
}

extension PlateRules.Call {
  fileprivate var isCallable: Bool {
    (2...15).contains(number.utf8.count) && number.utf8.allSatisfy { (48...57).contains($0) }
  }
}
