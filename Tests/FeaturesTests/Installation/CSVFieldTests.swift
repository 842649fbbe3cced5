import Features
import Testing

@Suite struct CSVFieldTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("|cmd", "'|cmd"), ("\t=1", "'\t=1"),
    ("=1+1", "'=1+1"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=\"a\"", "\"'=\"\"a\"\"\""),
    ("a\nb", "\"a\nb\""), ("noise", "noise"), ("", ""),
  ])
  func noCellIsAFormula(value: String, cell: String) {
    #expect(CSVField.safe(value) == cell)
  }
}
