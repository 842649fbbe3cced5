import Domain
import Features
import Web

extension RouteSummary {
  /// Whether scope and role let somebody in, whatever they may then see.
  func admits(_ role: Role) -> Bool {
    roles.contains(role) && scope.map { Scope.of(role).contains($0) } ?? true
  }

  /// Its answer depends on whether the caller may see a case.
  var isAboutOneCase: Bool { path.hasPrefix("/api/v1/cases/{id}") || path.hasPrefix("/api/v1/reports/{id}") }

  /// A good answer does not end.
  var isStream: Bool { name == "followCases" }

  func path(case id: String, report: String? = nil) -> String {
    let subject = path.hasPrefix("/api/v1/reports") ? report ?? id : id
    let filled = path.split(separator: "/").map { part in
      switch part {
      case "{id}": subject
      case "{reference}": report ?? id
      case "{rate}": "completion"
      case "{number}": "1"
      default: String(part)
      }
    }.joined(separator: "/")
    let query = requiredQuery.map { name in
      switch name {
      case "from": "from=2026-01-01"
      case "to": "to=2026-02-01"
      case "purpose": "purpose=handle"
      default: name + "=request"
      }
    }.joined(separator: "&")
    return "/" + filled + (query.isEmpty ? "" : "?" + query)
  }

  var headers: [String: String] { hasBody ? ["Content-Type": "application/json"] : [:] }

  /// A body that would do, for what is below a case.
  var sample: [UInt8]? {
    guard hasBody else { return nil }
    let json = switch name {
    case "postJudgement": #"{"kind":"noise.renovation"}"#
    case "postAssignment", "postJointOrder": #"{"agency":"town-east"}"#
    case "postDispatch": #"{"squad":"east-1"}"#
    case "postOutcome": #"{"outcome":"handled"}"#
    case "postFeedback": #"{"channel":"phone"}"#
    case "postNote": #"{"words":"…"}"#
    case "postRating": #"{"stars":5}"#
    case "postRefusal", "postHandBack", "postReopening", "postPause", "postResumption": #"{"reason":"not-ours"}"#
    case "postMerger": #"{"into":"01KEZP338081KPT9RCCXDXN4VK"}"#
    default: "{}"
    }
    return Array(json.utf8)
  }
}
