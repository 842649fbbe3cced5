import Features
import HTTPTypes
import Hummingbird

/// All pages, from one table.
enum Pages {
  static func routes(_ parts: WebParts) -> [PageRoute] {
    SignInPage.routes + [StartPage.route, AboutPage.route] + BoardPage.routes(parts) + ReportForm.routes
      + RosterPage.routes
      + CasePage.routes(parts) + FieldPage.routes + RatesPage.routes + PlatePage.routes + ReceiptPage.routes
      + OversightPage.routes + BulletinsPage.routes + EditionsPage.routes + EditionPage.routes(parts)
      + ScenarioPage.routes + [ScenariosPage.route]
      + DocumentsPage.routes + WallPage.routes(parts) + [ScanPage.route]
      + PeoplePage.routes + [RolesPage.route, InboxesPage.route, InstallationPage.route]
      + [assets, library(parts.library)]
  }

  private static let assets = PageRoute.get(.asset("{name}"), .open) { call in
    try PageAssets.response(call.parameters.get("name") ?? "", call)
  }

  private static func library(_ library: LibraryAssets) -> PageRoute {
    .get(.library("{name}"), .open) { call in try library.response(call.parameters.get("name") ?? "", call) }
  }

  static func mount(_ parts: WebParts, on router: Router<WebContext>) {
    for route in routes(parts) {
      router.on(RouterPath(route.url.path), method: route.method, responder: PageResponder(route: route, parts: parts))
    }
  }
}
