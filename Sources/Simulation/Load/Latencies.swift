/// How long each request took.
public struct Latencies: Sendable {
  private var microseconds: [UInt32] = []

  public init() {}

  mutating func add(microseconds: Int64) { self.microseconds.append(UInt32(clamping: microseconds)) }
  mutating func add(_ other: Latencies) { microseconds += other.microseconds }
  /// To be called before ``milliseconds(_:)``.
  mutating func sort() { microseconds.sort() }

  /// What a share of the requests did not exceed, 0 … 1.
  public func milliseconds(_ share: Double) -> Double {
    guard !microseconds.isEmpty else { return 0 }
    let index = Int((share * Double(microseconds.count)).rounded(.up)) - 1
    return Double(microseconds[min(max(index, 0), microseconds.count - 1)]) / 1_000
  }
}
