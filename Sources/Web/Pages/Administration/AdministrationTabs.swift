/// The ways from one page of administration to the others.
enum AdministrationTabs {
  static func links(_ here: PageURL, _ words: Words) -> [Frame.Link] {
    let urls: [(PageURL, String)] = [
      (.people, "adminPeople"), (.roles, "adminRoles"), (.inboxes, "adminInboxes"),
      (.installation, "adminInstallation"),
    ]
    return urls.map { Frame.Link(text: words[$1], url: $0.path, isHere: $0 == here) }
  }
}
