/// Why a command changed nothing: a case per rule. The prose is chosen at the edge, in the user's language.
public enum Rejection: Error, Sendable, Hashable {
  case unknownCase
  /// The table of transitions does not allow this here.
  case notNow(step: Step, phase: Phase)
  /// The table does not allow this to the role.
  case notByRole(step: Step, role: Role)
  /// The agency that acts is not the one that was assigned, or that signed.
  case notYourCase
  case notYourSquad
  case unknownKind(String)
  case kindNotLeaf(String)
  case unknownAgency(String)
  case unknownSquad(String)
  case unknownDivision(String)
  case unknownPlace(String)
  case unknownDoor(String)
  case notJudged
  /// A danger cue stands: neither a person nor a rule may send it away from police and rescue.
  case dangerForbidsDiversion(cues: [String])
  case jointOrderBinds
  case reasonMissing
  case alreadyPaused
  case notPaused
  case paused
  case starsOutOfRange
  /// Nobody loses money by such a kind.
  case kindWithoutLosses(String)
  case lossOutOfRange
  case reportNotInCase
  case lastReport
  case mergeIntoItself
  case mergeTargetEnded
  case noAnswerYet
  case nothingDue
  case outsideCity
  case saidInFuture
}
