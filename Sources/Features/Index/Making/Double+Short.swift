import Foundation

extension Double {
  /// With four digits: what is published is no more exact than that, and reads the same on every machine.
  var short: Double { rounded(digits: 4) }

  func rounded(digits: Int) -> Double {
    guard isFinite, self != 0 else { return isFinite ? 0 : self }
    let place = digits - 1 - Int(Foundation.log10(abs(self)).rounded(.down))
    guard place < 0 else {
      let scale = pow(10, Double(place))
      return (self * scale).rounded() / scale
    }
    let scale = pow(10, Double(-place))
    return (self / scale).rounded() * scale
  }
}
