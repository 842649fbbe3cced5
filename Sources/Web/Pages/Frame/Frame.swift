import Domain
import Features

/// What surrounds every page.
struct Frame: Sendable {
  struct Link: Sendable, Hashable {
    let text: String
    let url: String
    let isHere: Bool
  }

  struct Person: Sendable, Hashable {
    let name: String
    let post: String
  }

  let title: String
  let languageTag: String
  let city: String
  let links: [Link]
  let person: Person?
  let signOutURL: String
  let signInURL: String
  let aboutURL: String
  let startURL: String
  /// The same page in the other language.
  let otherLanguage: Link
  let otherTag: String
  let isSynthetic: Bool
  let packVersion: String
  let stylesheetURL: String
  let scriptURL: String
  /// What makes the page an app of a phone; nil for pages that are none.
  let manifestURL: String?

  init(_ call: PageCall, title: String, here: PageURL?) {
    let words = call.words
    let pack = call.site.pack
    self.title = title
    languageTag = call.language.tag
    city = pack.names(call.language)
    links = call.caller.map { Self.links($0, words, here) } ?? []
    person = call.caller.map { Person(name: $0.displayName, post: Self.post($0.actor, call.presenter)) }
    signOutURL = PageURL.signOut.path
    signInURL = PageURL.signIn.path
    aboutURL = PageURL.about.path
    startURL = PageURL.start.path
    let other = call.language.other
    otherLanguage = Link(text: other == .zh ? "中文" : "English", url: call.link(in: other), isHere: false)
    otherTag = other.tag
    isSynthetic = pack.isSynthetic
    packVersion = pack.version
    stylesheetURL = PageAssets.link("headwater.css")
    scriptURL = PageAssets.link("live.js")
    manifestURL = here == .field ? PageURL.fieldManifest.link([("lang", call.language.rawValue)]) : nil
  }

  private static func links(_ caller: Caller, _ words: Words, _ here: PageURL?) -> [Link] {
    var urls: [(PageURL, String)] = [(.start, "navStart")]
    if FieldPage.isFor(caller.actor.role) { urls.append((.field, "navField")) }
    if caller.may(.casesRead) { urls.append((.board, "navBoard")) }
    if ReportForm.isFor(caller) { urls.append((.newReport, "navReport")) }
    if RosterPage.isFor(caller) { urls.append((.rosters, "navRosters")) }
    if caller.may(.ratesRead) { urls += [(.rates, "navRates"), (.oversight, "navOversight")] }
    if EditionsPage.isFor(caller) { urls.append((.editions, "navIndex")) }
    if caller.may(.admin) { urls.append((.people, "navAdmin")) }
    return urls.map { Link(text: words[$1], url: $0.path, isHere: $0 == here) }
  }

  static func post(_ actor: Actor, _ presenter: Presenter) -> String {
    let body = actor.squad.map(presenter.squad) ?? actor.agency.map(presenter.agency)
      ?? presenter.division(actor.division)
    return presenter.words[actor.role] + " · " + body
  }
}
