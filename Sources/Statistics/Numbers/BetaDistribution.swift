import RealModule

/// The beta distribution, and with it the binomial's, the negative binomial's and Student's.
///
/// The regularised incomplete beta function by Lentz's continued fraction.
/// Source: NIST Digital Library of Mathematical Functions, 8.17; Numerical Recipes (3rd ed., 2007), 6.4.
public enum BetaDistribution {
  /// The share of the distribution of shapes `a` and `b` below `x`.
  public static func below(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "a beta distribution has two shapes")
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    let front = Double.exp(
      .logGamma(a + b) - .logGamma(a) - .logGamma(b) + a * .log(x) + b * Double.log(onePlus: -x))
    return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b
  }

  /// The value that a share of `probability` lies below; by bisection, to the last bits.
  public static func quantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
    precondition((0...1).contains(probability), "a quantile within 0 … 1")
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 where high - low > 1e-16 * high {
      let middle = (low + high) / 2
      if below(middle, a, b) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// P(|T| > |t|) for Student's t.
  public static func studentBeyond(_ t: Double, degrees: Double) -> Double {
    below(degrees / (degrees + t * t), degrees / 2, 0.5)
  }

  /// The t that |T| exceeds with probability 1 − `confidence`.
  public static func studentQuantile(twoSided confidence: Double, degrees: Double) -> Double {
    let x = quantile(1 - confidence, degrees / 2, 0.5)
    return (degrees * (1 - x) / x).squareRoot()
  }

  /// The probability of at most `count` of a negative binomial distribution: variance = mean · `dispersion`.
  public static func negativeBinomialAtMost(_ count: Int, mean: Double, dispersion: Double) -> Double {
    precondition(mean > 0 && dispersion > 1, "more variance than Poisson's")
    return count < 0 ? 0 : below(1 / dispersion, mean / (dispersion - 1), Double(count) + 1)
  }

  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var h = d
    var m = 1.0
    while m < 1e6 {
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / nonzero(1 + even * d)
      c = nonzero(1 + even / c)
      h *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / nonzero(1 + odd * d)
      c = nonzero(1 + odd / c)
      h *= d * c
      if abs(d * c - 1) < 4e-16 { break }
      m += 1
    }
    return h
  }
}
