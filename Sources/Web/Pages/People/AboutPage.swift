import Domain
import Features

/// What runs here, and whether it is well.
struct AboutPage: Sendable {
  let lines: [CasePage.Fact]
  let healthURL = "/healthz"
  let readyURL = "/readyz"
  let descriptionURL = "/openapi.json"

  static let route = PageRoute.get(.about, .open) { call in
    let report = await CheckReadiness(call.site)()
    return call.page("about", title: call.words["about"], AboutPage(report, call.presenter))
  }

  init(_ report: CheckReadiness.Report, _ presenter: Presenter) {
    let (pack, words) = (presenter.pack, presenter.words)
    func line(_ key: String, _ text: String, _ note: String? = nil) -> CasePage.Fact {
      .init(label: words[key], text: text, note: note)
    }
    let scheduler = report.watchdog
    lines = [
      line("pack", pack.names(presenter.language), pack.isSynthetic ? words["synthetic"] : nil),
      line("packVersion", pack.version),
      line("zone", pack.calendar.zone.name),
      line("formulaVersion", String(Rate.formulaVersion)),
      line("database", words[report.isReady ? "ready" : "notReady"]),
      line("scheduler", words[scheduler?.isStalled == false ? "running" : "stalled"],
           scheduler?.lastBeat.map { words("lastBeat", ["time": presenter.time($0).text]) }),
      line("now", presenter.time(presenter.now).text),
    ]
  }
}
