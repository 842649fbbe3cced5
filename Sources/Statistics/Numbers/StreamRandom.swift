import RealModule

/// Seeded chance for simulations: xoshiro256++ (D. Blackman, S. Vigna, ACM Transactions on Mathematical Software 47
/// (2021) 36), its state filled by SplitMix64 from a seed and the number of a stream.
///
/// Every permutation or draw has a stream of its own, so that a result does not depend on which core computes what, or
/// how many there are.
public struct StreamRandom: RandomNumberGenerator, Sendable {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  public init(seed: UInt64, stream: UInt64) {
    var mixer = Self.mixed(seed) ^ (stream &* 0x9E37_79B9_7F4A_7C15)
    func word() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      return Self.mixed(mixer)
    }
    (a, b, c, d) = (word(), word(), word(), word())
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var word = value
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  public mutating func next() -> UInt64 {
    let sum = a &+ d
    let result = ((sum << 23) | (sum >> 41)) &+ a
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 45) | (d >> 19)
    return result
  }

  /// 0 ≤ value < 1, with 53 random bits.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// 0 ≤ value < `bound`, each equally likely (multiplication with rejection: D. Lemire, ACM Transactions on Modeling
  /// and Computer Simulation 29 (2019) 3).
  mutating func below(_ bound: UInt32) -> Int {
    precondition(bound > 0, "there is no number below nothing")
    var product = (next() >> 32) * UInt64(bound)
    if UInt32(truncatingIfNeeded: product) < bound {
      let least = (0 &- bound) % bound
      while UInt32(truncatingIfNeeded: product) < least { product = (next() >> 32) * UInt64(bound) }
    }
    return Int(product >> 32)
  }
}

extension StreamRandom {
  /// The same values in an order of chance (R. Durstenfeld, Communications of the ACM 7 (1964) 420).
  mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
    var result = values
    result.withUnsafeMutableBufferPointer { result in
      for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, below(UInt32(last + 1))) }
    }
    return result
  }
}

extension StreamRandom {
  /// A standard normal number (G. Marsaglia, T. A. Bray, SIAM Review 6 (1964) 260).
  mutating func normal() -> Double {
    while true {
      let x = 2 * unit() - 1
      let y = 2 * unit() - 1
      let square = x * x + y * y
      if square > 0, square < 1 { return x * (-2 * Double.log(square) / square).squareRoot() }
    }
  }

  /// A number of the gamma distribution of rate 1 (G. Marsaglia, W. W. Tsang, ACM Transactions on Mathematical Software
  /// 26 (2000) 363).
  mutating func gamma(shape: Double) -> Double {
    guard shape >= 1 else { return gamma(shape: shape + 1) * Double.pow(1 - unit(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let z = normal()
      let cube = (1 + c * z) * (1 + c * z) * (1 + c * z)
      guard cube > 0 else { continue }
      if Double.log(1 - unit()) < z * z / 2 + d - d * cube + d * .log(cube) { return d * cube }
    }
  }

  /// A number of Poisson's distribution: by waiting times where the mean is small, else by W. Hörmann's transformed
  /// rejection (Insurance: Mathematics and Economics 12 (1993) 39–45, algorithm PTRS).
  public mutating func poisson(mean: Double) -> Int {
    guard mean >= 10 else {
      var count = 0
      var waited = 1 - unit()
      let end = Double.exp(-mean)
      while waited > end {
        waited *= 1 - unit()
        count += 1
      }
      return count
    }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverse = 1.1239 + 1.1328 / (b - 3.4)
    while true {
      let u = unit() - 0.5
      let v = 1 - unit()
      let near = 0.5 - abs(u)
      let count = ((2 * a / near + b) * u + mean + 0.43).rounded(.down)
      if near >= 0.07, v <= 0.9277 - 3.6224 / (b - 2) { return Int(count) }
      guard count >= 0, near >= 0.013 || v <= near else { continue }
      let density = count * Double.log(mean) - mean - .logGamma(count + 1)
      if Double.log(v * inverse / (a / (near * near) + b)) <= density { return Int(count) }
    }
  }
}
