/// Whose matter a kind of incident is. Raw values are storage formats.
public enum Jurisdiction: String, Sendable, Hashable, Codable, CaseIterable {
  case police
  case nonPolice = "non-police"
  case joint
}

/// How fast help is needed. Raw values are storage formats.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
  case critical, urgent, ordinary, minor
}

/// A node of the tree of kinds: what a case is about. A case has a leaf; rules may name any node.
public struct Kind: Sendable, Hashable {
  /// Dotted path, each part lower-case ASCII: `dispute.wages`. The parent is the path less its last part.
  public let code: String
  public let names: Texts
  public let jurisdiction: Jurisdiction
  public let severity: Severity
  /// Words that speak for this kind when triage reads a report (either language).
  public let cues: [String]
  /// Whether the public may see such cases and report them through Open311.
  public let isPublished: Bool
  /// What the squad that is sent must be able to do (`mediator`): words of the pack's squads.
  public let skills: [String]
  /// What a reporter is asked besides, in order.
  public let questions: [Question]
  /// Whether it may cost the victim money, so that an outcome may say how much.
  public let hasLosses: Bool

  public init(code: String, names: Texts, jurisdiction: Jurisdiction, severity: Severity, cues: [String] = [],
              isPublished: Bool = false, skills: [String] = [], questions: [Question] = [], hasLosses: Bool = false) {
    self.code = code
    self.names = names
    self.jurisdiction = jurisdiction
    self.severity = severity
    self.cues = cues
    self.isPublished = isPublished
    self.skills = skills
    self.questions = questions
    self.hasLosses = hasLosses
  }

  /// Whether it is one of these nodes of the tree or lies below one.
  public func isWithin(_ nodes: some Sequence<String>) -> Bool { nodes.contains { Self.isCode(code, within: $0) } }

  /// Whether a code is that of a node of the tree or lies below it.
  public static func isCode(_ code: String, within node: String) -> Bool { code == node || code.hasPrefix(node + ".") }
}
