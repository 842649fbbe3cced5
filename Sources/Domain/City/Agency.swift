/// A body that handles cases.
public struct Agency: Sendable, Hashable {
  public let code: String
  public let names: Texts
  /// The division it works for; it sees cases there and below.
  public let division: String
  public let isPolice: Bool
  /// Fire, ambulance, rescue: with the police, the only bodies a report with a danger cue may go to.
  public let isRescue: Bool
  /// Where new cases arrive; a case assigned here escalates to `overseer` when nobody opens it.
  public let inbox: String
  /// The agency answerable for this one (its inbox receives warning notices), nil for the top.
  public let overseer: String?

  public init(code: String, names: Texts, division: String, isPolice: Bool, isRescue: Bool, inbox: String,
              overseer: String?) {
    self.code = code
    self.names = names
    self.division = division
    self.isPolice = isPolice
    self.isRescue = isRescue
    self.inbox = inbox
    self.overseer = overseer
  }
}

/// A service squad as the pack founds it. Who is on shift when is the roster's matter, not the pack's.
public struct SquadPlan: Sendable, Hashable {
  public struct Member: Sendable, Hashable {
    /// A made-up or staff code, never a name.
    public let code: String
    public let skills: [String]
    public init(code: String, skills: [String]) {
      self.code = code
      self.skills = skills
    }
  }

  public let code: String
  public let names: Texts
  public let agency: String
  public let division: String
  public let base: Coordinate
  public let members: [Member]
  public let vehicles: [String]
  /// Shifts of the day: minutes of the day `start ..< end`; an end over 1440 runs past midnight. They rotate in order.
  public let shifts: [Range<Int>]
  /// Members on duty a shift.
  public let shiftSize: Int

  public init(code: String, names: Texts, agency: String, division: String, base: Coordinate, members: [Member],
              vehicles: [String], shifts: [Range<Int>], shiftSize: Int) {
    self.code = code
    self.names = names
    self.agency = agency
    self.division = division
    self.base = base
    self.members = members
    self.vehicles = vehicles
    self.shifts = shifts
    self.shiftSize = shiftSize
  }
}
