import RealModule

/// What share of a kernel around a cell's centre lies within the grid, by its exact integral.
///
/// A rectangle around the centre is cut into four quadrants. For the Gaussian a quadrant [0,a] × [0,b] holds
/// Φ₀(a)·Φ₀(b) with Φ₀(t) = erf(t/h√2)/2. For the quartic, in units of R and with s² = 1 − y², it holds 3/π · ∫₀ᵇ
/// ∫₀^min(a,s) (s² − x²)² dx dy: where s > a the inner integral is a polynomial in y, beyond it is 8s⁵/15, whose
/// integral is one of cos⁶.
struct EdgeShare {
  let grid: Grid
  let kernel: Density.Kernel

  func correct(_ values: inout [Double]) {
    let sides = (0..<grid.columns).map { side($0, of: grid.columns) }
    let heights = (0..<grid.rows).map { side($0, of: grid.rows) }
    for (row, height) in heights.enumerated() {
      for (column, width) in sides.enumerated() {
        values[row * grid.columns + column] /= share(width, height)
      }
    }
  }

  private typealias Sides = (before: Double, after: Double)

  /// The way from a centre to both ends, in units of the kernel's width.
  private func side(_ index: Int, of count: Int) -> Sides {
    let unit =
      switch kernel {
      case .quartic(let radius): radius
      case .gaussian(let deviation): deviation
      }
    let before = (Double(index) + 0.5) * grid.cell / unit
    return (before, (Double(count) * grid.cell) / unit - before)
  }

  private func share(_ x: Sides, _ y: Sides) -> Double {
    switch kernel {
    case .quartic:
      guard min(x.before, x.after, y.before, y.after) < 1 else { return 1 }
      return Self.quartic(x.before, y.before) + Self.quartic(x.before, y.after) + Self.quartic(x.after, y.before)
        + Self.quartic(x.after, y.after)
    case .gaussian:
      return (Self.half(x.before) + Self.half(x.after)) * (Self.half(y.before) + Self.half(y.after))
    }
  }

  private static func half(_ way: Double) -> Double { Double.erf(way / 2.0.squareRoot()) / 2 }

  /// The share of the quartic kernel of radius 1 within [0,a] × [0,b].
  private static func quartic(_ a: Double, _ b: Double) -> Double {
    let a = min(a, 1)
    let b = min(b, 1)
    let turn = (1 - a * a).squareRoot()
    let flat = straight(a, min(b, turn))
    let round = b > turn ? sixth(b) - sixth(turn) : 0
    return 3 / Double.pi * (flat + 8 / 15 * round)
  }

  /// ∫₀ᵇ ∫₀ᵃ (1 − y² − x²)² dx dy.
  private static func straight(_ a: Double, _ b: Double) -> Double {
    let a3 = a * a * a, b3 = b * b * b
    return a * b - 2 * (a3 * b + a * b3) / 3 + (a3 * a * a * b + a * b3 * b * b) / 5 + 2 * a3 * b3 / 9
  }

  /// ∫₀ᵗ (1 − y²)^(5/2) dy.
  private static func sixth(_ t: Double) -> Double {
    let angle = Double.asin(t)
    return 5 * angle / 16 + 15 * .sin(2 * angle) / 64 + 3 * .sin(4 * angle) / 64 + .sin(6 * angle) / 192
  }
}
