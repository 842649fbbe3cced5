import Domain
import Features

/// The part of the board that moves: the queues with their counts, the cases, the dots on the map.
struct BoardPart: Sendable {
  struct Tab: Sendable {
    let text: String
    let url: String
    let count: Int?
    let isHere: Bool
    /// Something waits in a queue that should be empty.
    let isPressing: Bool
  }

  let tabs: [Tab]
  let queueTitle: String
  let rows: [CaseRow]
  let nextURL: String?
  let firstURL: String?
  let map: BoardMap
  let asOf: Presenter.Time
  let hiddenDots: String?

  init(_ query: BoardQuery, counts: [ListCases.Count], page: ListCases.Page, dots: ListCases.Page,
       drawing: MapDrawing, _ presenter: Presenter) {
    let words = presenter.words
    tabs = BoardQueue.allCases.map { queue in
      let count = queue.sum(counts)
      let wants: Set<BoardQueue> = [.late, .refused, .returned]
      return Tab(text: words[queue], url: query.link(queue: queue), count: count, isHere: queue == query.queue,
                 isPressing: wants.contains(queue) && (count ?? 0) > 0)
    }
    queueTitle = words[query.queue]
    rows = page.cases.map { CaseRow($0, presenter) }
    nextURL = page.next.map { query.link(after: $0) }
    firstURL = query.after == nil ? nil : query.link()
    map = BoardMap(dots.cases, drawing: drawing, query, presenter)
    asOf = presenter.shortTime(presenter.now)
    hiddenDots = dots.next == nil ? nil : words("hiddenDots", ["n": String(dots.cases.count)])
  }
}
