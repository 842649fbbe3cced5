import Domain

/// What a run is: the same plan over the same pack and program gives the same journal.
public struct SimulationPlan: Sendable, Hashable {
  public var seed: UInt64
  /// Virtual time at which the first day begins.
  public var from: Instant
  /// Length in days of 24 hours.
  public var days: Int
  /// On an ordinary day.
  public var reportsPerDay: Double
  /// Only so many places report, so that more happens at each; nil for all of the pack.
  public var placesMax: Int?
  /// How often the scheduler runs.
  public var schedulerEvery: Span
  public var staffing: Staffing
  public var habits: Habits
  /// Nil: nothing ever fails.
  public var faults: FaultPlan?

  public init(seed: UInt64, from: Instant, days: Int, reportsPerDay: Double, placesMax: Int? = nil,
              schedulerEvery: Span = .minutes(10), staffing: Staffing = Staffing(), habits: Habits = Habits(),
              faults: FaultPlan? = nil) {
    self.seed = seed
    self.from = from
    self.days = days
    self.reportsPerDay = reportsPerDay
    self.placesMax = placesMax
    self.schedulerEvery = schedulerEvery
    self.staffing = staffing
    self.habits = habits
    self.faults = faults
  }

  public var end: Instant { from + .days(days) }
}

/// Who works, and how fast: what one would change to ask "what if".
public struct Staffing: Sendable, Hashable, Codable {
  /// Desk operators on duty at any time.
  public var operators = 12
  /// The share of the pack's squads that are manned.
  public var squadShare = 1.0
  public var travelKilometresPerHour = 24.0
  /// From one step to the next, in the middle; each agency has a pace of its own on top.
  public var judging = Delay(2.5, spread: 0.6)
  public var assigning = Delay(1.5, spread: 0.5)
  public var signingUrgent = Delay(1.2, spread: 0.4)
  public var signing = Delay(8, spread: 0.7)
  public var coordinating = Delay(50, spread: 0.6)
  public var dispatching = Delay(4, spread: 0.6)
  public var settingOut = Delay(2.5, spread: 0.5)
  public var onSite = Delay(28, spread: 0.5)
  public var officeWork = Delay(320, spread: 0.8)
  public var answering = Delay(35, spread: 0.9)

  public init() {}
}

/// How often people do what, 0 … 1.
public struct Habits: Sendable, Hashable, Codable {
  public var vagueReport = 0.08
  public var dangerousWords = 0.03
  /// Somebody else reports the same thing a little later.
  public var secondCaller = 0.04
  public var operatorMistake = 0.05
  public var merging = 0.85
  public var wrongMerge = 0.01
  public var refusalWhenWrong = 0.85
  public var refusal = 0.03
  public var handBack = 0.02
  public var pause = 0.03
  public var confirmation = 0.5
  public var deskCloses = 0.2
  public var rating = 0.35
  public var complaint = 0.02
  public var complaintWhenLate = 0.12
  public var reopening = 0.03
  /// The same thing happens again after the case was closed.
  public var recurrence = 0.03
  /// People type something besides pressing the button.
  public var words = 0.7

  public init() {}
}
