// What happened to a case. Names and fields are storage formats: they are hashed into the journal as they stand.
// Optional fields may be added; nothing is ever renamed or removed.

/// One report as the journal keeps it: no words of the reporter, no name, no number, no point closer than a block.
public struct ReportFacts: Sendable, Hashable, Codable {
  public let id: String
  /// 110, 12345, plate, app, grid, device, partner, import: the pack's list.
  public let door: String
  public let isPoliceDoor: Bool
  /// The kind as the reporter or the door named it; what counts is the judgement.
  public let kind: String?
  public let place: String?
  public let division: String
  /// Rounded to the block before it came here; nil where only the place or the division is known.
  public let point: Coordinate?
  /// When it was said; when it reached us.
  public let saidAt: Instant
  public let receivedAt: Instant
  /// Reference of what was said, and by whom, in the vault; nil for a device.
  public let vault: String?
  /// Codes of the danger cues found in the text.
  public let dangers: [String]
  /// The plate that was scanned; nil for every other door.
  public let plate: PlateMark?

  public init(id: String, door: String, isPoliceDoor: Bool, kind: String?, place: String?, division: String,
              point: Coordinate?, saidAt: Instant, receivedAt: Instant, vault: String?, dangers: [String],
              plate: PlateMark? = nil) {
    self.id = id
    self.door = door
    self.isPoliceDoor = isPoliceDoor
    self.kind = kind
    self.place = place
    self.division = division
    self.point = point
    self.saidAt = saidAt
    self.receivedAt = receivedAt
    self.vault = vault
    self.dangers = dangers
    self.plate = plate
  }
}

/// What a report by a plate says of the plate.
public struct PlateMark: Sendable, Hashable, Codable {
  public let number: Int
  /// How far the phone was from the place, roughly, where it said so and that does not fit: the code may have been
  /// photographed and used elsewhere. Shown to whoever judges the report; nothing is refused for it.
  public let awayMetres: Int?

  public init(number: Int, awayMetres: Int?) {
    self.number = number
    self.awayMetres = awayMetres
  }
}

/// A deadline with the instants at which the ladder of oversight climbs, all reckoned when its clock started.
public struct Due: Sendable, Hashable, Codable {
  public let step: DeadlineStep
  public let from: Instant
  public let at: Instant
  public let clock: Allowance.Clock
  public let rungs: [Instant]

  public init(step: DeadlineStep, from: Instant, at: Instant, clock: Allowance.Clock, rungs: [Instant]) {
    self.step = step
    self.from = from
    self.at = at
    self.clock = clock
    self.rungs = rungs
  }
}

/// What was done. Raw values are storage formats.
public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
  case mediated
  case mediationFailed = "mediation-failed"
  case handled, referred, unfounded
  case notFound = "not-found"
  case withdrawn
}

public enum CaseEvent: Sendable, Hashable {
  case opened(Opened)
  case judged(Judged)
  case assigned(Assigned)
  case jointlyOrdered(Assigned)
  case signed
  case refused(Refused)
  case dispatched(Dispatched)
  case squadSigned(Done)
  case setOut(Done)
  case arrived(Done)
  case concluded(Concluded)
  case answered(Answered)
  case confirmed
  case rated(Rated)
  case complained(Noted)
  case closed(Closed)
  case reopened(Reasoned)
  case handedBack(HandedBack)
  case returned(Returned)
  case joined(ReportFacts)
  case parted(Parted)
  case merged(Merged)
  case unmerged
  case paused(Reasoned)
  case resumed(Reasoned)
  case noticed(Noticed)
  case rectified(Noted)
  case noted(Noted)

  public var step: Step {
    switch self {
    case .opened: .opened
    case .judged: .judged
    case .assigned: .assigned
    case .jointlyOrdered: .jointlyOrdered
    case .signed: .signed
    case .refused: .refused
    case .dispatched: .dispatched
    case .squadSigned: .squadSigned
    case .setOut: .setOut
    case .arrived: .arrived
    case .concluded: .concluded
    case .answered: .answered
    case .confirmed: .confirmed
    case .rated: .rated
    case .complained: .complained
    case .closed: .closed
    case .reopened: .reopened
    case .handedBack: .handedBack
    case .returned: .returned
    case .joined: .joined
    case .parted: .parted
    case .merged: .merged
    case .unmerged: .unmerged
    case .paused: .paused
    case .resumed: .resumed
    case .noticed: .noticed
    case .rectified: .rectified
    case .noted: .noted
    }
  }

  /// The vault's entry of the words that came with it.
  public var note: String? {
    switch self {
    case .refused(let body): body.note
    case .concluded(let body): body.note
    case .answered(let body): body.note
    case .complained(let body), .rectified(let body), .noted(let body): body.note
    case .reopened(let body), .paused(let body), .resumed(let body): body.note
    case .handedBack(let body): body.note
    case .opened, .judged, .assigned, .jointlyOrdered, .signed, .dispatched, .squadSigned, .setOut, .arrived,
      .confirmed, .rated, .closed, .returned, .joined, .parted, .merged, .unmerged, .noticed:
      nil
    }
  }

  /// When it was done, where that was told later.
  public var own: OwnTime? {
    switch self {
    case .squadSigned(let body), .setOut(let body), .arrived(let body): body.own
    case .concluded(let body): body.own
    case .answered(let body): body.own
    case .noted(let body): body.own
    default: nil
    }
  }
}
