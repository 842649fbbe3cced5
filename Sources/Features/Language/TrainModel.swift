import Domain
import Language
import SQL

/// Learns a model of kinds from what operators settled: the first report of each case that has ended, with the kind that
/// stood when it ended. Each text is a journalled look into the vault. The model becomes the shadow.
public struct TrainModel: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// A kind needs so many cases before anything is learned about it.
  public static let casesOfKindMin = 20

  public enum Fault: Error, Sendable, Hashable {
    /// There are not two kinds with enough cases yet; how many texts there are.
    case tooFew(texts: Int)
  }

  struct Example: Sendable {
    let text: String
    let kind: String
  }

  /// - Parameters:
  ///   - casesMin: a feature must stand in so many cases to be kept.
  ///   - limit: of the latest cases.
  /// - Throws: ``Fault``.
  public func callAsFunction(
    _ segmenter: Segmenter, casesMin: Int = 5, limit: Int = 20_000
  ) async throws -> ModelCard {
    let all = try await examples(limit: limit)
    let sizes = Dictionary(all.map { ($0.kind, 1) }, uniquingKeysWith: +)
    let kinds = sizes.filter { $0.value >= Self.casesOfKindMin && site.pack.kind($0.key) != nil }.keys.sorted()
    guard kinds.count >= 2 else { throw Fault.tooFew(texts: all.count) }
    let numbers = Dictionary(uniqueKeysWithValues: kinds.enumerated().map { ($1, $0) })
    let known = all.filter { numbers[$0.kind] != nil }
    let settled = known.map { numbers[$0.kind] ?? 0 }
    let result = KindTrainer(segmenter, textsMin: casesMin).train(
      texts: known.map(\.text), kinds: settled, codes: kinds)
    return try await ModelShelf(site).store(result.model) { version in
      card(version, result, known, settled, casesMin: casesMin)
    }
  }

  private func examples(limit: Int) async throws -> [Example] {
    let reports = try await site.database.read { connection in
      try connection.all(
        """
        SELECT r.id, r.case_id, r.vault, c.kind, r.division, r.said_at, r.is_first
        FROM case_reports r JOIN cases c ON c.district = r.district AND c.id = r.case_id
        WHERE r.district = \(site.district) AND r.is_first = 1 AND r.vault IS NOT NULL AND c.phase = 'closed'
          AND c.kind IS NOT NULL
        ORDER BY r.said_at DESC, r.id LIMIT \(limit)
        """, VaultTexts.report)
    }
    var examples: [Example] = []
    for start in stride(from: 0, to: reports.count, by: VaultTexts.batch) {
      let part = Array(reports[start..<min(start + VaultTexts.batch, reports.count)])
      let texts = try await site.database.write { try VaultTexts(site: site).read(part, for: .train, on: $0) }
      examples += zip(part, texts).compactMap { report, text in
        text.flatMap { $0.isEmpty ? nil : Example(text: $0, kind: report.kind) }
      }
    }
    return examples
  }

  private func card(
    _ version: String, _ result: KindTrainer.Result, _ examples: [Example], _ settled: [Int], casesMin: Int
  ) -> ModelCard {
    let model = result.model
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: model.kinds.count), count: model.kinds.count)
    var (answered, right, dangerous, away) = (0, 0, 0, 0)
    var bins = [(count: Int, certainty: Double, right: Int)](repeating: (0, 0, 0), count: 15)
    let grave = model.kinds.map { code in
      site.pack.kind(code).map { $0.jurisdiction == .police || $0.severity == .critical } ?? false
    }
    let leaves = model.kinds.map { site.pack.kind($0)?.jurisdiction == .nonPolice }
    for (index, chances) in result.heldOut.enumerated() {
      let best = chances.indices.max { chances[$0] < chances[$1] } ?? 0
      let isRight = best == settled[index]
      let isSure = chances[best] >= model.certaintyMin
      confusion[settled[index]][best] += 1
      let bin = min(Int(chances[best] * 15), 14)
      bins[bin] = (bins[bin].count + 1, bins[bin].certainty + chances[best], bins[bin].right + (isRight ? 1 : 0))
      if isSure {
        answered += 1
        right += isRight ? 1 : 0
      }
      guard grave[settled[index]] else { continue }
      dangerous += 1
      let triage = site.packs.triage.triage(text: examples[index].text, kind: nil, door: "", place: nil)
      if isSure, leaves[best], triage.mayDivert { away += 1 }
    }
    let error = bins.reduce(0.0) { $0 + abs(Double($1.right) - $1.certainty) } / Double(max(settled.count, 1))
    return ModelCard(
      version: version, trainedAt: site.now().milliseconds, pack: site.pack.version, texts: settled.count,
      casesMin: casesMin, certaintyMin: model.certaintyMin, kinds: model.kinds, confusion: confusion,
      answered: answered, answeredRight: right, calibrationError: error, dangerous: dangerous, sentAway: away)
  }
}
