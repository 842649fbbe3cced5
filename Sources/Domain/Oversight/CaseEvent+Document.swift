extension CaseEvent {
  /// The sort of document that goes out with it; nil for most.
  public var documentSort: DocumentRules.Sort? {
    switch self {
    case .jointlyOrdered: .jointOrder
    case .noticed(let body):
      switch body.notice {
      case .reminder: nil
      case .warning: .warning
      case .supervision: .supervision
      case .rectification: .rectification
      }
    default: nil
    }
  }

  public var document: Document? {
    switch self {
    case .jointlyOrdered(let body): body.document
    case .noticed(let body): body.document
    default: nil
    }
  }

  /// The body that the document is sent to.
  var addressee: String? {
    switch self {
    case .jointlyOrdered(let body): body.agency
    case .noticed(let body): body.agency
    default: nil
    }
  }

  /// The same with a number; what is no document stays as it is.
  public func numbered(_ document: Document) -> CaseEvent {
    switch self {
    case .jointlyOrdered(var body):
      body.document = document
      return .jointlyOrdered(body)
    case .noticed(var body):
      body.document = document
      return .noticed(body)
    default: return self
    }
  }
}
