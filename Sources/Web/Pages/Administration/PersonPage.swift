import Domain
import Features
import HTTPTypes
import Hummingbird

/// One account: its post, its password, its sessions, whether it is in use.
struct PersonPage: Sendable {
  /// What can be done to an account. Raw values stand in addresses.
  enum Act: String, Sendable, CaseIterable {
    case post, password, sessions, suspension, restoration
  }

  let listURL: String
  let name: String
  let post: String
  let facts: [CasePage.Fact]
  let choices: [Choice]
  let postURL: String
  let passwordURL: String
  let sessionsURL: String
  /// Suspension or restoration, whichever is open.
  let switchURL: String
  let switchText: String
  let isDisabled: Bool
  let problem: PageProblem?
  /// The form that the problem is of.
  let failed: [String: Bool]
  let done: String?

  static let routes: [PageRoute] = [
    .get(.person("{id}"), .scope(.admin)) { call in try await show(call, nil, nil) }
  ] + Act.allCases.map { act in
    .post(.personAct("{id}", noun: act.rawValue), .scope(.admin)) { call in
      let id = try identifier(call)
      do {
        try await perform(act, on: id, try await call.form(), call)
        return call.redirect(PageURL.person(id).link([("done", act.rawValue)]))
      } catch { return try await show(call, act, error) }
    }
  }

  private static func identifier(_ call: PageCall) throws -> String {
    guard let id = call.parameters.get("id"), Call.isIdentifier(id) else { throw Problem(.unknownAccount) }
    return id
  }

  private static func perform(_ act: Act, on id: String, _ form: PageForm, _ call: PageCall) async throws {
    let (accounts, actor) = (call.parts.gate.accounts, try call.actor)
    switch act {
    case .post:
      let post = try PostForm(form)
      try await accounts.move(id, role: post.role, division: post.division, agency: post.agency, squad: post.squad,
                              by: actor)
    case .password:
      try await accounts.setPassword(of: id, to: form.exact("password") ?? "", current: form.exact("current"),
                                     by: actor)
    case .sessions: try await accounts.signOutEverywhere(account: id, by: actor)
    case .suspension: try await accounts.disable(id, by: actor)
    case .restoration: try await accounts.enable(id, by: actor)
    }
  }

  private static func show(_ call: PageCall, _ act: Act?, _ error: (any Error)?) async throws -> Response {
    let problem = error.map { PageProblem($0, call.words) }
    if let error, problem?.kind == .internal { throw error }
    let id = try identifier(call)
    guard let account = try await call.parts.gate.accounts.list(for: try call.actor).first(where: { $0.id == id })
    else { throw Problem(.unknownAccount) }
    let done: Act? = try call.query.word("done")
    let page = PersonPage(account, act, problem, done, call.presenter)
    return call.page("person", title: account.name, here: .people,
                     status: problem.map { .init(code: $0.kind.status) } ?? .ok, page)
  }

  private init(_ account: Account, _ act: Act?, _ problem: PageProblem?, _ done: Act?, _ presenter: Presenter) {
    let words = presenter.words
    listURL = PageURL.people.path
    name = account.name
    post = Frame.post(account.post, presenter)
    isDisabled = account.disabledAt != nil
    facts = [
      .init(label: words["personSince"], text: presenter.time(account.createdAt).text, note: nil),
      .init(label: words["personSeen"], text: account.signedInAt.map { presenter.time($0).text } ?? words["never"],
            note: nil),
      .init(label: words["personState"], text: words[isDisabled ? "personSuspended" : "personInUse"], note: nil),
    ]
    let stands = account.post
    choices = PostForm.choices(role: stands.role.rawValue, division: stands.division, agency: stands.agency,
                               squad: stands.squad, presenter)
    func url(_ act: Act) -> String { PageURL.personAct(account.id, noun: act.rawValue).path }
    postURL = url(.post)
    passwordURL = url(.password)
    sessionsURL = url(.sessions)
    switchURL = url(isDisabled ? .restoration : .suspension)
    switchText = words[isDisabled ? "personRestore" : "personSuspend"]
    self.problem = problem
    failed = act.map { [$0 == .restoration ? Act.suspension.rawValue : $0.rawValue: true] } ?? [:]
    self.done = done.map { words["personDone." + $0.rawValue] }
  }
}
