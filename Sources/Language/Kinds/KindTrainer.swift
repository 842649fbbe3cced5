/// Learns a ``KindModel`` from texts whose kinds people settled.
///
/// One plane for each kind against the rest, errors on a kind costing the more the rarer it is; probabilities are fitted
/// to scores of texts that were held out, each once, and so are the certainty at which the model abstains and all that
/// its report says. What may be a person's name is blanked before anything is learned.
public struct KindTrainer: Sendable {
  /// A feature must stand in so many texts; each should be of another case, so that nobody's words are kept.
  public let textsMin: Int
  public let foldCount: Int
  let reader: FeatureReader
  private let blanks: PersonNames

  public init(_ segmenter: Segmenter, textsMin: Int, foldCount: Int = 5) {
    reader = FeatureReader(segmenter)
    blanks = PersonNames(segmenter)
    self.textsMin = textsMin
    self.foldCount = foldCount
  }

  public struct Result: Sendable {
    public let model: KindModel
    /// For each text what a model said that had not seen it.
    public let heldOut: [[Double]]
  }

  /// - Parameters:
  ///   - kinds: of each text, as an index of `codes`; each code should have at least as many texts as there are folds.
  ///   - answered: share of the held-out texts that the model shall be certain enough of.
  public func train(texts: [String], kinds: [Int], codes: [String], answered: Double = 0.9) -> Result {
    precondition(texts.count == kinds.count && kinds.allSatisfy(codes.indices.contains), "a kind for each text")
    var names: [UInt64: String] = [:]
    let counted = texts.map { count($0, &names) }
    let folds = folds(kinds, codes.count)
    var scores = [[Double]](repeating: [], count: texts.count)
    for fold in 0..<foldCount {
      let part = fit(counted, texts.indices.filter { folds[$0] != fold }, kinds, codes.count)
      for text in texts.indices where folds[text] == fold { scores[text] = part.scores(counted[text]) }
    }
    let calibration = Calibration(scores: scores, kinds: kinds, kindCount: codes.count)
    let heldOut = scores.map(calibration.probabilities)
    let certainties = heldOut.map { $0.max() ?? 0 }.sorted()
    let place = Int(Double(certainties.count) * (1 - answered))
    let enough = min(max(place < certainties.count ? certainties[place] : 1, Self.certainties.lowerBound),
                     Self.certainties.upperBound)
    let whole = fit(counted, Array(texts.indices), kinds, codes.count)
    let words = whole.vocabulary.keys.prefix { FeatureReader.Block.of($0) == 0 }.map { names[$0] ?? "" }
    let model = KindModel(
      kinds: codes, calibration: calibration, certaintyMin: enough, vocabulary: whole.vocabulary,
      weights: whole.weights, constants: whole.constants, words: words, reader: reader)
    return Result(model: model, heldOut: heldOut)
  }

  /// Within these, whatever the share answered: less than one in two is no suggestion, nine in ten is always one.
  private static let certainties = 0.5...0.9

  private struct Part {
    let vocabulary: Vocabulary
    let weights: [Float]
    let constants: [Float]

    func scores(_ text: CountedText) -> [Double] {
      var scores = constants.map(Double.init)
      for (number, value) in vocabulary.row(text) {
        for kind in scores.indices { scores[kind] += Double(weights[Int(number) * scores.count + kind] * value) }
      }
      return scores
    }
  }

  private func fit(_ texts: [CountedText], _ chosen: [Int], _ kinds: [Int], _ kindCount: Int) -> Part {
    var vocabulary = Vocabulary(texts, among: chosen, textsMin: textsMin)
    vocabulary.focus(on: texts, chosen, kinds: kinds, kindCount: kindCount)
    var rows = LinearFit.Rows()
    for text in chosen { rows.append(vocabulary.row(texts[text])) }
    let width = vocabulary.keys.count
    var weights = [Float](repeating: 0, count: width * kindCount)
    var constants = [Float](repeating: 0, count: kindCount)
    for kind in 0..<kindCount {
      let isPositive = chosen.map { kinds[$0] == kind }
      let positives = isPositive.count { $0 }
      guard positives > 0 else {
        constants[kind] = -1
        continue
      }
      let plane = LinearFit.plane(
        rows, isPositive: isPositive, width: width,
        positiveCost: Double(chosen.count) / Double(kindCount * positives), negativeCost: 1)
      for number in 0..<width { weights[number * kindCount + kind] = Float(plane[number]) }
      constants[kind] = Float(plane[width])
    }
    return Part(vocabulary: vocabulary, weights: weights, constants: constants)
  }

  private func count(_ text: String, _ names: inout [UInt64: String]) -> CountedText {
    var keys: [UInt64] = []
    let bytes = Array(blanks.blanked(text).utf8)
    reader.read(bytes, into: &keys)
    reader.segmenter.cut(bytes) { range in
      if let key = FeatureReader.wordKey(bytes[range]), names[key] == nil {
        names[key] = String(decoding: bytes[range], as: UTF8.self).lowercased()
      }
    }
    return CountedText(keys)
  }

  /// Each kind's texts dealt out in turn, in an order that does not follow theirs.
  private func folds(_ kinds: [Int], _ kindCount: Int) -> [Int] {
    var order = Array(kinds.indices)
    var chance = UInt64(2_463_534_242)
    for index in order.indices.reversed() {
      chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      order.swapAt(index, Int((chance >> 33) % UInt64(index + 1)))
    }
    var dealt = [Int](repeating: 0, count: kindCount)
    var folds = [Int](repeating: 0, count: kinds.count)
    for text in order {
      folds[text] = dealt[kinds[text]] % foldCount
      dealt[kinds[text]] += 1
    }
    return folds
  }
}
