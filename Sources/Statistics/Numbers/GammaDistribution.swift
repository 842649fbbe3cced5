import RealModule

/// The gamma distribution of mean shape/rate, and with it Poisson's.
///
/// The regularised incomplete gamma function by its series below the mean and Lentz's continued fraction above it.
/// Source: W. H. Press et al., Numerical Recipes (3rd ed., 2007), 6.2; the NIST Digital Library of Mathematical
/// Functions, 8.7 and 8.9.
public enum GammaDistribution {
  /// The share of the distribution of `shape` and rate 1 below `x`.
  public static func below(_ x: Double, shape: Double) -> Double {
    precondition(shape > 0, "a gamma distribution has a shape")
    guard x > 0 else { return 0 }
    return x < shape + 1 ? series(x, shape) : 1 - fraction(x, shape)
  }

  /// The share above `x`, without loss far out.
  public static func above(_ x: Double, shape: Double) -> Double {
    precondition(shape > 0, "a gamma distribution has a shape")
    guard x > 0 else { return 1 }
    return x < shape + 1 ? 1 - series(x, shape) : fraction(x, shape)
  }

  /// The value that a share of `probability` of the distribution of `shape` and `rate` lies below.
  public static func quantile(_ probability: Double, shape: Double, rate: Double = 1) -> Double {
    precondition(shape > 0 && rate > 0 && (0..<1).contains(probability), "a quantile within 0 … 1")
    guard probability > 0 else { return 0 }
    // Wilson and Hilferty's cube as a start, then Newton's method in brackets.
    let z = NormalDistribution.quantile(probability)
    let cube = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
    var x = shape * cube * cube * cube
    if x <= 0 || shape < 1 {
      x = Double.exp((Double.log(probability) + .logGamma(shape + 1)) / shape)
    }
    var low = 0.0
    var high = Double.infinity
    for _ in 0..<200 {
      let wrong = probability < 0.5 ? below(x, shape: shape) - probability : 1 - probability - above(x, shape: shape)
      if wrong > 0 { high = x } else { low = x }
      let slope = Double.exp((shape - 1) * .log(x) - x - .logGamma(shape))
      var next = x - wrong / slope
      if !(next > low && next < high) { next = high.isFinite ? (low + high) / 2 : 2 * x }
      if abs(next - x) <= 1e-15 * x { return next / rate }
      x = next
    }
    return x / rate
  }

  /// The probability of at most `count` events of a Poisson distribution.
  public static func poissonAtMost(_ count: Int, mean: Double) -> Double {
    precondition(mean >= 0, "a mean is not negative")
    return count < 0 ? 0 : above(mean, shape: Double(count) + 1)
  }

  private static func series(_ x: Double, _ shape: Double) -> Double {
    var term = 1 / shape
    var sum = term
    var over = shape
    while abs(term) > abs(sum) * 1e-17 {
      over += 1
      term *= x / over
      sum += term
    }
    return sum * Double.exp(shape * .log(x) - x - .logGamma(shape))
  }

  private static func fraction(_ x: Double, _ shape: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var h = d
    var step = 1.0
    while true {
      let a = -step * (step - shape)
      b += 2
      d = 1 / nonzero(a * d + b, tiny)
      c = nonzero(b + a / c, tiny)
      h *= d * c
      if abs(d * c - 1) < 4e-16 || step > 1e6 { break }
      step += 1
    }
    return h * Double.exp(shape * .log(x) - x - .logGamma(shape))
  }

  private static func nonzero(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
}
