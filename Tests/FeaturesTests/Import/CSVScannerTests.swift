import Features
import Synchronization
import Testing

@Suite struct CSVScannerTests {
  /// Bytes in pieces of a given size.
  final class Pieces: Sendable {
    private let rest: Mutex<ArraySlice<UInt8>>
    private let size: Int

    init(_ bytes: [UInt8], size: Int) {
      rest = Mutex(bytes[...])
      self.size = size
    }

    func read(_ count: Int) -> [UInt8] {
      rest.withLock { rest in
        let piece = rest.prefix(min(count, size))
        rest = rest.dropFirst(piece.count)
        return Array(piece)
      }
    }
  }

  struct Row: Equatable {
    var line: Int
    var fields: [String]
    var fault: CSVFault?
  }

  private func rows(_ bytes: [UInt8], pieces: Int = .max) throws -> [Row] {
    let source = Pieces(bytes, size: pieces)
    var scanner = CSVScanner { source.read($0) }
    var rows: [Row] = []
    while let row = try scanner.next() {
      rows.append(Row(line: row.line, fields: row.fields.indices.map(row.text), fault: row.fault))
    }
    #expect(scanner.position == bytes.count)
    return rows
  }

  private func fields(_ text: String) throws -> [[String]] {
    let found = try rows(Array(text.utf8))
    #expect(found.allSatisfy { $0.fault == nil })
    return found.map(\.fields)
  }

  @Test func rowsAndFields() throws {
    #expect(try fields("a,b\nc,d\n") == [["a", "b"], ["c", "d"]])
    #expect(try fields("a,b\r\nc,d") == [["a", "b"], ["c", "d"]])
    #expect(try fields("a,,\n,b,\r\n,,") == [["a", "", ""], ["", "b", ""], ["", "", ""]])
    #expect(try fields("\n\r\na\n\n") == [["a"]])
    #expect(try fields("") == [])
    #expect(try fields("\u{FEFF}a,b\n") == [["a", "b"]])
    #expect(try fields("甲, 乙 \n") == [["甲", "乙"]])
  }

  @Test func quotes() throws {
    #expect(try fields("\"a,b\",\"c\"\"d\"\n\"\",\"\"\n") == [["a,b", "c\"d"], ["", ""]])
    #expect(try fields("\"a\nb\",c\r\n\"x\"\r\n") == [["a\nb", "c"], ["x"]])
    #expect(try fields("\"a\"") == [["a"]])
  }

  @Test func linesAreCountedThroughQuotes() throws {
    let found = try rows(Array("h\n\"a\nb\n\"\n\nc\n".utf8))
    #expect(found.map(\.line) == [1, 2, 6])
  }

  @Test func aStrayQuoteCostsItsRow() throws {
    let found = try rows(Array("a,b\"c\nd,e\n\"x\"y,z\nf,g\n\"h\"\r,i\nj,k\n".utf8))
    #expect(found.map(\.fault) == [.strayQuote, nil, .strayQuote, nil, .strayQuote, nil])
    #expect(found[1].fields == ["d", "e"] && found[3].fields == ["f", "g"] && found[5].fields == ["j", "k"])
  }

  @Test func anOpenQuoteCostsItsLine() throws {
    let found = try rows(Array("a,b\n\"c,d\ne,f\ng,h\n".utf8))
    #expect(found.map(\.fault) == [nil, .openQuote, nil, nil])
    #expect(found.map(\.line) == [1, 2, 3, 4])
    #expect(found[2].fields == ["e", "f"])
  }

  @Test func anOpenQuoteIsGivenUpBeforeItSwallowsTheFile() throws {
    let long = Array("\"open\n".utf8) + Array(repeating: Array("plain,row\n".utf8), count: 40_000).flatMap { $0 }
    let found = try rows(long)
    #expect(found.count == 40_001)
    #expect(found[0].fault == .openQuote)
    #expect(found.dropFirst().allSatisfy { $0.fields == ["plain", "row"] })
  }

  @Test func aRowThatIsTooLongIsPassedOver() throws {
    let long = Array("a\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 3 * CSVScanner.rowBytesMax)
    let found = try rows(long + Array("\nb\n".utf8), pieces: 10_000)
    #expect(found.map(\.fault) == [nil, .rowTooLong, nil])
    #expect(found.map(\.line) == [1, 2, 3])
    #expect(try rows(long).map(\.fault) == [nil, .rowTooLong])
  }

  @Test func tooManyFields() throws {
    let wide = String(repeating: ",", count: CSVScanner.fieldsMax)
    #expect(try rows(Array("\(wide)\na\n".utf8)).map(\.fault) == [.tooManyFields, nil])
  }

  /// However the bytes come in, the rows are the same; and rows that were written are read.
  @Test(arguments: UInt64(1)...60) func rowsDoNotDependOnThePieces(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let alphabet: [UInt8] = Array("ab,\"\n\r \u{E9}".utf8)
    let noise = (0..<Int.random(in: 0...200, using: &chance)).map { _ in alphabet.randomElement(using: &chance) ?? 0 }
    let whole = try rows(noise)
    for pieces in [1, 2, 3, 7] { #expect(try rows(noise, pieces: pieces) == whole, "seed \(seed)") }

    let table = (0..<10).map { _ in (0..<4).map { _ in word(&chance) } }
    let text = table.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    #expect(try rows(Array(text.utf8), pieces: 5).map(\.fields) == table, "seed \(seed)")
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  private func word(_ chance: inout Chance) -> String {
    let letters = Array("ab\",\n报")
    let count = Int.random(in: 0...6, using: &chance)
    return "x" + String((0..<count).map { _ in letters.randomElement(using: &chance) ?? "x" }) + "x"
  }
}

/// SplitMix64: the same numbers for the same seed everywhere.
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
