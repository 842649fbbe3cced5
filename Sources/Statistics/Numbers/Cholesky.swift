/// The factor of a small symmetric, positive definite matrix: A = L·Lᵀ.
struct Cholesky {
  private let size: Int
  private var factor: [Double]

  /// - Parameter matrix: row by row, `size`² numbers.
  /// - Returns: nil where the matrix is not positive definite, up to rounding.
  init?(_ matrix: [Double], size: Int) {
    self.size = size
    factor = matrix
    for column in 0..<size {
      for row in column..<size {
        var sum = matrix[row * size + column]
        for before in 0..<column { sum -= factor[row * size + before] * factor[column * size + before] }
        if row == column {
          guard sum > 1e-14 * matrix[row * size + row], sum > 0 else { return nil }
          factor[row * size + row] = sum.squareRoot()
        } else {
          factor[row * size + column] = sum / factor[column * size + column]
        }
      }
    }
  }

  /// x with A·x = `right`.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      for before in 0..<row { x[row] -= factor[row * size + before] * x[before] }
      x[row] /= factor[row * size + row]
    }
    for row in (0..<size).reversed() {
      for after in row + 1..<max(size, row + 1) { x[row] -= factor[after * size + row] * x[after] }
      x[row] /= factor[row * size + row]
    }
    return x
  }
}
