import Domain
import Features

/// A case as a line of a queue.
struct CaseRow: Sendable {
  struct Mark: Sendable, Hashable {
    let text: String
    /// `danger`, `warn`, `plain`.
    let tone: String
  }

  let id: String
  let version: Int
  let url: String
  let kind: String
  let whereabouts: String
  let phase: String
  let phaseCode: String
  let severity: String
  let severityCode: String
  let body: String
  let door: String
  let opened: Presenter.Time
  let due: Presenter.Left?
  let paused: String?
  let marks: [Mark]
  /// What a board needs to keep the row in its place and on its map; nil elsewhere.
  let place: BoardPlace?

  init(_ summary: CaseSummary, _ presenter: Presenter, place: BoardPlace? = nil) {
    self.place = place
    let words = presenter.words
    id = summary.id
    version = summary.version
    url = PageURL.oneCase(summary.id).path
    kind = presenter.kind(summary.kind)
    whereabouts = Self.whereabouts(summary.place, summary.division, presenter)
    phase = words[summary.phase]
    phaseCode = summary.phase.rawValue
    severity = words[summary.severity]
    severityCode = summary.severity.rawValue
    body = summary.squad.map(presenter.squad) ?? summary.agency.map(presenter.agency)
      ?? presenter.holder(summary.holder)
    door = presenter.door(summary.door)
    opened = presenter.shortTime(summary.openedAt)
    due = summary.dueAt.map(presenter.left)
    paused = summary.pausedAt == nil ? nil : words["paused"]
    marks = Self.marks(summary, words)
  }

  static func whereabouts(_ place: String?, _ division: String, _ presenter: Presenter) -> String {
    [place.map(presenter.place), presenter.division(division)].compactMap { $0 }.joined(separator: " · ")
  }

  static func marks(_ summary: CaseSummary, _ words: Words) -> [Mark] {
    var marks: [Mark] = []
    func add(_ key: String, _ count: Int, _ tone: String) {
      marks.append(Mark(text: words(key, ["n": String(count)]), tone: tone))
    }
    if summary.severity == .critical { marks.append(Mark(text: words[summary.severity], tone: "danger")) }
    if summary.severity == .urgent { marks.append(Mark(text: words[summary.severity], tone: "warn")) }
    if summary.isDangerous { marks.append(Mark(text: words["markDanger"], tone: "danger")) }
    if summary.refusals > 0 { add("markRefused", summary.refusals, "warn") }
    if summary.returns > 0 { add("markReturned", summary.returns, "warn") }
    if summary.reports > 1 { add("markReports", summary.reports, "plain") }
    return marks
  }
}
