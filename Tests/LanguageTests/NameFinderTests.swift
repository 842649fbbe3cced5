import Language
import Testing

@Suite struct NameFinderTests {
  private static let readings: [Character: [String]] = [
    "阳": ["yang"], "光": ["guang"], "小": ["xiao"], "城": ["cheng"], "区": ["qu"], "洋": ["yang"],
    "长": ["zhang", "chang"], "乐": ["le", "yue"], "路": ["lu"], "里": ["li"], "东": ["dong"], "镇": ["zhen"],
    "花": ["hua"], "园": ["yuan"], "人": ["ren"], "民": ["min"], "医": ["yi"], "院": ["yuan"], "西": ["xi"], "安": ["an"],
    "先": ["xian"], "绿": ["lu", "lv"],
  ]
  private static let names = ["阳光小城", "阳光花园", "东阳光里", "长乐路", "人民医院", "西安里", "先里", "绿园"]
  private static let english = [
    "Sunny Town", "Sunny Garden", "East Sun Lane", "Changle Road", "People's Hospital", "", "", "",
  ]

  private let finder = NameFinder(
    zip(names, english).map { NameFinder.Name(text: $0, latin: $1, area: "东镇") }
  ) { readings[Character($0)] ?? [] }

  private func find(_ query: String, _ limit: Int = 5) -> [String] {
    finder.find(query, limit: limit).map { Self.names[$0.name] }
  }

  @Test(arguments: [
    ("阳光小城", "阳光小城"), ("小城", "阳光小城"), ("ygxc", "阳光小城"), ("YGXC", "阳光小城"), ("yangguangxiaocheng", "阳光小城"),
    ("yanggxc", "阳光小城"), ("yangguanghua", "阳光花园"), ("阳光hy", "阳光花园"), ("洋光花园", "阳光花园"), ("changle", "长乐路"),
    ("zhangle", "长乐路"), ("cll", "长乐路"), ("rmyy", "人民医院"), ("lvyuan", "绿园"), ("luyuan", "绿园"), ("xianli", "先里"),
    ("sunny g", "阳光花园"), ("hosp", "人民医院"), ("东镇长乐路", "长乐路"), ("东镇 cll", "长乐路"), ("xiaocheng", "阳光小城"),
  ])
  func asPeopleType(query: String, name: String) { #expect(find(query).first == name, "\(query): \(find(query))") }

  @Test(arguments: [
    ("阳花小城", "阳光小城"), ("人民医", "人民医院"), ("人民一院", "人民医院"),
    ("yangguangxiaocehng", "阳光小城"), ("renmiyiyuan", "人民医院"), ("renmniyiyuan", "人民医院"),
    ("hospitel", "人民医院"), ("长乐路12号3单元", "长乐路"), ("cll88", "长乐路"),
  ])
  func withAnErrorOrANumber(query: String, name: String) {
    #expect(find(query).first == name, "\(query): \(find(query))")
  }

  @Test func twoCharactersAreEnoughAndPrefixesComeFirst() {
    #expect(find("阳光") == ["阳光小城", "阳光花园", "东阳光里"])
    #expect(find("yg").prefix(3) == ["阳光小城", "阳光花园", "东阳光里"])
    #expect(find("阳光", 2).count == 2)
  }

  /// `xian` is one reading or two.
  @Test func whatCanBeReadTwoWaysIsFoundBothWays() { #expect(Set(find("xian").prefix(2)) == ["西安里", "先里"]) }

  @Test func whatIsNotThereIsNotFound() {
    for query in ["", "  ", "火星", "qqqq", "zzzzzzzzz"] { #expect(find(query).isEmpty, "\(query)") }
    #expect(find(String(repeating: "阳", count: 200)).isEmpty)
  }

  @Test func everyWordMustBeFound() {
    #expect(find("阳光 花园") == ["阳光花园"])
    #expect(find("阳光 医院").isEmpty)
  }
}
