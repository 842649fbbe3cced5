/// The ways from one page of oversight to the others.
enum OversightTabs {
  static func links(_ here: PageURL, _ words: Words) -> [Frame.Link] {
    let urls: [(PageURL, String)] = [
      (.oversight, "oversightTrend"), (.comparison, "oversightComparison"), (.deadlines, "oversightDeadlines"),
      (.ladder, "oversightLadder"), (.documents, "oversightDocuments"),
      (.bulletins, "oversightBulletins"), (.rates, "navRates"), (.wall, "wall"),
    ]
    return urls.map { Frame.Link(text: words[$1], url: $0.path, isHere: $0 == here) }
  }
}
