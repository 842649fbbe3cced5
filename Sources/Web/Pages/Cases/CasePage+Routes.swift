import Domain
import Features
import HTTPTypes
import Hummingbird

extension CasePage {
  static func routes(_ parts: WebParts) -> [PageRoute] {
    let looking = PageRoute.post(.words("{id}"), .scope(.vaultRead)) { call in try await look(call) }
    let showing = PageRoute.get(.oneCase("{id}"), .scope(.casesRead)) { call in
      let done = call.query["done"].flatMap { call.words.texts["done." + $0] }
      return try await show(call, done: done)
    }
    let steps = StepForm.allCases.map { form in
      PageRoute.post(.step("{id}", noun: form.rawValue), .scope(.casesWrite)) { call in
        try await take(form, call)
      }
    }
    let recording = PageRoute.post(.mediation("{id}"), .scope(.vaultRead)) { call in try await record(call) }
    return [showing, looking, recording, nextForms] + steps
  }

  // MARK: - Showing

  private static func show(_ call: PageCall, done: String? = nil, said: SaidWords? = nil,
                           failed: StepFormView.Failed? = nil, status: HTTPResponse.Status = .ok) async throws
    -> Response
  {
    let id = try call.identifier("id")
    let caller = try call.signedIn
    let detail = try await ShowCase(call.site)(id, for: caller.actor)
    var extras = Extras(offers: try await offers(detail.state, caller, call))
    extras.looks = try await looks(detail.state, caller, call)
    extras.done = done
    extras.said = said
    let forms = forms(detail.state, extras.offers, failed, caller, call)
    // A step that is no longer possible has no form to show its problem in.
    if let failed, !forms.contains(where: { $0.noun == failed.form.rawValue }) { extras.failure = failed.problem }
    let page = CasePage(detail, for: caller, extras: extras, forms: forms, call.presenter)
    return call.page("case", title: page.row.kind, status: status, page)
  }

  static func forms(_ state: CaseState, _ offers: CaseOffers, _ failed: StepFormView.Failed?,
                    _ caller: Caller, _ call: PageCall) -> [StepFormView] {
    guard caller.may(.casesWrite) else { return [] }
    let (presenter, pack) = (call.presenter, call.site.pack)
    let possible = StepForm.allCases.filter { form in
      form.isPossible(state, by: caller.actor, at: presenter.now, pack: pack)
        && (form != .merger || !offers.duplicates.isEmpty)
    }
    // A judged case waits for its assignment: the first form that the work waits for stands open.
    let first = possible.first { $0.isMain && ($0 != .judgement || state.judgement == nil) }
    return possible.map { form in
      StepFormView(form, state: state, offers: offers, key: call.site.makeID(), failed: failed,
                   isOpen: form == first, presenter)
    }
  }

  static func offers(_ state: CaseState, _ caller: Caller, _ call: PageCall) async throws -> CaseOffers {
    let role = caller.actor.role
    let mayDispatch = Transitions.of(.dispatched).by.contains(role)
      && Transitions.of(.dispatched).from.contains(state.phase)
    let squads = mayDispatch ? try await ProposeSquads(call.site)(state.id, for: caller.actor) : []
    let isOpen = !state.phase.isEnded
    let duplicates = isOpen ? try await FindDuplicates(call.site)(state.id, for: caller.actor) : []
    return CaseOffers(state, squads: squads, duplicates: Array(duplicates.prefix(8)), pack: call.site.pack,
                      at: call.site.now())
  }

  /// Who has looked at what was said.
  private static func looks(_ state: CaseState, _ caller: Caller, _ call: PageCall) async throws
    -> [String: [LookIntoVault.Look]]
  {
    guard state.mergedInto == nil else { return [:] }
    let look = LookIntoVault(call.site)
    var looks: [String: [LookIntoVault.Look]] = [:]
    for reference in state.reports.suffix(10).compactMap(\.facts.vault) {
      looks[reference] = try await look.looks(reference: reference, case: state.id, for: caller.actor)
    }
    return looks
  }

  // MARK: - Doing

  /// One step, once: the form's key makes a second sending answer the first.
  private static func take(_ form: StepForm, _ call: PageCall) async throws -> Response {
    let id = try call.identifier("id")
    let fields = try await call.form()
    do {
      try await perform(form, fields, id, call)
      return call.redirect(PageURL.oneCase(id).link([("done", form.rawValue)]))
    } catch {
      let problem = PageProblem(error, call.words)
      guard problem.kind != .unknownCase, problem.kind != .internal else { throw error }
      return try await show(call, failed: .init(form: form, fields: fields, problem: problem),
                            status: .init(code: problem.kind.status))
    }
  }

  private static func perform(_ form: StepForm, _ fields: PageForm, _ id: String, _ call: PageCall) async throws {
    let actor = try call.actor
    let key = try call.requestKey(fields)
    switch form {
    case .merger:
      let target = try fields.needed("into")
      guard Call.isIdentifier(target) else { throw Problem(.unknownCase, field: "into") }
      _ = try await MergeCases(call.site).merge(id, into: target, by: actor, key: key)
    case .unmerger: _ = try await MergeCases(call.site).unmerge(id, by: actor, key: key)
    default:
      let action = try form.action(fields, role: actor.role)
      let words = form.fields.contains(.words) ? fields["words"] : nil
      _ = try await HandleCase(call.site)(.init(action, words: words), case: id, by: actor, key: key)
    }
  }

  private static func look(_ call: PageCall) async throws -> Response {
    let (words, reference) = try await looked(call)
    let said = SaidWords(words, reference: reference, of: try call.identifier("id"), call.presenter)
    return try await show(call, said: said)
  }

  /// A record of a mediation as a sheet to print: one more look, journalled as such.
  private static func record(_ call: PageCall) async throws -> Response {
    guard case .note(let note) = try await looked(call).words, let record = note.mediation else {
      throw Problem(.unknownWords)
    }
    let detail = try await ShowCase(call.site)(call.identifier("id"), for: call.actor)
    return call.page("mediation", title: call.words["mediationTitle"],
                     MediationPage(record, note: note.text, of: detail, call.presenter))
  }

  private static func looked(_ call: PageCall) async throws -> (words: LookIntoVault.Words, reference: String) {
    let id = try call.identifier("id")
    let fields = try await call.form()
    let reference = try fields.needed("reference")
    guard Call.isIdentifier(reference) else { throw Problem(.fieldInvalid, field: "reference") }
    let words = try await LookIntoVault(call.site)(
      reference: reference, case: id, purpose: try fields.needed("purpose"), by: call.signedIn)
    return (words, reference)
  }
}
