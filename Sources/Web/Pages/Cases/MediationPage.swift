import Domain
import Features

/// The record of a mediation as a sheet of paper: what was agreed, by whom, with both signatures.
struct MediationPage: Sendable {
  let caseID: String
  let caseURL: String
  let kind: String
  let whereabouts: String
  let body: String
  let signed: Presenter.Time
  let story: String?
  let record: MediationView

  init(_ record: MediationRecord, note: String, of detail: ShowCase.Detail, _ presenter: Presenter) {
    let state = detail.state
    let concluded = detail.timeline.last { $0.event.step == .concluded }
    caseID = state.id
    caseURL = PageURL.oneCase(state.id).path
    kind = presenter.kind(state.judgement?.kind)
    whereabouts = CaseRow.whereabouts(state.firstReport.place, state.firstReport.division, presenter)
    body = [state.agency.map(presenter.agency), (state.squad ?? state.lastSquad).map(presenter.squad)]
      .compactMap { $0 }.joined(separator: " · ")
    signed = presenter.time(concluded.map { $0.event.own?.corrected ?? $0.at } ?? state.lastAt)
    story = note.nonEmpty
    self.record = MediationView(record)
  }
}
