import Domain

extension PackDraft {
  /// The `documents` of `pack.yaml`.
  func readDocuments(_ part: PackNode) -> DocumentRules? {
    let sorts = DocumentRules.Sort.allCases
    part.allow("issuer", "bulletin", "joint-order", "warning", "supervision", "rectification")
    marks.documents = part.mark
    guard let issuer = part.text("issuer") else { return nil }
    let forms = sorts.filter { part.has($0.rawValue) }.compactMap { sort in
      part.text(sort.rawValue).map { (sort, $0) }
    }
    return DocumentRules(issuer: issuer, forms: Dictionary(uniqueKeysWithValues: forms))
  }
}
