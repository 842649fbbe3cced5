import Domain

/// What went wrong, in the reader's language.
struct PageProblem: Sendable {
  let kind: ProblemKind
  let title: String
  let detail: String?
  let startURL = PageURL.start.path

  init(_ error: any Error, _ words: Words) {
    let problem = Problem(error)
    kind = problem.kind
    title = problem.kind.title(words.language)
    detail = Self.detail(error, problem, words)
  }

  private static func detail(_ error: any Error, _ problem: Problem, _ words: Words) -> String? {
    if let seconds = problem.retryAfterSeconds, problem.kind == .tooManyAttempts {
      return words("tryAgainIn", ["seconds": String(seconds)])
    }
    // The page has names where the API has codes.
    if case .notNow(let step, let phase) = error as? Rejection {
      return words("notNow", ["step": words[step], "phase": words[phase]])
    }
    if problem.kind == .dangerForbidsDiversion { return nil }
    let field = problem.field.flatMap { words.texts["field." + $0] }
    let detail = problem.detail?(words.language)
    return [field, detail].compactMap { $0 }.joined(separator: words.language == .zh ? "\u{FF1A}" : ": ").nonEmpty
  }
}

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}
