/// The quartic kernel, point by point. Around each point a window of whole vectors is added to; what lies within the
/// window but not within the radius is cut off at zero instead of being branched around.
struct QuarticDensity {
  let grid: Grid
  let radius: Double

  private typealias Lanes = SIMD8<Double>

  func sum(x: [Double], y: [Double]) -> [Double] {
    // Columns in units of the radius, so that the kernel's argument is 1 − dx² − dy².
    let step = grid.cell / radius
    let vectors = (Int(2 / step) + 1 + Lanes.scalarCount) / Lanes.scalarCount
    let margin = vectors * Lanes.scalarCount
    let stride = grid.columns + 2 * margin
    var padded = [Double](repeating: 0, count: stride * grid.rows)
    let order = PointOrder(x: x, y: y, grid: grid, reach: radius)
    padded.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: vectors) { squares in
        for (px, py) in zip(order.x, order.y) {
          let first = Int(((px - 1) / step - 0.5).rounded(.up))
          let low = max(0, Int(((py - 1) / step - 0.5).rounded(.up)))
          let high = min(grid.rows - 1, Int(((py + 1) / step - 0.5).rounded(.down)))
          guard low <= high else { continue }
          let start = (Double(first) + 0.5) * step - px
          for vector in 0..<vectors {
            let dx = Self.ramp * step + (start + Double(vector * Lanes.scalarCount) * step)
            squares[vector] = dx * dx
          }
          var row = base + (low * stride + first + margin) * MemoryLayout<Double>.stride
          for line in low...high {
            let dy = (Double(line) + 0.5) * step - py
            let left = 1 - dy * dy
            for vector in 0..<vectors {
              let offset = vector * MemoryLayout<Lanes>.stride
              let inside = Self.positive(left - squares[vector])
              let old = row.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
              row.storeBytes(of: old + inside * inside, toByteOffset: offset, as: Lanes.self)
            }
            row += stride * MemoryLayout<Double>.stride
          }
        }
      }
    }
    let scale = 3 / (Double.pi * radius * radius)
    return grid.cut(padded, stride: stride, margin: margin, scale: scale)
  }

  private static let ramp = Lanes(0, 1, 2, 3, 4, 5, 6, 7)

  @inline(__always)
  private static func positive(_ value: Lanes) -> Lanes { value.replacing(with: 0, where: value .< 0) }
}
