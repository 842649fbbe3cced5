import Domain
import Features

/// The queues of the board, in the order in which they want to be looked at. Raw values stand in addresses.
enum BoardQueue: String, Sendable, CaseIterable {
  case open, new, unsigned, late, refused, returned, handling, answering, ended

  /// Narrows a filter to the queue.
  func narrow(_ filter: inout ListCases.Filter) {
    filter.isOpen = self != .ended
    filter.order = self == .ended ? .newest : .attention
    switch self {
    case .open: break
    case .late: filter.isLate = true
    case .refused: filter.isRefused = true
    case .returned: filter.isReturned = true
    default: filter.phases = phases
    }
  }

  private var phases: [Phase] {
    switch self {
    case .new: [.desk, .coordination]
    case .unsigned: [.assigned, .dispatched]
    case .handling: [.handling, .accepted, .underway, .onSite]
    case .answering: [.resolved, .answered]
    case .ended: [.closed, .merged]
    case .open, .late, .refused, .returned: []
    }
  }

  /// How many of the counted open cases stand in it; nil where nobody counts.
  func sum(_ counts: [ListCases.Count]) -> Int? {
    let mine: [ListCases.Count]
    switch self {
    case .open: mine = counts
    case .late: mine = counts.filter(\.isLate)
    case .refused: mine = counts.filter(\.isRefused)
    case .returned: mine = counts.filter(\.isReturned)
    case .ended: return nil
    default: mine = counts.filter { phases.contains($0.phase) }
    }
    return mine.reduce(0) { $0 + $1.cases }
  }
}
