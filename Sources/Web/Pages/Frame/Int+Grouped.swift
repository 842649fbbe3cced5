extension Int {
  /// Thousands parted by commas, as they are read.
  var grouped: String {
    let digits = Array(String(magnitude))
    let parted = digits.enumerated().flatMap { index, digit -> [Character] in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? [",", digit] : [digit]
    }
    return (self < 0 ? "−" : "") + String(parted)
  }
}
