import RealModule

/// Which words set one collection of texts apart from another, such as this period's from the last.
///
/// The log-odds ratio with an informative Dirichlet prior. With counts y of a word among n words on either side and a
/// prior α of α₀, such as what the word is worth in all texts: δ = ln((y₁ + α)/(n₁ + α₀ − y₁ − α)) − ln((y₂ + α)/(n₂ +
/// α₀ − y₂ − α)), variance ≈ 1/(y₁ + α) + 1/(y₂ + α), z = δ/√variance. Rare words do not win by chance, frequent ones
/// not by habit.
/// Source: B. L. Monroe, M. P. Colaresi, K. M. Quinn, "Fightin' words: lexical feature selection and evaluation for
/// identifying the content of political conflict", Political Analysis 16 (2008) 372–403.
public enum WordContrast {
  /// - Parameters:
  ///   - counts: of each word on this side.
  ///   - others: on the other, as many.
  ///   - background: of each word in all texts, at least once each; its proportions are the prior's.
  ///   - priorSize: α₀, as many words as the prior shall weigh.
  /// - Returns: z of each word; positive where it belongs to this side.
  public static func z(counts: [Int], others: [Int], background: [Int], priorSize: Double) -> [Double] {
    precondition(counts.count == others.count && counts.count == background.count, "the same words on both sides")
    precondition(background.allSatisfy { $0 > 0 } && priorSize > 0, "a prior for each word")
    let all = Double(background.reduce(0, +))
    let first = Double(counts.reduce(0, +)) + priorSize
    let second = Double(others.reduce(0, +)) + priorSize
    return counts.indices.map { word in
      let prior = priorSize * Double(background[word]) / all
      let (a, b) = (Double(counts[word]) + prior, Double(others[word]) + prior)
      // A word that is all there is stands against nothing.
      guard a < first, b < second else { return 0 }
      return (Double.log(a / (first - a)) - Double.log(b / (second - b))) / (1 / a + 1 / b).squareRoot()
    }
  }
}
