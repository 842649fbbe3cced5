import Foundation

/// The simulator's only source of chance: xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64.
///
/// Every actor has a generator of its own, split from the run's seed by name, so that a change in what one of them
/// does leaves the luck of the others as it was.
public struct SeededRandom: RandomNumberGenerator, Sendable, Hashable {
  private let seed: UInt64
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  public init(seed: UInt64) {
    self.seed = seed
    var mixer = seed
    a = Self.mix(&mixer)
    b = Self.mix(&mixer)
    c = Self.mix(&mixer)
    d = Self.mix(&mixer)
  }

  public mutating func next() -> UInt64 {
    let result = rotated(b &* 5, 7) &* 9
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 45)
    return result
  }

  /// A generator of its own for `name`: the same for the same seed, whatever was drawn before.
  public func split(_ name: String) -> SeededRandom {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return split(hash)
  }

  public func split(_ number: UInt64) -> SeededRandom {
    var mixer = seed ^ (number &* 0x9e37_79b9_7f4a_7c15)
    return SeededRandom(seed: Self.mix(&mixer))
  }

  private static func mix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  private func rotated(_ bits: UInt64, _ count: UInt64) -> UInt64 { bits << count | bits >> (64 - count) }
}

extension SeededRandom {
  /// 0 ..< 1.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  public mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// 0 ..< count, for a positive count.
  public mutating func below(_ count: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// - Precondition: `items` is not empty.
  public mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

  /// About normal, mean 0 and deviation 1: the sum of twelve even draws less six.
  public mutating func bell() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += unit() }
    return sum
  }

  /// How often something happens that is expected `mean` times (Poisson; Knuth's product up to 30, then the bell).
  public mutating func count(expected mean: Double) -> Int {
    if mean > 30 { return max(0, Int((mean + bell() * mean.squareRoot()).rounded())) }
    let floor = exp(-mean)
    var product = unit()
    var count = 0
    while product > floor {
      product *= unit()
      count += 1
    }
    return count
  }

  /// A delay of people: half are shorter than the median, some much longer (log-normal).
  public mutating func delay(_ delay: Delay) -> Int64 {
    Int64((delay.medianMinutes * 60_000 * exp(delay.spread * bell())).rounded())
  }

  /// In whole yuan: 0 for an attempt that failed; nil where nobody found out.
  mutating func loss(_ losses: CityLife.Losses) -> Int? {
    guard !chance(losses.unknown) else { return nil }
    guard chance(losses.succeed) else { return 0 }
    return max(1, Int((losses.medianYuan * exp(losses.spread * bell())).rounded()))
  }
}

/// How long people take: the median, and how far apart they are (deviation of the logarithm).
public struct Delay: Sendable, Hashable, Codable {
  public var medianMinutes: Double
  public var spread: Double
  public init(_ medianMinutes: Double, spread: Double) {
    self.medianMinutes = medianMinutes
    self.spread = spread
  }
}

/// Things to pick from, each with a weight.
struct Weighted<Item: Sendable>: Sendable {
  private let items: [Item]
  private let sums: [Double]

  /// Nil if no weight is positive.
  init?(_ pairs: [(Item, Double)]) {
    let kept = pairs.filter { $0.1 > 0 }
    guard !kept.isEmpty else { return nil }
    items = kept.map(\.0)
    var sum = 0.0
    sums = kept.map { pair in
      sum += pair.1
      return sum
    }
  }

  var total: Double { sums[sums.count - 1] }

  func pick(_ random: inout SeededRandom) -> Item {
    let point = random.unit() * total
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= point { low = middle + 1 } else { high = middle }
    }
    return items[low]
  }
}
