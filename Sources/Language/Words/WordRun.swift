/// Units between signs while they are being cut; see ``Segmenter``.
struct WordRun {
  /// The best way on from a place.
  struct Step {
    var likelihood: Double
    /// Where the word that begins here ends, in units.
    var end: Int32
    /// Where it begins, in bytes.
    var byte: Int32
  }

  let tables: Lexicon.Tables
  let steps: UnsafeMutableBufferPointer<Step>
  let units: UnsafeMutableBufferPointer<UInt16>
  private var count = 0

  init(
    tables: Lexicon.Tables, steps: UnsafeMutableBufferPointer<Step>, units: UnsafeMutableBufferPointer<UInt16>
  ) {
    self.tables = tables
    self.steps = steps
    self.units = units
  }

  @inline(__always)
  mutating func append(_ unit: UInt16, at byte: Int) {
    units[count] = unit
    steps[count].byte = Int32(truncatingIfNeeded: byte)
    count += 1
  }

  /// Cuts what was gathered, and is empty again.
  @inline(__always)
  mutating func finish(end: Int, _ found: (Range<Int>) -> Void) {
    guard count > 0 else { return }
    steps[count].byte = Int32(truncatingIfNeeded: end)
    _ = weigh()
    var place = 0
    // Where letters and digits began that no longer word holds together.
    var letters = -1
    while place < count {
      let next = Int(steps[place].end)
      let start = Int(steps[place].byte)
      if next == place + 1, Segmenter.isLetterOrDigit(units[place]) {
        if letters < 0 { letters = start }
      } else {
        if letters >= 0 { found(letters..<start) }
        letters = -1
        found(start..<Int(steps[next].byte))
      }
      place = next
    }
    if letters >= 0 { found(letters..<end) }
    count = 0
  }

  /// From the end: at each place the word that, with the best way on from behind it, is likeliest; of equals the longest.
  /// - Returns: ln of the likelihood of the whole.
  func weigh() -> Double {
    steps[count].likelihood = 0
    var place = count - 1
    while place >= 0 {
      // What only begins words has weight 0's, -infinity: no branch is needed for it.
      var best = -Double.infinity
      var end = 0
      var next = place + 1
      var node = tables.roots[Int(units[place])]
      if node >= 0 {
        var slot = tables.slots[Int(node)]
        best = tables.weights[Int(slot & Lexicon.mask)] + steps[next].likelihood
        end = best > -Double.infinity ? next : 0
        if next < count, tables.mayPair(units[place], units[next]) {
          while slot & Lexicon.goesOn != 0, next < count {
            node = tables.next(node, units[next])
            if node < 0 { break }
            next += 1
            slot = tables.slots[Int(node)]
            let likelihood = tables.weights[Int(slot & Lexicon.mask)] + steps[next].likelihood
            let isBetter = likelihood >= best && likelihood > -Double.infinity
            best = isBetter ? likelihood : best
            end = isBetter ? next : end
          }
        }
      }
      if end == 0 {
        end = place + 1
        best = tables.unknown + steps[end].likelihood
      }
      steps[place].likelihood = best
      steps[place].end = Int32(truncatingIfNeeded: end)
      place -= 1
    }
    return steps[0].likelihood
  }
}
