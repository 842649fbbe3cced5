/// What has a deadline. Raw values are storage formats.
public enum DeadlineStep: String, Sendable, Hashable, Codable, CaseIterable {
  /// From assignment to the agency's signature.
  case sign
  /// From dispatch to arrival.
  case arrive
  /// From first report to the answer to the reporter.
  case feedback
  /// From first report to closure.
  case closure
}

/// A length of time and the clock that reckons it.
public struct Allowance: Sendable, Hashable {
  public enum Clock: String, Sendable, Hashable, Codable, CaseIterable { case always, business }
  public let minutes: Int
  public let clock: Clock
  public init(minutes: Int, clock: Clock) {
    self.minutes = minutes
    self.clock = clock
  }
}

/// Allowances by step, kind and severity. The deepest kind that has a line wins; a line with a severity beats one
/// without.
public struct DeadlineTable: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public let source: String
    /// A node of the tree of kinds, or `*`.
    public let kind: String
    public let severity: Severity?
    public let step: DeadlineStep
    public let allowance: Allowance
    public init(source: String, kind: String, severity: Severity?, step: DeadlineStep, allowance: Allowance) {
      self.source = source
      self.kind = kind
      self.severity = severity
      self.step = step
      self.allowance = allowance
    }
  }

  /// A rung of the ladder of oversight, after a deadline was missed.
  public struct Rung: Sendable, Hashable {
    public enum Notice: String, Sendable, Hashable, Codable, CaseIterable {
      case reminder
      case warning
      case supervision
      case rectification
    }
    public let notice: Notice
    /// Counted from the deadline; negative for a reminder before it.
    public let after: Allowance
    /// Role that receives it: `agency`, `overseer`, `supervisor`, `coordinator`.
    public let addressee: String
    public init(notice: Notice, after: Allowance, addressee: String) {
      self.notice = notice
      self.after = after
      self.addressee = addressee
    }
  }

  public let lines: [Line]
  /// In order.
  public let ladder: [Rung]
  let index: [Key: Int]
  public init(lines: [Line], ladder: [Rung]) {
    self.lines = lines
    self.ladder = ladder
    index = Self.index(lines)
  }
}
