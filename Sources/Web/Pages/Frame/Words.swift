import Domain
import Features
import Foundation

/// The catalogue of one language: what the pages say, by key.
struct Words: Sendable {
  let language: Language
  let texts: [String: String]

  static func of(_ language: Language) -> Words { language == .zh ? chinese : english }

  private static let chinese = Words(.zh, PackageResources.zh_json)
  private static let english = Words(.en, PackageResources.en_json)

  private init(_ language: Language, _ bytes: [UInt8]) {
    self.language = language
    do { texts = try JSONDecoder().decode([String: String].self, from: Data(bytes)) } catch {
      preconditionFailure("the catalogue \(language.rawValue) is no JSON object of texts")
    }
  }

  /// A text; the key itself where there is none, which a test forbids for every key that the pages use.
  subscript(_ key: String) -> String { texts[key] ?? key }

  /// A text with `{name}` filled in.
  func callAsFunction(_ key: String, _ values: [String: String]) -> String {
    values.reduce(self[key]) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
  }

  /// A word that may come from a pack or an older program: shown as it is where the catalogue does not know it.
  func word(_ family: String, _ code: String) -> String { texts["\(family).\(code)"] ?? code }

  subscript(_ phase: Phase) -> String { self["phase." + phase.rawValue] }
  subscript(_ step: Step) -> String { self["step." + step.rawValue] }
  subscript(_ role: Role) -> String { self["role." + role.rawValue] }
  subscript(_ severity: Severity) -> String { self["severity." + severity.rawValue] }
  subscript(_ jurisdiction: Jurisdiction) -> String { self["jurisdiction." + jurisdiction.rawValue] }
  subscript(_ outcome: Outcome) -> String { self["outcome." + outcome.rawValue] }
  subscript(_ step: DeadlineStep) -> String { self["deadline." + step.rawValue] }
  subscript(_ clock: Allowance.Clock) -> String { self["clock." + clock.rawValue] }
  subscript(_ notice: DeadlineTable.Rung.Notice) -> String { self["notice." + notice.rawValue] }
  subscript(_ sort: DocumentRules.Sort) -> String { self["document." + sort.rawValue] }
  subscript(_ rate: Rate) -> String { self["rate." + rate.rawValue] }
  subscript(_ dimension: ReadRates.Dimension) -> String { self["by." + dimension.rawValue] }
  subscript(_ queue: BoardQueue) -> String { self["queue." + queue.rawValue] }
}
