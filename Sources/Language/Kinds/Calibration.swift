import Glibc

/// From scores to probabilities: softmax(slope · score + a constant for each kind), fitted to scores of texts that the
/// planes had not seen, by Newton-free descent with a step that is halved until it helps.
public struct Calibration: Sendable, Hashable {
  public let slope: Double
  public let constants: [Double]

  public init(slope: Double, constants: [Double]) {
    self.slope = slope
    self.constants = constants
  }

  /// - Parameter scores: a row a text, a column a kind.
  init(scores: [[Double]], kinds: [Int], kindCount: Int) {
    var current = Calibration(slope: 2, constants: [Double](repeating: 0, count: kindCount))
    var (loss, gradient) = current.loss(scores, kinds)
    var step = 4.0
    for _ in 0..<400 where step > 1e-9 {
      let next = Calibration(
        slope: current.slope - step * gradient[kindCount],
        constants: zip(current.constants, gradient).map { $0 - step * $1 })
      let (nextLoss, nextGradient) = next.loss(scores, kinds)
      guard nextLoss < loss else {
        step /= 2
        continue
      }
      let gain = loss - nextLoss
      (current, loss, gradient) = (next, nextLoss, nextGradient)
      step *= 1.5
      if gain < 1e-9 { break }
    }
    self = current
  }

  public func probabilities(_ scores: [Double]) -> [Double] {
    let raised = zip(scores, constants).map { slope * $0 + $1 }
    let most = raised.max() ?? 0
    let powers = raised.map { exp($0 - most) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  /// The mean of −ln p of the right kinds, constants held near 0; and its slopes, that of ``slope`` last.
  private func loss(_ scores: [[Double]], _ kinds: [Int]) -> (Double, [Double]) {
    var loss = 0.0
    var gradient = [Double](repeating: 0, count: constants.count + 1)
    for (row, kind) in zip(scores, kinds) {
      let chances = probabilities(row)
      loss -= log(max(chances[kind], 1e-12))
      for other in constants.indices {
        let off = chances[other] - (other == kind ? 1 : 0)
        gradient[other] += off
        gradient[constants.count] += off * row[other]
      }
    }
    let count = Double(max(kinds.count, 1))
    for index in gradient.indices { gradient[index] /= count }
    loss /= count
    for index in constants.indices {
      loss += Self.hold * constants[index] * constants[index]
      gradient[index] += 2 * Self.hold * constants[index]
    }
    return (loss, gradient)
  }

  private static let hold = 1e-3
}
