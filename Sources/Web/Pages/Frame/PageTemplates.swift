import HTTPTypes
import Mustache

/// The templates, parsed once. Whatever a model holds is escaped; no template writes it unescaped.
enum PageTemplates {
  static let texts: [String: [UInt8]] = [
    "head": PackageResources.head_mustache,
    "foot": PackageResources.foot_mustache,
    "signin": PackageResources.signin_mustache,
    "start": PackageResources.start_mustache,
    "board": PackageResources.board_mustache,
    "boardpart": PackageResources.boardpart_mustache,
    "queue": PackageResources.queue_mustache,
    "roster": PackageResources.roster_mustache,
    "boardtabs": PackageResources.boardtabs_mustache,
    "boardlist": PackageResources.boardlist_mustache,
    "boardkeys": PackageResources.boardkeys_mustache,
    "caseforms": PackageResources.caseforms_mustache,
    "map": PackageResources.map_mustache,
    "case": PackageResources.case_mustache,
    "timeline": PackageResources.timeline_mustache,
    "form": PackageResources.form_mustache,
    "look": PackageResources.look_mustache,
    "said": PackageResources.said_mustache,
    "mediation": PackageResources.mediation_mustache,
    "field": PackageResources.field_mustache,
    "fieldpart": PackageResources.fieldpart_mustache,
    "fieldstep": PackageResources.fieldstep_mustache,
    "report": PackageResources.report_mustache,
    "reportpreview": PackageResources.reportpreview_mustache,
    "rates": PackageResources.rates_mustache,
    "ratecases": PackageResources.ratecases_mustache,
    "oversight": PackageResources.oversight_mustache,
    "trendchart": PackageResources.trendchart_mustache,
    "trendmarks": PackageResources.trendmarks_mustache,
    "bulletins": PackageResources.bulletins_mustache,
    "bulletin": PackageResources.bulletin_mustache,
    "edition": PackageResources.edition_mustache,
    "editions": PackageResources.editions_mustache,
    "editionbody": PackageResources.editionbody_mustache,
    "editionfile": PackageResources.editionfile_mustache,
    "scenarios": PackageResources.scenarios_mustache,
    "scenario": PackageResources.scenario_mustache,
    "scenariocard": PackageResources.scenariocard_mustache,
    "scenarioforms": PackageResources.scenarioforms_mustache,
    "picture": PackageResources.picture_mustache,
    "picturemarks": PackageResources.picturemarks_mustache,
    "documents": PackageResources.documents_mustache,
    "document": PackageResources.document_mustache,
    "paper": PackageResources.paper_mustache,
    "comparison": PackageResources.comparison_mustache,
    "deadlines": PackageResources.deadlines_mustache,
    "ladder": PackageResources.ladder_mustache,
    "wall": PackageResources.wall_mustache,
    "wallpart": PackageResources.wallpart_mustache,
    "wallkey": PackageResources.wallkey_mustache,
    "people": PackageResources.people_mustache,
    "person": PackageResources.person_mustache,
    "roles": PackageResources.roles_mustache,
    "inboxes": PackageResources.inboxes_mustache,
    "installation": PackageResources.installation_mustache,
    "about": PackageResources.about_mustache,
    "residenthead": PackageResources.residenthead_mustache,
    "residentfoot": PackageResources.residentfoot_mustache,
    "residentproblem": PackageResources.residentproblem_mustache,
    "plate": PackageResources.plate_mustache,
    "scan": PackageResources.scan_mustache,
    "receipt": PackageResources.receipt_mustache,
    "receiptfind": PackageResources.receiptfind_mustache,
    "problem": PackageResources.problem_mustache,
  ]

  private static let library: MustacheLibrary = {
    var library = MustacheLibrary()
    for (name, bytes) in texts {
      do { try library.register(String(decoding: bytes, as: UTF8.self), named: name) } catch {
        preconditionFailure("the template \(name) cannot be read: \(error)")
      }
    }
    return library
  }()

  static func text(_ template: String, _ context: some Sendable) -> String {
    guard let text = library.render(context, withTemplate: template) else {
      preconditionFailure("the template \(template) is not in the table")
    }
    return text
  }

  static func response(_ template: String, _ context: PageContext) -> (text: String, headers: HTTPFields) {
    (text(template, context), [
      .contentType: "text/html; charset=utf-8", .contentLanguage: context.frame.languageTag,
      .cacheControl: "no-store",
    ])
  }
}
