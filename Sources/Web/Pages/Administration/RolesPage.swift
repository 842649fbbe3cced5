import Domain
import Features

/// What each role may do.
struct RolesPage: Sendable {
  struct Line: Sendable {
    let role: String
    let task: String
    let cells: [Cell]
  }

  struct Cell: Sendable {
    let has: Bool
    let text: String
  }

  let tabs: [Frame.Link]
  let heads: [String]
  let lines: [Line]

  static let route = PageRoute.get(.roles, .scope(.admin)) { call in
    call.page("roles", title: call.words["adminRoles"], here: .people, RolesPage(call.presenter))
  }

  private init(_ presenter: Presenter) {
    let words = presenter.words
    tabs = AdministrationTabs.links(.roles, words)
    heads = Scope.allCases.map { words["scope." + $0.rawValue] }
    lines = Role.allCases.filter { $0 != .reporter && $0 != .system }.map { role in
      let scopes = Scope.of(role)
      return Line(role: words[role], task: words["task." + role.rawValue], cells: Scope.allCases.map {
        Cell(has: scopes.contains($0), text: words[scopes.contains($0) ? "may" : "mayNot"])
      })
    }
  }
}
