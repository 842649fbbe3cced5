import Domain
import Features
import Testing

@Suite struct TimePatternTests {
  static let shanghai = CityZone(name: "Asia/Shanghai", initialOffsetSeconds: 8 * 3_600)
  /// 2016-03-01T14:05:09Z.
  static let moment = Instant(milliseconds: 1_456_841_109_000)

  private func read(_ text: String, _ pattern: String) throws -> Instant? {
    try #require(TimePattern(pattern)).instant(text, zone: Self.shanghai)
  }

  @Test(arguments: [
    ("2016-03-01 22:05:09", "yyyy-MM-dd HH:mm:ss"), ("01.03.2016 22:05:09", "dd.MM.yyyy HH:mm:ss"),
    ("3/1/2016 10:05:09 PM", "M/d/yyyy h:mm:ss a"), ("3/1/2016 10:05:09 pm", "M/d/yyyy h:mm:ss a"),
    ("20160301220509", "yyyyMMddHHmmss"), ("2016年3月1日22时05分09秒", "yyyy年M月d日HH时mm分ss秒"),
    ("2016-03-01T22:05:09", "yyyy-MM-dd'T'HH:mm:ss"), ("2016-03-01 09:05:09-05:00", "yyyy-MM-dd HH:mm:ssX"),
    ("2016-03-01T14:05:09Z", "iso-8601"), ("2016-03-01T22:05:09+08:00", "iso-8601"),
    ("2016-03-01T22:05:09.000", "iso-8601"), ("2016-03-01T22:05:09", "iso-8601"),
    ("1456841109", "unix"), ("1456841109000", "unix-ms"),
  ])
  func reads(_ text: String, _ pattern: String) throws {
    #expect(try read(text, pattern) == Self.moment)
  }

  @Test(arguments: [
    ("2016-02-30 22:05:09", "yyyy-MM-dd HH:mm:ss"), ("2016-03-01 24:05:09", "yyyy-MM-dd HH:mm:ss"),
    ("2016-03-01 22:60:09", "yyyy-MM-dd HH:mm:ss"), ("2016-03-01 22:05:60", "yyyy-MM-dd HH:mm:ss"),
    ("2016-03-01 22:05:09 ", "yyyy-MM-dd HH:mm:ss"), ("2016-03-01 22:05", "yyyy-MM-dd HH:mm:ss"),
    ("16-03-01 22:05:09", "yyyy-MM-dd HH:mm:ss"), ("3/1/2016 13:05:09 PM", "M/d/yyyy h:mm:ss a"),
    ("", "unix"), ("1e9", "unix"), ("9223372036854775807", "unix"), ("tomorrow", "iso-8601"),
  ])
  func refuses(_ text: String, _ pattern: String) throws {
    #expect(try read(text, pattern) == nil)
  }

  @Test(arguments: ["", "HH:mm", "yyyy-QQ", "yyyy-MMM-dd"]) func isNoPattern(_ pattern: String) {
    #expect(TimePattern(pattern) == nil)
  }

  @Test func twelveIsTheFirstHour() throws {
    #expect(try read("3/1/2016 12:05:09 AM", "M/d/yyyy h:mm:ss a") == Self.moment - .hours(22))
    #expect(try read("3/1/2016 12:05:09 PM", "M/d/yyyy h:mm:ss a") == Self.moment - .hours(10))
  }
}
