import Domain
import Features
import HTTPTypes
import Hummingbird

/// The accounts that an administrator looks after, and the form for a new one.
struct PeoplePage: Sendable {
  struct Line: Sendable {
    let url: String
    let name: String
    let post: String
    let lastSeen: String
    let isDisabled: Bool
  }

  let tabs: [Frame.Link]
  let lines: [Line]
  let formURL: String
  /// As it was typed in, where it was not accepted.
  let name: String
  let choices: [Choice]
  let problem: PageProblem?
  let done: String?

  static let routes: [PageRoute] = [
    .get(.people, .scope(.admin)) { call in try await show(call, nil, nil) },
    .post(.people, .scope(.admin)) { call in
      let form = try await call.form()
      do {
        let post = try PostForm(form)
        _ = try await call.parts.gate.accounts.create(
          name: try form.needed("name"), password: form.exact("password") ?? "", role: post.role,
          division: post.division, agency: post.agency, squad: post.squad, by: try call.actor)
        return call.redirect(PageURL.people.link([("done", "created")]))
      } catch { return try await show(call, form, error) }
    },
  ] + PersonPage.routes

  private static func show(_ call: PageCall, _ form: PageForm?, _ error: (any Error)?) async throws -> Response {
    let problem = error.map { PageProblem($0, call.words) }
    if let error, problem?.kind == .internal { throw error }
    let accounts = try await call.parts.gate.accounts.list(for: try call.actor)
    let page = PeoplePage(accounts, form, problem, isDone: call.query["done"] != nil, call.presenter)
    return call.page("people", title: call.words["adminPeople"], here: .people,
                     status: problem.map { .init(code: $0.kind.status) } ?? .ok, page)
  }

  private init(_ accounts: [Account], _ form: PageForm?, _ problem: PageProblem?, isDone: Bool,
               _ presenter: Presenter) {
    let words = presenter.words
    tabs = AdministrationTabs.links(.people, words)
    lines = accounts.map { account in
      Line(url: PageURL.person(account.id).path, name: account.name, post: Frame.post(account.post, presenter),
           lastSeen: account.signedInAt.map { presenter.time($0).text } ?? words["never"],
           isDisabled: account.disabledAt != nil)
    }
    formURL = PageURL.people.path
    name = form?["name"] ?? ""
    choices = PostForm.choices(role: form?["role"], division: form?["division"], agency: form?["agency"],
                               squad: form?["squad"], presenter)
    self.problem = problem
    done = isDone ? words["personDone.created"] : nil
  }
}

/// A post as a form asks for it.
struct PostForm {
  let role: Role
  let division: String?
  let agency: String?
  let squad: String?

  /// - Throws: ``ProblemKind/fieldMissing``, ``ProblemKind/fieldInvalid``.
  init(_ form: PageForm) throws {
    role = try form.word("role")
    division = form["division"]
    agency = form["agency"]
    squad = form["squad"]
  }

  static func choices(role: String?, division: String?, agency: String?, squad: String?, _ presenter: Presenter)
    -> [Choice]
  {
    let words = presenter.words
    let roles = Role.allCases.filter { $0 != .reporter && $0 != .system }
    return [
      Choice("role", words["personRole"], none: nil, roles.map { .init(value: $0.rawValue, text: words[$0]) },
             role ?? Role.operator.rawValue),
      Choice("division", words["division"], none: words["personWholeDivision"], Choices.divisions(presenter), division),
      Choice("agency", words["agency"], none: words["nobody"], Choices.agencies(presenter), agency),
      Choice("squad", words["squad"], none: words["nobody"], presenter.pack.squads.map {
        .init(value: $0.code, text: $0.names(presenter.language))
      }, squad),
    ]
  }
}

extension Frame {
  static func post(_ post: Post, _ presenter: Presenter) -> String {
    let body = post.squad.map(presenter.squad) ?? post.agency.map(presenter.agency)
      ?? presenter.division(post.division)
    return presenter.words[post.role] + " · " + body
  }
}
