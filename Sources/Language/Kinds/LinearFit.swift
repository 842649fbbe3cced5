/// A plane between two sides: L2-regularised squared hinge loss, by dual coordinate descent, the plane's distance from
/// the origin as a feature of value 1. Same problem as LIBLINEAR's solver 1.
///
/// Source: C.-J. Hsieh, K.-W. Chang, C.-J. Lin, S. S. Keerthi, S. Sundararajan, "A dual coordinate descent method for
/// large-scale linear SVM", ICML 2008.
enum LinearFit {
  /// Rows one after another: `starts` has one more than there are rows.
  struct Rows: Sendable {
    var starts = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    var count: Int { starts.count - 1 }

    mutating func append(_ row: [(Int32, Float)]) {
      columns.append(contentsOf: row.map(\.0))
      values.append(contentsOf: row.map(\.1))
      starts.append(columns.count)
    }
  }

  /// - Parameters:
  ///   - width: columns.
  ///   - positiveCost, negativeCost: what an error on either side costs beside ½|w|².
  /// - Returns: a weight for each column, and the last for the value 1.
  static func plane(
    _ rows: Rows, isPositive: [Bool], width: Int, positiveCost: Double, negativeCost: Double
  ) -> [Double] {
    var weights = [Double](repeating: 0, count: width + 1)
    var multipliers = [Double](repeating: 0, count: rows.count)
    var order = Array(0..<rows.count)
    var chance = UInt64(88_172_645_463_325_252)
    let lengths = (0..<rows.count).map { row in
      rows.values[rows.starts[row]..<rows.starts[row + 1]].reduce(1.0) { $0 + Double($1) * Double($1) }
    }
    weights.withUnsafeMutableBufferPointer { weights in
      rows.columns.withUnsafeBufferPointer { columns in
        rows.values.withUnsafeBufferPointer { values in
          for _ in 0..<roundsMax {
            var (greatest, least) = (-Double.infinity, Double.infinity)
            for index in order.indices {
              chance ^= chance << 13
              chance ^= chance >> 7
              chance ^= chance << 17
              order.swapAt(index, index + Int(chance % UInt64(order.count - index)))
              let row = order[index]
              let side = isPositive[row] ? 1.0 : -1.0
              let slack = 0.5 / (isPositive[row] ? positiveCost : negativeCost)
              var score = weights[width]
              for place in rows.starts[row]..<rows.starts[row + 1] {
                score += weights[Int(columns[place])] * Double(values[place])
              }
              let gradient = side * score - 1 + multipliers[row] * slack
              let projected = multipliers[row] == 0 ? min(gradient, 0) : gradient
              greatest = max(greatest, projected)
              least = min(least, projected)
              guard abs(projected) > 1e-12 else { continue }
              let before = multipliers[row]
              multipliers[row] = max(before - gradient / (lengths[row] + slack), 0)
              let step = (multipliers[row] - before) * side
              weights[width] += step
              for place in rows.starts[row]..<rows.starts[row + 1] {
                weights[Int(columns[place])] += step * Double(values[place])
              }
            }
            if greatest - least < tolerance { break }
          }
        }
      }
    }
    return weights
  }

  private static let roundsMax = 300
  private static let tolerance = 1e-3
}
