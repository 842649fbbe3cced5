import Domain
import Features
import Hummingbird

/// What the machine suggests to people: cases that may be the same thing, squads that could go.
enum CandidateEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [duplicates(parts), proposals(parts)] }

  private static func duplicates(_ parts: WebParts) -> Endpoint {
    let find = FindDuplicates(parts.site)
    return Endpoint(
      .get, "/api/v1/cases/{id}/duplicates", "listDuplicates", zh: "可能为同一事件的其他事件,附理由",
      en: "Open cases that may be the same thing, with reasons", access: .scope(.casesRead),
      answer: .json(.object([.required("duplicates", .list(DuplicateView.schema))])), problems: [.unknownCase]
    ) { call in
      let matches = try await find(call.identifier("id"), for: call.actor)
      return try JSON.response(["duplicates": matches.map(DuplicateView.init)])
    }
  }

  private static func proposals(_ parts: WebParts) -> Endpoint {
    let propose = ProposeSquads(parts.site)
    return Endpoint(
      .get, "/api/v1/cases/{id}/proposals", "listProposals", zh: "可派的服务队,由优到劣,附理由",
      en: "Squads that could go, best first, with reasons", access: .scope(.casesRead),
      roles: Transitions.of(.dispatched).by.union([.operator, .coordinator, .system]),
      answer: .json(.object([.required("proposals", .list(ProposalView.schema))])), problems: [.unknownCase]
    ) { call in
      let proposals = try await propose(call.identifier("id"), for: call.actor)
      return try JSON.response(["proposals": proposals.map(ProposalView.init)])
    }
  }
}

struct DuplicateView: Encodable, Sendable {
  /// A reason and what is behind it: a kind, a place, metres or minutes.
  struct Reason: Encodable, Sendable {
    let reason: String
    private(set) var kind: String?
    private(set) var place: String?
    private(set) var metres: Int?
    private(set) var minutes: Int?

    init(_ reason: DuplicateCandidates.Reason) {
      switch reason {
      case .sameKind(let kind):
        self.reason = "same-kind"
        self.kind = kind
      case .relatedKind(let kind):
        self.reason = "related-kind"
        self.kind = kind
      case .kindUnknown: self.reason = "kind-unknown"
      case .samePlace(let place):
        self.reason = "same-place"
        self.place = place
      case .near(let metres):
        self.reason = "near"
        self.metres = metres
      case .recent(let minutes):
        self.reason = "recent"
        self.minutes = minutes
      }
    }
  }

  let `case`: CaseView
  let score: Double
  let reasons: [Reason]

  init(_ match: FindDuplicates.Match) {
    self.case = CaseView(match.summary)
    score = match.score
    reasons = match.reasons.map(Reason.init)
  }

  static let schema = Schema.object([
    .required("case", CaseView.schema), .required("score", .number(0...1)),
    .required("reasons", .list(.object([
      .required("reason", .words(["same-kind", "related-kind", "kind-unknown", "same-place", "near", "recent"])),
      .optional("kind", .string()), .optional("place", .string()), .optional("metres", .integer()),
      .optional("minutes", .integer()),
    ]))),
  ]).named("Duplicate")
}

struct ProposalView: Encodable, Sendable {
  let squad: String
  let isEligible: Bool
  let metres: Double?
  let reasons: [String]
  let against: [String]

  init(_ proposal: DispatchProposal) {
    squad = proposal.squad
    isEligible = proposal.isEligible
    metres = proposal.metres?.rounded()
    reasons = proposal.reasons
    // Which case keeps a squad busy may be another division's.
    against = proposal.against.map { $0.hasPrefix("busy:") ? "busy" : $0 }
  }

  static let schema = Schema.object([
    .required("squad", .string()), .required("isEligible", .boolean), .optional("metres", .number()),
    .required("reasons", .list(.string())), .required("against", .list(.string())),
  ]).named("Proposal")
}
