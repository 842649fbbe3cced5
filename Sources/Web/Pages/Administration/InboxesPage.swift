import Domain
import Features

/// The agencies' inboxes, those that nobody answers for first.
struct InboxesPage: Sendable {
  struct Line: Sendable {
    let name: String
    let inbox: String
    let overseer: String
    let people: Int
    let programs: Int
    let lastSeen: String
    let unsigned: Int
    let unsignedURL: String
    let isReachable: Bool
    let state: String
  }

  let tabs: [Frame.Link]
  let lines: [Line]
  let silent: String?

  static let route = PageRoute.get(.inboxes, .scope(.admin)) { call in
    let inboxes = try await ListInboxes(call.site)(for: try call.actor)
    return call.page("inboxes", title: call.words["adminInboxes"], here: .people,
                     InboxesPage(inboxes, call.presenter))
  }

  private init(_ inboxes: [ListInboxes.Inbox], _ presenter: Presenter) {
    let words = presenter.words
    tabs = AdministrationTabs.links(.inboxes, words)
    let sorted = inboxes.filter { !$0.isReachable } + inboxes.filter(\.isReachable)
    lines = sorted.map { inbox in
      let code = inbox.agency.code
      return Line(
        name: presenter.agency(code), inbox: inbox.agency.inbox,
        overseer: inbox.agency.overseer.map(presenter.agency) ?? "–", people: inbox.people,
        programs: inbox.programs, lastSeen: inbox.lastSeen.map { presenter.time($0).text } ?? words["never"],
        unsigned: inbox.unsigned,
        unsignedURL: PageURL.board.link([("queue", BoardQueue.unsigned.rawValue), ("agency", code)]),
        isReachable: inbox.isReachable, state: words[inbox.isReachable ? "inboxReachable" : "inboxSilent"])
    }
    let count = inboxes.count { !$0.isReachable }
    silent = count == 0 ? nil : words("inboxesSilent", ["n": String(count)])
  }
}
