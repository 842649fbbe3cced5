import Domain
import Features

/// What the machine offers for a case: who is responsible, squads that could go, cases that may be the same thing.
struct CaseOffers: Sendable {
  /// The agency that the responsibility table names, and those that support it.
  let responsible: String?
  let supporting: String?
  /// The line of the table that names it.
  let source: String?
  let isDangerous: Bool
  let squads: [DispatchProposal]
  let duplicates: [FindDuplicates.Match]

  init(_ state: CaseState, squads: [DispatchProposal], duplicates: [FindDuplicates.Match], pack: CityPack,
       at now: Instant) {
    let kind = state.judgement?.kind
    isDangerous = !state.dangers.isEmpty
    let line = kind.flatMap {
      pack.responsible(kind: $0, division: state.firstReport.division, isDangerous: !state.dangers.isEmpty, at: now)
    }
    responsible = line?.agency
    supporting = line?.supporting.first
    source = line?.source
    self.squads = squads
    self.duplicates = duplicates
  }

  /// A report with a danger cue may only go to police and rescue: nobody else is offered.
  func agencyOptions(_ presenter: Presenter) -> [Choice.Option] {
    presenter.pack.agencies.filter { !isDangerous || $0.takesDanger }.map {
      .init(value: $0.code, text: $0.names(presenter.language))
    }
  }

  var bestSquad: String? { squads.first { $0.isEligible }?.squad }

  func squadOptions(_ presenter: Presenter) -> [Choice.Option] {
    squads.map { proposal in
      let why = (proposal.isEligible ? proposal.reasons : proposal.against)
        .compactMap { Self.reason($0, presenter) }.joined(separator: " · ")
      return .init(value: proposal.squad, text: presenter.squad(proposal.squad) + (why.isEmpty ? "" : " — " + why))
    }
  }

  func mergeOptions(_ presenter: Presenter) -> [Choice.Option] {
    duplicates.map { match in
      let row = CaseRow(match.summary, presenter)
      return .init(value: match.summary.id, text: "\(row.kind) · \(row.whereabouts) · \(row.opened.text)")
    }
  }

  /// A reason of a proposal in words; which case keeps a squad busy may be another division's.
  static func reason(_ code: String, _ presenter: Presenter) -> String? {
    let parts = code.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return presenter.words.word("why", code) }
    if parts[0] == "busy" { return presenter.words["why.busy"] }
    let value = parts[0] == "metres" ? parts[1] : presenter.words.word("skill", parts[1])
    return presenter.words("why." + parts[0], ["value": value])
  }

  static func reason(_ reason: DuplicateCandidates.Reason, _ presenter: Presenter) -> String {
    let words = presenter.words
    return switch reason {
    case .sameKind(let kind): words("same.kind", ["value": presenter.kind(kind)])
    case .relatedKind(let kind): words("same.related", ["value": presenter.kind(kind)])
    case .kindUnknown: words["same.unknown"]
    case .samePlace(let place): words("same.place", ["value": presenter.place(place)])
    case .near(let metres): words("same.near", ["value": String(metres)])
    case .recent(let minutes): words("same.recent", ["value": String(minutes)])
    }
  }
}
