/// Finds which of many cues stand in a text, in one pass (Aho–Corasick over Unicode scalars).
///
/// Text and cues are folded alike: ASCII letters to lower case, full-width forms to half-width, invisible format
/// scalars dropped, runs of white space to one space, and white space between Han characters ignored. A cue that
/// begins or ends with a Latin letter or digit must begin or end a word there: `fire` is not in `fired`.
///
/// Negation is not looked at ("no knife", 没有刀): a false alarm costs a look, a missed danger costs more.
///
/// Source: A. V. Aho, M. J. Corasick, "Efficient string matching: an aid to bibliographic search", CACM 18 (1975).
public struct CueMatcher: Sendable {
  public let cues: [String]
  private let states: [State]
  /// Next state from the root, for scalars below 65536.
  private let rootNext: [Int32]
  private let lengths: [Int]
  private let bounds: [(start: Bool, end: Bool)]

  private struct State {
    var symbols: [UInt32] = []
    var next: [Int32] = []
    var failure: Int32 = 0
    /// The nearest state along failures at which a cue ends, itself included; -1 for none.
    var output: Int32 = -1
    /// Cues that end here.
    var cues: [Int32] = []

    func child(_ symbol: UInt32) -> Int32? {
      for index in symbols.indices where symbols[index] == symbol { return next[index] }
      return nil
    }
  }

  /// Cues that fold to nothing are never found; equal cues are each found.
  public init(_ cues: [String]) {
    self.cues = cues
    let folded = cues.map { Array(FoldedText($0).scalars) }
    lengths = folded.map(\.count)
    bounds = folded.map { (start: FoldedText.isLatinWord($0.first ?? 0), end: FoldedText.isLatinWord($0.last ?? 0)) }
    var states = [State()]
    for (cue, scalars) in folded.enumerated() where !scalars.isEmpty { Self.insert(cue, scalars, into: &states) }
    Self.linkFailures(&states)
    self.states = states
    rootNext = zip(states[0].symbols, states[0].next).reduce(into: [Int32](repeating: 0, count: 65_536)) {
      if $1.0 < 65_536 { $0[Int($1.0)] = $1.1 }
    }
  }

  /// The cues found, by their index in `cues`, with how often each stands in the text.
  public func counts(in text: String) -> [Int: Int] {
    let text = FoldedText(text).scalars
    return text.withUnsafeBufferPointer { text in
      var counts: [Int: Int] = [:]
      var state: Int32 = 0
      for position in text.indices {
        state = step(state, text[position])
        var output = state == 0 ? -1 : states[Int(state)].output
        while output >= 0 {
          for cue in states[Int(output)].cues where isBounded(Int(cue), endingAt: position, in: text) {
            counts[Int(cue), default: 0] += 1
          }
          output = states[Int(states[Int(output)].failure)].output
        }
      }
      return counts
    }
  }

  /// The same by the cues themselves.
  public func cueCounts(in text: String) -> [String: Int] {
    Dictionary(counts(in: text).map { (cues[$0.key], $0.value) }, uniquingKeysWith: max)
  }

  private func step(_ state: Int32, _ scalar: UInt32) -> Int32 {
    var state = state
    while state != 0 {
      if let next = states[Int(state)].child(scalar) { return next }
      state = states[Int(state)].failure
    }
    return scalar < 65_536 ? rootNext[Int(scalar)] : states[0].child(scalar) ?? 0
  }

  private func isBounded(_ cue: Int, endingAt end: Int, in text: UnsafeBufferPointer<UInt32>) -> Bool {
    let before = end - lengths[cue]
    if bounds[cue].start, before >= 0, FoldedText.isLatinWord(text[before]) { return false }
    return !(bounds[cue].end && end + 1 < text.count && FoldedText.isLatinWord(text[end + 1]))
  }

  private static func insert(_ cue: Int, _ scalars: [UInt32], into states: inout [State]) {
    var state = 0
    for scalar in scalars {
      if let next = states[state].child(scalar) {
        state = Int(next)
      } else {
        states[state].symbols.append(scalar)
        states[state].next.append(Int32(states.count))
        state = states.count
        states.append(State())
      }
    }
    states[state].cues.append(Int32(cue))
  }

  /// Breadth first: a state's failure is the longest proper suffix of its text that is also in the tree.
  private static func linkFailures(_ states: inout [State]) {
    var queue = [0]
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      for (symbol, child) in zip(states[state].symbols, states[state].next) {
        states[Int(child)].failure = state == 0 ? 0 : failure(of: symbol, from: states[state].failure, states)
        queue.append(Int(child))
      }
      states[state].output = states[state].cues.isEmpty ? states[Int(states[state].failure)].output : Int32(state)
    }
  }

  private static func failure(of symbol: UInt32, from start: Int32, _ states: [State]) -> Int32 {
    var state = start
    while true {
      if let next = states[Int(state)].child(symbol) { return next }
      guard state != 0 else { return 0 }
      state = states[Int(state)].failure
    }
  }
}
