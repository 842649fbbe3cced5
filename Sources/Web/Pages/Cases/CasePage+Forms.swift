import Domain
import Features
import Hummingbird

/// The forms of a case's next steps by themselves, for the board's dialog.
extension CasePage {
  private struct NextForms: Sendable {
    let row: CaseRow
    let forms: [StepFormView]
  }

  /// What a key of the board asks for.
  private enum Wish: String, Sendable {
    case assign, sign

    var forms: Set<StepForm> {
      switch self {
      case .assign: [.judgement, .assignment, .jointOrder, .dispatch]
      case .sign: [.signature]
      }
    }
  }

  static let nextForms = PageRoute.get(.caseForms("{id}"), .scope(.casesRead)) { call in
    let wish: Wish = try call.query.word("for") ?? .assign
    let caller = try call.signedIn
    let detail = try await ShowCase(call.site)(call.identifier("id"), for: caller.actor)
    let offers = try await offers(detail.state, caller, call)
    let wished = forms(detail.state, offers, nil, caller, call)
      .filter { form in wish.forms.contains { $0.rawValue == form.noun } }
    return call.page("caseforms", title: "",
                     ["forms": NextForms(row: CaseRow(detail.summary, call.presenter), forms: wished)])
  }
}
