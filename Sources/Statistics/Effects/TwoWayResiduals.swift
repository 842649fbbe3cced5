/// What places and periods leave unexplained of values: weighted least squares on two sets of levels, by turns (R.
/// Frisch, F. V. Waugh, Econometrica 1 (1933) 387–401; P. Guimarães, P. Portugal, Stata Journal 10 (2010) 628–649).
enum TwoWayResiduals {
  /// - Parameter weights: not negative; with even weights one turn is exact.
  static func of(_ values: [Double], _ panel: Panel, weights: [Double]) -> [Double] {
    var left = values
    let size = values.reduce(0) { max($0, abs($1)) }
    for _ in 0..<10_000 {
      var moved = 0.0
      for place in 0..<panel.places {
        let cells = place * panel.periods..<(place + 1) * panel.periods
        moved = max(moved, remove(stride(from: cells.lowerBound, to: cells.upperBound, by: 1), &left, weights))
      }
      for period in 0..<panel.periods {
        moved = max(moved, remove(stride(from: period, to: values.count, by: panel.periods), &left, weights))
      }
      if moved <= 1e-14 * size { break }
    }
    return left
  }

  /// Takes the weighted mean from some cells; tells how much it was.
  @inline(__always)
  private static func remove(_ cells: StrideTo<Int>, _ values: inout [Double], _ weights: [Double]) -> Double {
    var sum = 0.0
    var total = 0.0
    for cell in cells {
      sum += values[cell] * weights[cell]
      total += weights[cell]
    }
    guard total > 0 else { return 0 }
    let mean = sum / total
    for cell in cells { values[cell] -= mean }
    return abs(mean)
  }
}
