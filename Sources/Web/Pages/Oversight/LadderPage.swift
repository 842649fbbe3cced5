import Domain
import Features
import Hummingbird

/// The ladder of notices: how many of each body's missed deadlines stand on which rung, and each of them.
struct LadderPage: Sendable {
  struct Body: Sendable {
    let name: String
    let cells: [Count]
  }

  struct Count: Sendable {
    let label: String
    let count: Int
    /// Nil for none.
    let url: String?
  }

  struct Stand: Sendable {
    let url: String
    let kind: String
    let whereabouts: String?
    let body: String
    let step: String
    let due: Presenter.Time
    let rungs: [Rung]
    let state: String
    let isSettled: Bool
  }

  struct Rung: Sendable {
    let notice: String
    let noticeCode: String
    let at: Presenter.Time
  }

  /// Raw values stand in addresses.
  enum State: String, Sendable, CaseIterable {
    case standing, settled
  }

  static let rungs: [DeadlineTable.Rung.Notice] = [.warning, .supervision, .rectification]
  private static let standsMax = 200
  private static let settledWithin = Span.days(30)

  let tabs: [Frame.Link]
  let states: [Frame.Link]
  let heads: [String]
  let bodies: [Body]
  /// What the list is narrowed to; nil where it is not.
  let narrowedTo: String?
  let allURL: String
  let stands: [Stand]
  let hidden: String?

  static func show(_ call: PageCall) async throws -> Response {
    let state: State = try call.query.word("state") ?? .standing
    let rung: DeadlineTable.Rung.Notice? = try call.query.word("rung")
    let agency = try call.query.code("agency")
    let (list, actor) = (ListLadder(call.site), try call.actor)
    let all = switch state {
    case .standing: try await list.standing(for: actor)
    case .settled: try await list.settled(since: call.site.now() - settledWithin, for: actor)
    }
    let chosen = all.filter { (rung == nil || $0.rung.notice == rung) && (agency == nil || $0.agency == agency) }
    let shown = Array(chosen.prefix(standsMax))
    let cases = try await ListCases(call.site).named(shown.map(\.caseID).unique, for: actor)
    let page = LadderPage(state, rung, agency, all: all, shown: shown, hidden: chosen.count - shown.count,
                          cases: Dictionary(uniqueKeysWithValues: cases.map { ($0.id, $0) }), call.presenter)
    return call.page("ladder", title: call.words["oversightLadder"], here: .oversight, page)
  }

  init(_ state: State, _ rung: DeadlineTable.Rung.Notice?, _ agency: String?, all: [ListLadder.Stand],
       shown: [ListLadder.Stand], hidden: Int, cases: [String: CaseSummary], _ presenter: Presenter) {
    let words = presenter.words
    tabs = OversightTabs.links(.ladder, words)
    states = State.allCases.map {
      Frame.Link(text: words["ladder." + $0.rawValue], url: PageURL.ladder.link([("state", $0.rawValue)]),
                 isHere: $0 == state)
    }
    heads = Self.rungs.map { words[$0] }
    let byBody = Dictionary(grouping: all, by: \.agency)
    bodies = byBody.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { code, mine in
      Body(name: presenter.agency(code), cells: Self.rungs.map { rung in
        let count = mine.count { $0.rung.notice == rung }
        let url = PageURL.ladder.link([("state", state.rawValue), ("rung", rung.rawValue), ("agency", code)])
        return Count(label: words[rung], count: count, url: count == 0 ? nil : url)
      })
    }
    let narrowed = [agency.map(presenter.agency), rung.map { words[$0] }].compactMap { $0 }
    narrowedTo = narrowed.isEmpty ? nil : narrowed.joined(separator: " · ")
    allURL = PageURL.ladder.link([("state", state.rawValue)])
    stands = shown.map { Self.stand($0, cases[$0.caseID], presenter) }
    self.hidden = hidden > 0 ? words("ladderHidden", ["n": String(hidden)]) : nil
  }

  private static func stand(_ stand: ListLadder.Stand, _ summary: CaseSummary?, _ presenter: Presenter) -> Stand {
    let words = presenter.words
    let since = stand.settledAt.map { words("ladderSettled", ["time": presenter.time($0).text]) }
      ?? words("ladderSince", ["span": presenter.span(presenter.now - stand.rung.at)])
    let rectified = stand.rectifiedAt.map { words("ladderRectified", ["time": presenter.time($0).text]) }
    return Stand(
      url: PageURL.oneCase(stand.caseID).path,
      kind: summary.map { presenter.kind($0.kind) } ?? String(stand.caseID.suffix(6)),
      whereabouts: summary.map { CaseRow.whereabouts($0.place, $0.division, presenter) },
      body: presenter.agency(stand.agency), step: words[stand.step], due: presenter.time(stand.due),
      rungs: stand.rungs.map {
        Rung(notice: words[$0.notice], noticeCode: $0.notice.rawValue, at: presenter.time($0.at))
      },
      state: [since, rectified].compactMap { $0 }.joined(separator: " · "), isSettled: stand.settledAt != nil)
  }
}

extension Array where Element: Hashable {
  /// Each once, in the order in which they came first.
  var unique: [Element] {
    var seen = Set<Element>()
    return filter { seen.insert($0).inserted }
  }
}
