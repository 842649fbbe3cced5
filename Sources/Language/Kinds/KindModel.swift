/// What kind of case a text speaks of: for each kind a plane over the features, scores turned into probabilities, and
/// the words that decided. Made by ``KindTrainer``.
public struct KindModel: Sendable {
  /// Codes, in the order of the probabilities.
  public let kinds: [String]
  public let calibration: Calibration
  /// Below this the model abstains.
  public let certaintyMin: Double
  let vocabulary: Vocabulary
  /// A row a feature, a column a kind.
  let weights: [Float]
  let constants: [Float]
  /// Words by their number in the vocabulary: a key does not tell them.
  let words: [String]
  let reader: FeatureReader

  public struct Judgement: Sendable, Hashable {
    /// By the order of ``kinds``.
    public let probabilities: [Double]
    /// The likeliest.
    public let best: Int
    public var certainty: Double { probabilities[best] }
  }

  /// A word that spoke for a kind, and how much beside the mean of all kinds, in scores.
  public struct Reason: Sendable, Hashable {
    public let word: String
    public let weight: Double
  }

  public func judge(_ text: String) -> Judgement {
    var scratch = Scratch(self)
    return judge(Array(text.utf8), &scratch)
  }

  /// Many texts, one after another, in less time than each by itself.
  public func judge(_ texts: some Sequence<[UInt8]>) -> [Judgement] {
    var scratch = Scratch(self)
    return texts.map { judge($0, &scratch) }
  }

  /// What is kept from text to text, so that nothing is allocated for each.
  private struct Scratch {
    var keys: [UInt64] = []
    /// How often each feature stands in the text; all 0 between texts.
    var counts: [UInt16]
    var touched: [Int32] = []
    var values: [Float] = []

    init(_ model: KindModel) { counts = [UInt16](repeating: 0, count: model.vocabulary.keys.count) }
  }

  private func judge(_ text: [UInt8], _ scratch: inout Scratch) -> Judgement {
    weigh(text, &scratch)
    var scores = [Float](repeating: 0, count: kinds.count)
    weights.withUnsafeBufferPointer { weights in
      scores.withUnsafeMutableBufferPointer { scores in
        for (number, value) in zip(scratch.touched, scratch.values) {
          let row = Int(number) * kinds.count
          for kind in 0..<scores.count { scores[kind] += weights[row + kind] * value }
        }
      }
    }
    let probabilities = calibration.probabilities(zip(scores, constants).map { Double($0 + $1) })
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    return Judgement(probabilities: probabilities, best: best)
  }

  /// The row of a text, as ``Vocabulary/row(_:)`` has it.
  private func weigh(_ text: [UInt8], _ scratch: inout Scratch) {
    reader.read(text, into: &scratch.keys)
    scratch.touched.removeAll(keepingCapacity: true)
    for key in scratch.keys {
      let number = vocabulary.number(of: key)
      guard number >= 0 else { continue }
      if scratch.counts[Int(number)] == 0 { scratch.touched.append(number) }
      scratch.counts[Int(number)] &+= 1
    }
    var squares: (Float, Float, Float) = (0, 0, 0)
    scratch.values.removeAll(keepingCapacity: true)
    for number in scratch.touched {
      let weight = vocabulary.weight(Int(number), count: scratch.counts[Int(number)])
      scratch.counts[Int(number)] = 0
      scratch.values.append(weight)
      switch FeatureReader.Block.of(vocabulary.keys[Int(number)]) {
      case 0: squares.0 += weight * weight
      case 1: squares.1 += weight * weight
      default: squares.2 += weight * weight
      }
    }
    func scale(_ square: Float) -> Float { square > 0 ? 1 / square.squareRoot() : 0 }
    let scales = (scale(squares.0), scale(squares.1), scale(squares.2))
    var square: Float = 0
    for index in scratch.touched.indices {
      let number = Int(scratch.touched[index])
      let block = FeatureReader.Block.of(vocabulary.keys[number])
      scratch.values[index] *= (block == 0 ? scales.0 : block == 1 ? scales.1 : scales.2) * vocabulary.focus[number]
      square += scratch.values[index] * scratch.values[index]
    }
    let whole = square > 0 ? Vocabulary.length / square.squareRoot() : 0
    for index in scratch.values.indices { scratch.values[index] *= whole }
  }

  /// The words that spoke most for a kind, the weightiest first. Where no word of two characters or more did, pairs of
  /// characters.
  public func reasons(_ text: String, for kind: Int, limit: Int = 5) -> [Reason] {
    var scratch = Scratch(self)
    weigh(Array(text.utf8), &scratch)
    var found: [(isWord: Bool, reason: Reason)] = []
    for (number, value) in zip(scratch.touched, scratch.values) {
      let row = Int(number) * kinds.count
      let mean = weights[row..<row + kinds.count].reduce(0, +) / Float(kinds.count)
      let weight = (weights[row + kind] - mean) * value
      let key = vocabulary.keys[Int(number)]
      guard weight > 0, FeatureReader.Block.of(key) != 2, let name = name(Int(number)), name.count >= 2 else {
        continue
      }
      found.append((FeatureReader.Block.of(key) == 0, Reason(word: name, weight: Double(weight))))
    }
    let words = found.filter(\.isWord)
    return (words.isEmpty ? found : words).map(\.reason).sorted { ($1.weight, $0.word) < ($0.weight, $1.word) }
      .prefix(limit).map { $0 }
  }

  private func name(_ number: Int) -> String? {
    let key = vocabulary.keys[number]
    // Words come first in the order of keys.
    return FeatureReader.Block.of(key) == 0 ? words[number] : FeatureReader.characters(of: key)
  }
}
