import ArgumentParser
import Foundation
import Language

/// CPU seconds of cutting and judging real texts that a peer is given too; the cuts are written for the comparison.
struct LanguageMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language", subcommands: [CutMeasure.self, JudgeMeasure.self])
}

struct CutMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "cut")

  @Option(help: "The dictionary of words.") var dictionary: String
  @Option(help: "Texts, one a line.") var input: String
  @Option(help: "The cuts go here: a text a line, U+0001 between pieces.") var output: String?

  func run() async throws {
    let texts = try Self.lines(input)
    let bytes = texts.map { Array($0.utf8) }
    let start = StatisticsMeasure.cpuSeconds()
    let lexicon = Lexicon(dictionary: try Data(contentsOf: URL(fileURLWithPath: dictionary)))
    let loaded = StatisticsMeasure.cpuSeconds()
    let segmenter = Segmenter(lexicon)
    // As many turns as a clock of a hundredth of a second wants.
    let turns = 20
    var ends: [Int] = []
    for _ in 0..<turns {
      ends.removeAll(keepingCapacity: true)
      for text in bytes { segmenter.cut(text) { ends.append($0.upperBound) } }
    }
    let seconds = (StatisticsMeasure.cpuSeconds() - loaded) / Double(turns)
    if let output {
      let cuts = texts.map { segmenter.words(in: $0).joined(separator: "\u{1}") }
      try Data(cuts.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: output))
    }
    try BenchmarkTool.report(Cost(
      pieces: ends.count, loadSeconds: loaded - start,
      megabytesPerSecond: Double(bytes.reduce(0) { $0 + $1.count }) / 1e6 / seconds))
  }

  struct Cost: Encodable {
    let pieces: Int
    let loadSeconds: Double
    let megabytesPerSecond: Double
  }

  static func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}

/// Trains on all texts but those held back, judges these.
struct JudgeMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "judge")

  @Option(help: "The dictionary of words.") var dictionary: String
  @Option(help: "Texts, one a line.") var input: String
  @Option(help: "Their kinds, one a line.") var kinds: String
  @Option(help: "Numbers of the texts held back, one a line.") var held: String

  func run() async throws {
    let texts = try CutMeasure.lines(input)
    let labels = try CutMeasure.lines(kinds)
    let codes = Set(labels).sorted()
    let held = Set(try CutMeasure.lines(held).compactMap { Int($0) })
    let known = texts.indices.filter { !held.contains($0) }
    let lexicon = Lexicon(dictionary: try Data(contentsOf: URL(fileURLWithPath: dictionary)))
    let start = StatisticsMeasure.cpuSeconds()
    let model = KindTrainer(Segmenter(lexicon), textsMin: 5).train(
      texts: known.map { texts[$0] }, kinds: known.map { codes.firstIndex(of: labels[$0]) ?? 0 }, codes: codes).model
    let trained = StatisticsMeasure.cpuSeconds()
    let asked = texts.indices.filter { held.contains($0) }
    let bytes = asked.map { Array(texts[$0].utf8) }
    let turns = 20
    var found: [KindModel.Judgement] = []
    for _ in 0..<turns { found = model.judge(bytes) }
    let seconds = StatisticsMeasure.cpuSeconds() - trained
    try BenchmarkTool.report(Answer(
      asked: asked, kinds: found.map { codes[$0.best] }, certainties: found.map(\.certainty),
      trainSeconds: trained - start, messagesPerSecond: Double(asked.count * turns) / seconds))
  }

  struct Answer: Encodable {
    let asked: [Int]
    let kinds: [String]
    let certainties: [Double]
    let trainSeconds: Double
    let messagesPerSecond: Double
  }
}
