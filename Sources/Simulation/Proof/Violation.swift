import Domain

/// What must never be so, found after a run.
public enum Violation: Sendable, Hashable {
  /// A report that was acknowledged is in no case.
  case lost(report: String)
  /// A report is in more than one case, or a request took effect twice.
  case doubled(report: String, cases: Int)
  /// More cases were opened than reports acknowledged, when all had been answered.
  case unasked(opened: Int, acknowledged: Int)
  /// The same request was answered in two ways.
  case answeredTwice(report: String, other: String)
  /// Nobody, or somebody whom the events do not name, holds the case after this event.
  case custody(case: String, version: Int)
  /// A report with a danger cue was sent away from police and rescue.
  case diverted(case: String, version: Int)
  /// Time ran backwards in a stream, or a version is missing.
  case order(case: String, version: Int)
  case rate(Rate, group: String, asOf: Instant, counted: String, recounted: String)
  /// Found by the program's own verification.
  case verification(String)
  /// Something was due and nobody worked it off.
  case forgotten(overdue: Int)
  /// A follower of the journal missed events, or saw a stream out of its order.
  case followed(seen: Int, of: Int, disorder: Int)
  /// The words of a report cannot be read.
  case vault(report: String)
  /// Words that somebody added to a case cannot be read.
  case note(reference: String)
  /// The program failed in a way that no fault of the plan explains.
  case failed(String)
}
