import Domain

/// What can be wrong with a request, or with us. Raw values are public names: `urn:headwater:problem:NAME`.
enum ProblemKind: String, Sendable, CaseIterable {
  // The request as such.
  case malformedRequest = "malformed-request"
  case wrongEncoding = "wrong-encoding"
  case malformedJSON = "malformed-json"
  case tooDeep = "too-deep"
  case idempotencyKeyMissing = "idempotency-key-missing"
  case idempotencyKeyInvalid = "idempotency-key-invalid"
  case notSignedIn = "not-signed-in"
  case signInFailed = "sign-in-failed"
  case scopeMissing = "scope-missing"
  case roleForbidden = "role-forbidden"
  case crossSite = "cross-site"
  case unknownAddress = "unknown-address"
  case methodNotAllowed = "method-not-allowed"
  case bodyTooLarge = "body-too-large"
  case mediaTypeUnsupported = "media-type-unsupported"
  case tooManyAttempts = "too-many-attempts"
  case tooManyFollowers = "too-many-followers"
  // What it says.
  case unknownParameter = "unknown-parameter"
  case parameterInvalid = "parameter-invalid"
  case unknownField = "unknown-field"
  case fieldMissing = "field-missing"
  case fieldInvalid = "field-invalid"
  case controlCharacter = "control-character"
  case idempotencyKeyReused = "idempotency-key-reused"
  case textMissing = "text-missing"
  case textTooLong = "text-too-long"
  case fieldTooLong = "field-too-long"
  case tooManyAttributes = "too-many-attributes"
  case coordinateImpossible = "coordinate-impossible"
  case locationMissing = "location-missing"
  case timeImpossible = "time-impossible"
  case outsideCity = "outside-city"
  case unknownKind = "unknown-kind"
  case kindNotLeaf = "kind-not-leaf"
  case unknownAgency = "unknown-agency"
  case unknownSquad = "unknown-squad"
  case unknownDivision = "unknown-division"
  case unknownPlace = "unknown-place"
  case unknownDoor = "unknown-door"
  case reasonMissing = "reason-missing"
  case starsOutOfRange = "stars-out-of-range"
  case kindWithoutLosses = "kind-without-losses"
  case lossOutOfRange = "loss-out-of-range"
  case mergeIntoItself = "merge-into-itself"
  // The case.
  case unknownCase = "unknown-case"
  case unknownReport = "unknown-report"
  case unknownWords = "unknown-words"
  case lookNotAllowed = "look-not-allowed"
  case wordsErased = "words-erased"
  case notNow = "not-now"
  case notYourCase = "not-your-case"
  case notYourSquad = "not-your-squad"
  case notJudged = "not-judged"
  case dangerForbidsDiversion = "danger-forbids-diversion"
  case jointOrderBinds = "joint-order-binds"
  case alreadyPaused = "already-paused"
  case notPaused = "not-paused"
  case paused
  case reportNotInCase = "report-not-in-case"
  case lastReport = "last-report"
  case mergeTargetEnded = "merge-target-ended"
  case noAnswerYet = "no-answer-yet"
  case nothingDue = "nothing-due"
  // People.
  case accountDisabled = "account-disabled"
  case unknownAccount = "unknown-account"
  case unknownToken = "unknown-token"
  case nameUnusable = "name-unusable"
  case nameTaken = "name-taken"
  case notAllowedThere = "not-allowed-there"
  case notYourself = "not-yourself"
  case passwordWrong = "password-wrong"
  case passwordUnusable = "password-unusable"
  case postImpossible = "post-impossible"
  case scopesUnusable = "scopes-unusable"
  case expiryPast = "expiry-past"
  // Plates.
  case plateNotOurs = "plate-not-ours"
  case plateRevoked = "plate-revoked"
  case formExpired = "form-expired"
  case unknownReceipt = "unknown-receipt"
  case photoUnusable = "photo-unusable"
  case voiceUnusable = "voice-unusable"
  case signatureMissing = "signature-missing"
  // The safety index.
  case periodUnusable = "period-unusable"
  case editionUnderWay = "edition-under-way"
  case nothingToPublish = "nothing-to-publish"
  case unknownEdition = "unknown-edition"
  case unknownScenario = "unknown-scenario"
  case olderEvidence = "older-evidence"
  // Walls.
  case wallKeyWrong = "wall-key-wrong"
  // Us.
  case unavailable
  case `internal`
}

extension ProblemKind {
  var type: String { "urn:headwater:problem:" + rawValue }

  var status: Int {
    switch self {
    case .malformedRequest, .wrongEncoding, .malformedJSON, .tooDeep, .idempotencyKeyMissing, .idempotencyKeyInvalid:
      400
    case .notSignedIn, .signInFailed, .wallKeyWrong: 401
    case .scopeMissing, .roleForbidden, .crossSite, .notYourCase, .notYourSquad, .accountDisabled, .notAllowedThere,
      .passwordWrong, .lookNotAllowed:
      403
    case .unknownAddress, .unknownCase, .unknownReport, .unknownWords, .unknownAccount, .unknownToken,
      .plateNotOurs, .unknownReceipt, .unknownEdition, .unknownScenario:
      404
    case .methodNotAllowed: 405
    case .notNow, .notJudged, .dangerForbidsDiversion, .jointOrderBinds, .alreadyPaused, .notPaused, .paused,
      .reportNotInCase, .lastReport, .mergeTargetEnded, .noAnswerYet, .nothingDue, .nameTaken,
      .notYourself, .formExpired, .editionUnderWay, .nothingToPublish, .olderEvidence:
      409
    case .wordsErased, .plateRevoked: 410
    case .bodyTooLarge: 413
    case .mediaTypeUnsupported: 415
    case .unknownParameter, .parameterInvalid, .unknownField, .fieldMissing, .fieldInvalid, .controlCharacter,
      .idempotencyKeyReused, .textMissing, .textTooLong, .fieldTooLong, .tooManyAttributes, .coordinateImpossible,
      .locationMissing, .timeImpossible, .outsideCity, .unknownKind, .kindNotLeaf, .unknownAgency, .unknownSquad,
      .unknownDivision, .unknownPlace, .unknownDoor, .reasonMissing, .starsOutOfRange, .kindWithoutLosses,
      .lossOutOfRange, .mergeIntoItself, .nameUnusable, .photoUnusable, .voiceUnusable, .signatureMissing,
      .passwordUnusable, .postImpossible, .scopesUnusable, .expiryPast, .periodUnusable:
      422
    case .tooManyAttempts: 429
    case .internal: 500
    case .unavailable, .tooManyFollowers: 503
    }
  }

  /// What a step on a case may run into besides the role and the request as such.
  static let caseRules: [ProblemKind] = [
    .unknownCase, .notNow, .notYourCase, .notYourSquad, .idempotencyKeyInvalid, .idempotencyKeyReused,
  ]
}
