/// Times dealt out anew to places, again and again, and how many near pairs come out close in time. Eight permutations
/// are counted side by side; each has its own random stream, so that this shows in nothing but the speed.
struct DealtTimes {
  private typealias Lanes = SIMD8<Double>

  /// Pairs of one class: partners of a position stand in `starts[position]..<starts[position + 1]`.
  struct PairClass {
    var starts: [Int] = [0]
    var partners: [Int32] = []
  }

  /// In the order of the pairs' positions.
  let times: [Double]
  let classes: [PairClass]
  /// Rising; a pair counts for a bound if its times are at most so far apart.
  let bounds: [Double]

  /// Pairs by class and bound, class by class.
  func observed() -> [Int] { counts(of: times.map { Lanes(repeating: $0) }).map { Int($0[0]) } }

  /// The same for each permutation.
  func simulated(_ permutations: Int, seed: UInt64) -> [[Int]] {
    var results: [[Int]] = []
    var dealt = [Lanes](repeating: .zero, count: times.count)
    for first in stride(from: 0, to: permutations, by: Lanes.scalarCount) {
      let lanes = min(Lanes.scalarCount, permutations - first)
      for lane in 0..<lanes {
        var random = StreamRandom(seed: seed, stream: UInt64(first + lane))
        let order = random.shuffled(times)
        for position in order.indices { dealt[position][lane] = order[position] }
      }
      let counts = counts(of: dealt)
      for lane in 0..<lanes { results.append(counts.map { Int($0[lane]) }) }
    }
    return results
  }

  private func counts(of dealt: [Lanes]) -> [SIMD8<Int64>] {
    classes.flatMap { pairs in
      var totals = [SIMD8<Int64>](repeating: .zero, count: bounds.count)
      totals.withUnsafeMutableBufferPointer { Self.count(pairs, dealt, bounds, into: $0) }
      return totals
    }
  }

  private static func count(
    _ pairs: PairClass, _ dealt: [Lanes], _ bounds: [Double], into totals: UnsafeMutableBufferPointer<SIMD8<Int64>>
  ) {
    dealt.withUnsafeBufferPointer { dealt in
      pairs.partners.withUnsafeBufferPointer { partners in
        bounds.withUnsafeBufferPointer { bounds in
          for position in dealt.indices {
            let own = dealt[position]
            for index in pairs.starts[position]..<pairs.starts[position + 1] {
              let apart = magnitude(own - dealt[Int(partners[index])])
              for bound in bounds.indices {
                totals[bound] &+= SIMD8<Int64>.zero.replacing(with: 1, where: apart .<= bounds[bound])
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func magnitude(_ value: Lanes) -> Lanes {
    unsafeBitCast(unsafeBitCast(value, to: SIMD8<UInt64>.self) & 0x7FFF_FFFF_FFFF_FFFF, to: Lanes.self)
  }
}
