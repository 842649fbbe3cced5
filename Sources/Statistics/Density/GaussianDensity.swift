import RealModule

/// The Gaussian kernel without binning, in a time that hardly depends on its width.
///
/// A Gaussian of variance h² is a Gaussian of variance s² smoothed by one of h² − s². Each point is spread with the
/// narrow one, s = 1.35 steps of a lattice, over 24 × 24 lattice points; the lattice is then smoothed with the wide
/// one, column-wise and row-wise. The sum over lattice points stands for an integral over the product of two Gaussians,
/// which is again one, of variance s²(1 − s²/h²); the trapezoidal rule errs there by 2·e^(−2π²s²(1 − s²/h²)) relative
/// to each point's own contribution: below 7·10⁻¹⁵ in each direction for h ≥ 5 steps, which the lattice is made fine
/// enough for.
///
/// Source: L. Greengard, J.-Y. Lee, "Accelerating the nonuniform fast Fourier transform", SIAM Review 46 (2004)
/// 443–454, for the spreading by powers; L. N. Trefethen, J. A. C. Weideman, SIAM Review 56 (2014) 385–458, for the
/// error.
struct GaussianDensity {
  let grid: Grid
  let deviation: Double

  private typealias Lanes = SIMD8<Double>

  /// The narrow Gaussian's deviation, in steps of the lattice.
  private static let narrow = 1.35
  private static let width = 24
  private static let before = 11
  /// In deviations: where a Gaussian has fallen to 10⁻¹⁷ of its peak.
  private static let reach = 8.9

  /// Lattice points for each cell and direction; every centre of a cell is one of them.
  private var fineness: Int { max(1, Int((5 * grid.cell / deviation).rounded(.up))) }
  private var step: Double { grid.cell / Double(fineness) }
  private var margin: Int { Int((Self.reach * deviation / step).rounded(.up)) + Self.width }

  func sum(x: [Double], y: [Double]) -> [Double] {
    // So narrow a kernel reaches no farther than the spreading would.
    guard fineness <= 4 else { return direct(x: x, y: y) }
    let columns = (grid.columns - 1) * fineness + 1 + 2 * margin
    let rows = (grid.rows - 1) * fineness + 1 + 2 * margin
    let lattice = spread(x: x, y: y, columns: columns, rows: rows)
    let wide = taps()
    var across = [Double](repeating: 0, count: rows * grid.columns)
    for row in 0..<rows { smooth(lattice, from: row * columns, into: &across, at: row * grid.columns, wide) }
    return smoothed(across, wide)
  }

  private func direct(x: [Double], y: [Double]) -> [Double] {
    var values = [Double](repeating: 0, count: grid.count)
    let points = PointOrder(x: x, y: y, grid: grid, reach: Self.reach * deviation, unit: deviation)
    let step = grid.cell / deviation
    let scale = 1 / (2 * Double.pi * deviation * deviation)
    for (px, py) in zip(points.x, points.y) {
      let columns = reached(px, step, of: grid.columns)
      let line = columns.map { Self.bell((Double($0) + 0.5) * step - px) }
      for row in reached(py, step, of: grid.rows) {
        let factor = scale * Self.bell((Double(row) + 0.5) * step - py)
        for (column, value) in zip(columns, line) { values[row * grid.columns + column] += factor * value }
      }
    }
    return values
  }

  /// The cells whose centres lie within reach of a point.
  private func reached(_ point: Double, _ step: Double, of count: Int) -> Range<Int> {
    let low = max(0, Int(((point - Self.reach) / step - 0.5).rounded(.up)))
    return low..<max(low, min(count, Int(((point + Self.reach) / step - 0.5).rounded(.down)) + 1))
  }

  private static func bell(_ distance: Double) -> Double { .exp(-distance * distance / 2) }

  private func spread(x: [Double], y: [Double], columns: Int, rows: Int) -> [Double] {
    var lattice = [Double](repeating: 0, count: columns * rows)
    let points = PointOrder(x: x, y: y, grid: grid, reach: Self.reach * deviation, unit: step)
    var bell = [Double](repeating: 0, count: Self.width)
    for offset in 0..<Self.width {
      bell[offset] = Self.bell(Double(offset - Self.before) / Self.narrow)
    }
    var line = [Double](repeating: 0, count: Self.width)
    var column = line
    lattice.withUnsafeMutableBytes { bytes in
      for index in points.x.indices {
        // The lattice begins a margin before the first centre, which lies half a cell inside.
        let px = points.x[index] - Double(fineness) / 2 + Double(margin)
        let py = points.y[index] - Double(fineness) / 2 + Double(margin)
        let left = Int(px), low = Int(py)
        Self.narrowGaussian(px - Double(left), bell, into: &line)
        Self.narrowGaussian(py - Double(low), bell, into: &column)
        Self.add(line, column, to: bytes, at: (low - Self.before) * columns + left - Self.before, stride: columns)
      }
    }
    return lattice
  }

  /// e^(−(j − f)²/2s²) = e^(−f²/2s²) · (e^(f/s²))ʲ · e^(−j²/2s²) for the 24 lattice points around a point.
  @inline(__always)
  private static func narrowGaussian(_ fraction: Double, _ bell: [Double], into line: inout [Double]) {
    let power = Double.exp(fraction / (narrow * narrow))
    let inverse = 1 / power
    var right = Double.exp(-fraction * fraction / (2 * narrow * narrow))
    var left = right
    line[before] = right
    for offset in 1...before {
      right *= power
      left *= inverse
      line[before + offset] = right * bell[before + offset]
      line[before - offset] = left * bell[before - offset]
    }
    line[width - 1] = right * power * bell[width - 1]
  }

  @inline(__always)
  private static func add(
    _ line: [Double], _ column: [Double], to bytes: UnsafeMutableRawBufferPointer, at start: Int, stride: Int
  ) {
    precondition(start >= 0 && (start + (width - 1) * stride + width) * 8 <= bytes.count)
    line.withUnsafeBytes { line in
      let first = line.loadUnaligned(as: Lanes.self)
      let second = line.loadUnaligned(fromByteOffset: 64, as: Lanes.self)
      let third = line.loadUnaligned(fromByteOffset: 128, as: Lanes.self)
      guard let base = bytes.baseAddress else { return }
      var row = base + start * 8
      for factor in column {
        row.storeBytes(of: row.loadUnaligned(as: Lanes.self) + first * factor, as: Lanes.self)
        row.storeBytes(of: row.loadUnaligned(fromByteOffset: 64, as: Lanes.self) + second * factor, toByteOffset: 64,
                       as: Lanes.self)
        row.storeBytes(of: row.loadUnaligned(fromByteOffset: 128, as: Lanes.self) + third * factor, toByteOffset: 128,
                       as: Lanes.self)
        row += stride * 8
      }
    }
  }

  /// The wide Gaussian at 0, 1, 2 … lattice steps, scaled so that the two directions together give the density.
  private func taps() -> [Double] {
    let narrow = Self.narrow * step
    let wide = (deviation * deviation - narrow * narrow).squareRoot()
    let scale = step / (2 * Double.pi * narrow * wide)
    return (0...Int((Self.reach * wide / step).rounded(.up))).map { tap in
      scale * Self.bell(Double(tap) * step / wide)
    }
  }

  private func smooth(
    _ lattice: [Double], from start: Int, into across: inout [Double], at target: Int, _ taps: [Double]
  ) {
    let first = start + margin
    across.withUnsafeMutableBufferPointer { across in
      lattice.withUnsafeBufferPointer { lattice in
        for (tap, weight) in taps.enumerated() {
          for column in 0..<grid.columns {
            let at = first + column * fineness
            let both = tap == 0 ? lattice[at] : lattice[at - tap] + lattice[at + tap]
            across[target + column] += weight * both
          }
        }
      }
    }
  }

  private func smoothed(_ across: [Double], _ taps: [Double]) -> [Double] {
    let columns = grid.columns
    return [Double](unsafeUninitializedCapacity: grid.count) { values, count in
      values.initialize(repeating: 0)
      across.withUnsafeBufferPointer { across in
        for row in 0..<grid.rows {
          let at = (margin + row * fineness) * columns
          for (tap, weight) in taps.enumerated() {
            for column in 0..<columns {
              let above = across[at + tap * columns + column]
              let both = tap == 0 ? above : above + across[at - tap * columns + column]
              values[row * columns + column] += weight * both
            }
          }
        }
      }
      count = grid.count
    }
  }
}
