import Domain
import Features

/// The installation itself: this node, the pack and its proof, what is erased when, the journal's checkpoints.
struct InstallationPage: Sendable {
  struct Section: Sendable {
    let title: String
    let isWell: Bool
    let state: String
    let facts: [CasePage.Fact]
    let faults: [String]
  }

  struct CheckpointLine: Sendable {
    let number: Int
    let at: Presenter.Time
    let events: Int
    let streams: Int
    let root: String
    let isWell: Bool
    let state: String
  }

  let tabs: [Frame.Link]
  let sections: [Section]
  let checkpoints: [CheckpointLine]

  static let route = PageRoute.get(.installation, .scope(.admin)) { call in
    async let readiness = CheckReadiness(call.site)()
    let report = try await InspectInstallation(call.site)()
    return call.page("installation", title: call.words["adminInstallation"], here: .people,
                     InstallationPage(await readiness, report, call.presenter))
  }

  private init(_ readiness: CheckReadiness.Report, _ report: InspectInstallation.Report, _ presenter: Presenter) {
    let words = presenter.words
    tabs = AdministrationTabs.links(.installation, words)
    sections = [
      Self.node(readiness, report, presenter), Self.pack(report, presenter), Self.retention(report, presenter),
    ]
    checkpoints = report.checkpoints.map { sealed in
      CheckpointLine(
        number: sealed.number, at: presenter.time(sealed.at), events: sealed.events, streams: sealed.streams,
        root: String(sealed.root.prefix(16)), isWell: sealed.holds,
        state: words[!sealed.holds ? "sealBroken" : sealed.isSigned == nil ? "sealUnknown" : "sealHolds"])
    }
  }

  private static func fact(_ label: String, _ text: String, _ note: String? = nil) -> CasePage.Fact {
    .init(label: label, text: text, note: note)
  }

  private static func node(_ readiness: CheckReadiness.Report, _ report: InspectInstallation.Report,
                           _ presenter: Presenter) -> Section
  {
    let words = presenter.words
    let watchdog = readiness.watchdog
    let isWell = readiness.isReady && readiness.areViewsCurrent && watchdog?.isStalled == false
    let megabytes = MetricsText.residentBytes.map { String($0 / 1_048_576) + " MB" } ?? "–"
    var facts = [
      fact(words["database"], report.isEmbedded ? "SQLite" : "PostgreSQL",
           words[readiness.isReady ? "ready" : "notReady"]),
      fact(words["adminViews"], words[readiness.areViewsCurrent ? "adminViewsCurrent" : "adminViewsOther"]),
      fact(words["scheduler"], words[watchdog?.isStalled == false ? "running" : "stalled"],
           watchdog?.lastBeat.map { words("lastBeat", ["time": presenter.time($0).text]) }),
      fact(words["adminQueue"], words("adminQueueText", [
        "due": String(watchdog?.overdue ?? 0), "all": String(report.deadlines),
      ])),
      fact(words["adminMemory"], megabytes), fact(words["now"], presenter.time(presenter.now).text),
    ]
    facts += report.nodes.map {
      fact(words["adminNode"] + " …" + $0.name.suffix(6),
           words("lastBeat", ["time": presenter.time($0.lastBeat).text]))
    }
    return Section(title: words["adminNodes"], isWell: isWell, state: words[isWell ? "ready" : "adminNotWell"],
                   facts: facts, faults: [])
  }

  private static func pack(_ report: InspectInstallation.Report, _ presenter: Presenter) -> Section {
    let (pack, words) = (presenter.pack, presenter.words)
    let isWell = report.packFaults.isEmpty
    return Section(
      title: words["pack"], isWell: isWell, state: words[isWell ? "packHolds" : "packBroken"],
      facts: [
        fact(words["pack"], pack.names(presenter.language), pack.isSynthetic ? words["synthetic"] : nil),
        fact(words["packVersion"], pack.version),
        fact(words["packProof"], words("packProofText", [
          "kinds": String(pack.leafKinds.count), "areas": String(pack.leafDivisions.count),
        ])),
        fact(words["packParts"], words("packPartsText", [
          "agencies": String(pack.agencies.count), "squads": String(pack.squads.count),
          "places": String(pack.places.count), "divisions": String(pack.divisions.count),
        ])),
        fact(words["zone"], pack.calendar.zone.name), fact(words["formulaVersion"], String(Rate.formulaVersion)),
      ],
      faults: report.packFaults.map { "\($0.file):\($0.line) \($0.what(presenter.language))" })
  }

  private static func retention(_ report: InspectInstallation.Report, _ presenter: Presenter) -> Section {
    let words = presenter.words
    let isWell = report.dueCases == 0
    return Section(
      title: words["retention"], isWell: isWell,
      state: isWell ? words["retentionDone"] : words("retentionDue", ["n": String(report.dueCases)]),
      facts: [
        fact(words["retentionRule"], words("retentionRuleText", [
          "span": presenter.span(presenter.pack.windows.retention),
        ])),
        fact(words["retentionErased"], words("retentionCases", ["n": String(report.erasedCases)])),
      ], faults: [])
  }
}
