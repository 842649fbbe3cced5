import Domain
import Features
import Hummingbird

/// Deadlines about to be missed, by the body that would miss them; each opens its case.
struct DeadlinesPage: Sendable {
  struct Group: Sendable {
    let name: String
    let count: Int
    let entries: [Entry]
  }

  struct Entry: Sendable {
    let url: String
    let kind: String
    let whereabouts: String
    let step: String
    let phase: String
    let phaseCode: String
    let left: Presenter.Left
  }

  /// Raw values stand in addresses.
  enum Reach: String, Sendable, CaseIterable {
    case soon, today
  }

  let tabs: [Frame.Link]
  let reaches: [Frame.Link]
  let asOf: Presenter.Time
  let count: Int
  /// The body whose first deadline is the next comes first.
  let groups: [Group]
  let hidden: String?
  let lateURL: String
  let lateText: String

  static func show(_ call: PageCall) async throws -> Response {
    let reach: Reach = try call.query.word("within") ?? .soon
    let actor = try call.actor
    let entries = try await ListDeadlines(call.site)(until: end(of: reach, call.presenter), for: actor)
    let counts = try await ListCases(call.site).counts(.init(), for: actor)
    let page = DeadlinesPage(reach, entries, late: BoardQueue.late.sum(counts) ?? 0, call.presenter)
    return call.page("deadlines", title: call.words["oversightDeadlines"], here: .oversight, page)
  }

  private static func end(of reach: Reach, _ presenter: Presenter) -> Instant {
    let zone = presenter.pack.calendar.zone
    switch reach {
    case .soon: return presenter.now + .hours(2)
    case .today: return zone.instant(zone.local(presenter.now).date.adding(days: 1))
    }
  }

  init(_ reach: Reach, _ found: [ListDeadlines.Entry], late: Int, _ presenter: Presenter) {
    let words = presenter.words
    tabs = OversightTabs.links(.deadlines, words)
    reaches = Reach.allCases.map {
      Frame.Link(text: words["within." + $0.rawValue], url: PageURL.deadlines.link([("within", $0.rawValue)]),
                 isHere: $0 == reach)
    }
    asOf = presenter.shortTime(presenter.now)
    count = found.count
    var order: [String] = []
    for entry in found where !order.contains(entry.agency) { order.append(entry.agency) }
    let byBody = Dictionary(grouping: found, by: \.agency)
    groups = order.map { body in
      let mine = byBody[body] ?? []
      return Group(name: presenter.agency(body), count: mine.count, entries: mine.map { Self.entry($0, presenter) })
    }
    hidden = found.count < ListDeadlines.countMax ? nil : words("deadlinesHidden", ["n": String(found.count)])
    lateURL = PageURL.board.link([("queue", BoardQueue.late.rawValue)])
    lateText = words("deadlinesLate", ["n": String(late)])
  }

  private static func entry(_ entry: ListDeadlines.Entry, _ presenter: Presenter) -> Entry {
    let summary = entry.case
    return Entry(
      url: PageURL.oneCase(summary.id).path, kind: presenter.kind(summary.kind),
      whereabouts: CaseRow.whereabouts(summary.place, summary.division, presenter),
      step: presenter.words[entry.step], phase: presenter.words[summary.phase], phaseCode: summary.phase.rawValue,
      left: presenter.left(entry.due))
  }
}
