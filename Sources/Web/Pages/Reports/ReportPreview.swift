import Domain
import Features
import Hummingbird

/// What the rules make of a report while it is being told, shown beside the form.
struct ReportPreview: Sendable {
  struct Suggestion: Sendable {
    let kind: String
    let text: String
    let certainty: String
    /// The words and other reasons that speak for it.
    let because: String
    let isTaken: Bool
  }

  struct Same: Sendable {
    let row: CaseRow
    let reasons: String
  }

  let dangers: [String]
  let suggestions: [Suggestion]
  let abstains: Bool
  let agency: String?
  let duplicates: [Same]

  private static let suggestionsMax = 3
  private static let duplicatesMax = 5

  init(_ preview: PreviewReport.Preview, _ presenter: Presenter) {
    let words = presenter.words
    dangers = preview.triage.dangers.map { found in
      words("previewDanger", ["name": found.danger.names(presenter.language),
                              "words": found.words.joined(separator: words["listComma"])])
    }
    suggestions = preview.triage.suggestions.prefix(Self.suggestionsMax).map { suggestion in
      Suggestion(
        kind: suggestion.kind.code, text: suggestion.kind.names(presenter.language),
        certainty: presenter.percent(suggestion.certainty),
        because: suggestion.reasons.map { Self.reason($0, words) }.joined(separator: words["listComma"]),
        isTaken: suggestion.kind.code == preview.kind)
    }
    abstains = preview.kind == nil
    agency = preview.agency.map(presenter.agency)
    duplicates = preview.duplicates.prefix(Self.duplicatesMax).map { match in
      Same(row: CaseRow(match.summary, presenter),
           reasons: match.reasons.map { CaseOffers.reason($0, presenter) }.joined(separator: " · "))
    }
  }

  private static func reason(_ reason: Triage.Reason, _ words: Words) -> String {
    switch reason {
    case .cue(let word, _): words("previewCue", ["word": word])
    case .reported: words["previewChosen"]
    case .prior: words["previewPrior"]
    case .learned(_, let found, _): words("previewLearned", ["words": found.joined(separator: words["listComma"])])
    }
  }

  static func response(_ call: PageCall) async throws -> Response {
    let fields = try await call.form()
    // A point that is half typed is no fault yet.
    let report = (try? ReportForm.report(fields)) ?? IncomingReport(door: "110", text: fields["text"] ?? "")
    let preview = try await PreviewReport(call.site)(report, for: call.actor)
    return call.page("reportpreview", title: "", Part(preview: preview.map { ReportPreview($0, call.presenter) }))
  }

  private struct Part: Sendable {
    /// Nil while nothing has been said.
    let preview: ReportPreview?
  }
}
