import Domain
import Features
import Foundation
import Testing
import Web

/// What an edition says and draws, from reports that are counted out.
@Suite struct EditionPrintTests {
  /// Reports of kinds of noise in the first half of 2026, and in what it is compared with.
  private static let counts = [
    "noise.dance": (90, 30), "noise.neighbour": (30, 90), "noise.construction": (50, 50), "noise.shop": (4, 40),
    "noise.bar": (4, 40), "noise.factory": (0, 40),
  ]

  private func files(_ comparison: EditionQuery.Comparison) throws -> [String: String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let pack = try CityPackReader.read(folder: root.appendingPathComponent("Cities/rongxi"))
    let from = try #require(CivilDate("2026-01-01"))
    let query = try #require(EditionQuery(from: from, to: from.adding(days: 180), comparison: comparison))
    func table(_ first: CivilDate, _ count: KeyPath<(Int, Int), Int>) -> IncidentTable {
      var table = IncidentTable()
      for (kind, counts) in Self.counts.sorted(by: { $0.key < $1.key }) {
        for number in 0..<counts[keyPath: count] {
          var row = IncidentTable.Given()
          row.day = Int32(first.dayNumber + number)
          row.kind = kind
          row.place = pack.places[0].code
          row.division = pack.places[0].division
          row.door = "110"
          table.append(row)
        }
      }
      return table
    }
    let edition = try #require(EditionMaker.edition(
      now: table(from, \.0), before: table(query.before.lowerBound, \.1), query, pack: pack))
    let files = try EditionPrint(edition, pack: pack, decoration: .none).files()
    return files.mapValues { String(decoding: $0, as: UTF8.self) }
  }

  @Test func everyKindIsADotTheHighestRatioFirstAndSmallOnesAreSaid() throws {
    let page = try #require(try files(.lastYear)["index.html"])
    let start = try #require(page.range(of: "id=\"kinds-noise-t\""))
    let picture = page[start.upperBound...].components(separatedBy: "</svg>")[0]
    let names = ["广场舞噪声", "施工噪声", "邻里生活噪声", "工业噪声"]
    let places = try names.map { try #require(picture.range(of: ">\($0)</text>"), "\($0)").lowerBound }
    #expect(places == places.sorted())
    #expect(!picture.contains("商铺喇叭噪声"), "four reports are nobody's business")
    #expect(picture.contains(">另有 2 类数量过少，不公布</text>"))
    #expect(picture.contains("确有上升 1 个，确有下降 2 个"))
    #expect(picture.components(separatedBy: "class=\"mark up\"").count == 2)
    // None at all lies beyond any scale: an arrow, no dot.
    #expect(picture.components(separatedBy: "class=\"mark down\"").count == 2)
    #expect(picture.contains(">×3</text>") && picture.contains(">×0.33</text>"))
  }

  @Test(arguments: [(EditionQuery.Comparison.lastYear, "上年同期", "the same days last year"),
                    (.periodBefore, "前一时段", "the period before")])
  func itSaysWhatItIsComparedWith(_ comparison: EditionQuery.Comparison, _ chinese: String, _ english: String) throws {
    let files = try files(comparison)
    let (zh, en) = (try #require(files["index.html"]), try #require(files["index.en.html"]))
    #expect(zh.contains("与\(chinese)") && zh.contains(">\(chinese)</th>"))
    #expect(en.contains("beside \(english)") && en.contains("dashed: \(english)"))
    for word in ["上年同期", "前一时段"] where word != chinese { #expect(!zh.contains(word)) }
    for word in ["last year", "period before"] where !english.contains(word) { #expect(!en.contains(word)) }
    #expect(!zh.contains("对比期") && !zh.contains("{") && !en.contains("{"))
  }
}
