/// What a reporter of a kind is asked besides what happened and where. The answers go to the vault.
public struct Question: Sendable, Hashable {
  /// Raw values are the words of the pack and of Open311.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// One line; several lines.
    case string, text
    case number
    /// ISO 8601.
    case datetime
    case singleValueList = "singlevaluelist"
    case multiValueList = "multivaluelist"

    public var isList: Bool { self == .singleValueList || self == .multiValueList }
  }

  /// An answer that can be chosen.
  public struct Choice: Sendable, Hashable {
    public let key: String
    public let names: Texts
    public init(key: String, names: Texts) {
      self.key = key
      self.names = names
    }
  }

  public let code: String
  public let names: Texts
  public let form: Form
  public let isRequired: Bool
  /// Of the two forms of list; elsewhere empty.
  public let choices: [Choice]

  public init(code: String, names: Texts, form: Form, isRequired: Bool, choices: [Choice] = []) {
    self.code = code
    self.names = names
    self.form = form
    self.isRequired = isRequired
    self.choices = choices
  }
}
