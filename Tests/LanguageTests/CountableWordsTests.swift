import Language
import Testing

@Suite struct CountableWordsTests {
  static let lexicon = Lexicon(
    dictionary: """
      李建国 3 nr
      建国 60 nr
      电话 900 n
      小区 900 n
      打架 300 v
      我们 900 r
      三次 30 m
      天天 50 r
      高峰 70 nr
      和平 80 nr
      幼儿园 90 nr
      丈夫 90 n
      我叫 10 l
      先生 400 n
      女士 300 n
      吵闹 80 v
      物业 80 n
      经理 90 n
      """.utf8, words: ["刷单返利"])
  let words = CountableWords(Segmenter(lexicon))

  @Test func stopWordsNumbersPlatesAndTelephonesAreNotCounted() {
    #expect(words.words(in: "我们小区三次打架,电话13812345678,沪A12345,3号楼B2") == ["小区", "打架"])
    #expect(words.words(in: "The shop was loud again, 2 times") == ["shop", "loud"])
  }

  @Test func aWordCountsOnceForAText() {
    #expect(words.words(in: "打架打架 Noise noise") == ["打架", "noise"])
  }

  @Test(arguments: [
    "李建国打架", "张建国打架", "我叫欧建国,打架", "王小明打架", "王建国先生打架", "欧阳建国女士打架", "老王打架", "刘某打架", "物业经理赵海打架",
  ])
  func namesOfPersonsAreNotCounted(text: String) {
    let found = words.words(in: text)
    #expect(found.contains("打架"))
    #expect(!found.contains { $0.contains("建国") || $0.contains("王") || $0.contains("海") }, "\(found)")
  }

  @Test func latinNamesAreNotCounted() {
    #expect(words.words(in: "My neighbour Bob Smith shouts, says Mr. Jones") == ["neighbour", "shouts"])
  }

  @Test func wordsThatOnlyLookLikeNamesStay() {
    #expect(words.words(in: "幼儿园吵闹,丈夫打架") == ["幼儿园", "吵闹", "丈夫", "打架"])
    #expect(words.words(in: "被刷单返利骗") == ["刷单返利"])
  }

  /// Made-up names of three characters: of none may two characters in a row be counted.
  @Test func noneOfManyNamesLeaksThrough() {
    let surnames = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林郑"), given = Array("伟芳娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英华明")
    for (index, surname) in surnames.enumerated() {
      let name = String([surname, given[index], given[(index * 7 + 3) % given.count]])
      for text in ["\(name)打架", "小区的\(name)天天吵闹", "丈夫\(name)女士"] {
        let found = words.words(in: text)
        #expect(!found.contains { $0.contains(given[index]) }, "\(text): \(found)")
      }
    }
  }
}
