extension PackProof {
  /// Whoever signs exists, and no two documents of a year can bear the same number.
  mutating func proveDocuments() {
    guard let rules = pack.documents else { return }
    if pack.agency(rules.issuer) == nil { addUnknown(marks.documents, .agency, rules.issuer) }
    for sort in DocumentRules.Sort.allCases {
      guard let form = rules.forms[sort] else { continue }
      let isWhole = DocumentRules.blanks.allSatisfy {
        form.split(separator: $0, omittingEmptySubsequences: false).count == 2
      }
      guard !isWhole else { continue }
      add(
        marks.documents,
        Texts(zh: "“\(sort.rawValue)”的编号格式不完整", en: "the number's form of `\(sort.rawValue)` is not whole"),
        fix: Texts(zh: "写明一处 {year} 和一处 {number}", en: "let `{year}` and `{number}` stand in it, each once"))
    }
    let forms = rules.forms.values
    if Set(forms).count < forms.count {
      add(
        marks.documents, Texts(zh: "两种文书的编号格式相同", en: "two sorts of documents have the same form of number"),
        fix: Texts(zh: "使用不同的字样", en: "tell them apart by their words"))
    }
  }
}
