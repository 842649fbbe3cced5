/// The ways from one page of the safety index to the others.
enum IndexTabs {
  static func links(_ here: PageURL, _ words: Words) -> [Frame.Link] {
    [(PageURL.editions, "editionsMade"), (.scenarios, "scenarios")].map { url, text in
      Frame.Link(text: words[text], url: url.path, isHere: url == here)
    }
  }
}
