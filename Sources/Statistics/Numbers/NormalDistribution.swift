import RealModule

/// The standard normal distribution.
public enum NormalDistribution {
  /// Φ(z).
  public static func below(_ z: Double) -> Double { Double.erfc(-z / 2.0.squareRoot()) / 2 }

  /// 1 − Φ(z), without loss far out.
  public static func above(_ z: Double) -> Double { below(-z) }

  /// The z with Φ(z) = `probability`: Halley's method on Φ from a rational start (M. Abramowitz, I. A. Stegun, Handbook
  /// of Mathematical Functions (1964), 26.2.23).
  public static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile of a probability within 0 … 1")
    // By the nearer tail, which Φ gives to full relative precision.
    guard probability <= 0.5 else { return -quantile(1 - probability) }
    let t = (-2 * Double.log(probability)).squareRoot()
    let above = 2.515517 + t * (0.802853 + t * 0.010328)
    let under = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var z = above / under - t
    for _ in 0..<4 {
      let step = (below(z) - probability) * Double.exp(z * z / 2) * (2 * Double.pi).squareRoot()
      z -= step / (1 + z * step / 2)
    }
    return z
  }
}
