import Domain
import Language
import SQL

/// A model at work: what it would say of each report as it comes in.
public struct LearnedTriage: Sendable {
  public let version: String
  public let isShadow: Bool
  private let model: KindModel

  public init(version: String, model: KindModel, isShadow: Bool) {
    self.version = version
    self.model = model
    self.isShadow = isShadow
  }

  /// - Returns: nil for a text of which no kind can be said, such as none.
  func look(_ text: String) -> Triage.Learned? {
    guard !text.isEmpty else { return nil }
    let found = model.judge(text)
    return Triage.Learned(
      model: version, kind: model.kinds[found.best], certainty: found.certainty,
      isSure: found.certainty >= model.certaintyMin, words: model.reasons(text, for: found.best).map(\.word))
  }

  /// What models said of reports, shown or not, so that each can be held against what people settled. Written with the
  /// report; never the words.
  static let migrations: [Migration] = [
    Migration("models/1 suggestions") { dialect in
      let real = dialect == .sqlite ? "REAL" : "DOUBLE PRECISION"
      return """
        CREATE TABLE model_suggestions (
          district TEXT NOT NULL, report TEXT NOT NULL, model TEXT NOT NULL, kind TEXT NOT NULL,
          certainty \(real) NOT NULL, is_sure BIGINT NOT NULL, is_shadow BIGINT NOT NULL, at BIGINT NOT NULL,
          PRIMARY KEY (district, report, model));
        """
    }
  ]

  static func statement(_ said: Triage.Learned, isShadow: Bool, report: String, at: Instant, district: String)
    -> Statement
  {
    """
    INSERT INTO model_suggestions (district, report, model, kind, certainty, is_sure, is_shadow, at)
    VALUES (\(district), \(report), \(said.model), \(said.kind), \(said.certainty), \(said.isSure), \(isShadow), \(at))
    """
  }
}
