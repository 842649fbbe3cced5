import Domain
import Features

/// The first page after the sign-in: what waits for this role, and its most pressing cases.
struct StartPage: Sendable {
  struct Tile: Sendable {
    let text: String
    let count: Int
    let url: String
    let isPressing: Bool
  }

  let greeting: String
  let task: String
  let tiles: [Tile]
  let rows: [CaseRow]
  let newReportURL: String?
  let ratesURL: String?
  let boardURL: String

  static let rowsMax = 8

  static let route = PageRoute.get(.start, .signedIn) { call in
    let caller = try call.signedIn
    let list = ListCases(call.site)
    guard caller.may(.casesRead) else {
      return call.page("start", title: call.words["navStart"], here: .start,
                       StartPage(caller, counts: [], cases: [], call.presenter))
    }
    let counts = try await list.counts(.init(), for: caller.actor)
    let page = try await list(.init(isOpen: true, order: .pressing), for: caller.actor, limit: rowsMax)
    return call.page("start", title: call.words["navStart"], here: .start,
                     StartPage(caller, counts: counts, cases: page.cases, call.presenter))
  }

  init(_ caller: Caller, counts: [ListCases.Count], cases: [CaseSummary], _ presenter: Presenter) {
    let (role, words) = (caller.actor.role, presenter.words)
    greeting = words("hello", ["name": caller.displayName])
    task = words["task." + role.rawValue]
    let pressing: Set<BoardQueue> = [.late, .refused, .returned]
    tiles = !caller.may(.casesRead) ? [] : Self.queues(role).map { queue in
      let count = queue.sum(counts) ?? 0
      return Tile(text: words[queue], count: count,
                  url: PageURL.board.link([("queue", queue == .open ? nil : queue.rawValue)]),
                  isPressing: count > 0 && pressing.contains(queue))
    }
    rows = cases.map { CaseRow($0, presenter) }
    newReportURL = ReportForm.isFor(caller) ? PageURL.newReport.path : nil
    ratesURL = caller.may(.ratesRead) ? PageURL.rates.path : nil
    boardURL = PageURL.board.path
  }

  private static func queues(_ role: Role) -> [BoardQueue] {
    switch role {
    case .agency: [.unsigned, .late, .handling, .answering, .returned]
    case .squadMember: [.unsigned, .handling, .late]
    case .supervisor, .analyst, .administrator: [.late, .unsigned, .refused, .returned, .open]
    case .coordinator: [.refused, .new, .late, .returned, .open]
    default: [.new, .unsigned, .late, .refused, .returned]
    }
  }
}
