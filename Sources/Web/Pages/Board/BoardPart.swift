import Domain
import Features

/// The part of the board that moves: the queues with their counts, and cases.
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
  /// The same rows without the page around them.
  let nextPartURL: String?
  let firstURL: String?
  let asOf: Presenter.Time

  init(_ query: BoardQuery, counts: [ListCases.Count], cases: [CaseSummary], next: ListCases.Cursor?,
       _ presenter: Presenter) {
    let words = presenter.words
    let order = query.queueFilter.order
    tabs = BoardQueue.allCases.map { queue in
      let count = queue.sum(counts)
      let wants: Set<BoardQueue> = [.late, .refused, .returned]
      return Tab(text: words[queue], url: query.link(queue: queue), count: count, isHere: queue == query.queue,
                 isPressing: wants.contains(queue) && (count ?? 0) > 0)
    }
    queueTitle = words[query.queue]
    rows = cases.map { CaseRow($0, presenter, place: BoardPlace($0, order, at: presenter.now)) }
    nextURL = next.map { query.link(after: $0) }
    nextPartURL = next.map { query.link(.boardPart, after: $0) }
    firstURL = query.after == nil ? nil : query.link()
    asOf = presenter.shortTime(presenter.now)
  }
}
