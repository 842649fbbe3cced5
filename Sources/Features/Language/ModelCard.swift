import Domain
import Foundation
import Statistics

/// What is known of a model: of what it was made, and how it did on texts that it had not seen. Names are a storage
/// format.
public struct ModelCard: Codable, Sendable, Hashable {
  public let version: String
  /// Milliseconds of UTC.
  public let trainedAt: Int64
  public let pack: String
  public let texts: Int
  /// A feature had to stand in so many cases.
  public let casesMin: Int
  public let certaintyMin: Double
  public let kinds: [String]
  /// Rows: the kind that people settled; columns: what the model said; in the order of ``kinds``.
  public let confusion: [[Int]]
  /// Of the texts held out, those of which it was certain enough; and of these, those it got right.
  public let answered: Int
  public let answeredRight: Int
  /// Σ |certainty − share right| over fifteen bins, by their size.
  public let calibrationError: Double
  /// Texts of police or critical kinds, and those of them that the model, certain and not stopped by a danger word, would
  /// have sent away from the police.
  public let dangerous: Int
  public let sentAway: Int

  public var right: Int { confusion.indices.reduce(0) { $0 + confusion[$1][$1] } }

  /// With 95 % confidence no more than this share of dangerous reports is sent away.
  public var sentAwayAtMost: Double { Self.upperBound(sentAway, of: dangerous) }

  /// The one-sided upper 95 % limit of a proportion (Clopper and Pearson 1934); 1 of nothing.
  public static func upperBound(_ hits: Int, of count: Int) -> Double {
    guard count > 0, hits < count else { return 1 }
    return BetaDistribution.quantile(0.95, Double(hits) + 1, Double(count - hits))
  }

  /// The mean over kinds of 2·hits / (said + settled).
  public var macroF1: Double {
    let scores = confusion.indices.map { kind in
      let sum = confusion[kind].reduce(0, +) + confusion.reduce(0) { $0 + $1[kind] }
      return sum == 0 ? 0 : 2 * Double(confusion[kind][kind]) / Double(sum)
    }
    return scores.isEmpty ? 0 : scores.reduce(0, +) / Double(scores.count)
  }
}
