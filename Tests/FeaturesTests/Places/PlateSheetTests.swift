import Domain
import Features
import Foundation
import FoundationXML
import Testing

/// Printed plates. That others read the codes is `bin/lib/check-plates`.
@Suite struct PlateSheetTests {
  private static let plates = "https://plates.example.cn"

  @Test func theAddressStandsInCapitalsAndHasABound() throws {
    let token = PlateToken(number: 1, seal: 1)
    let code = try PlateCode(address: Self.plates)
    #expect(code.text(token) == "HTTPS://PLATES.EXAMPLE.CN/P/" + token.text)
    #expect(try PlateCode(address: "http://127.0.0.1:8080").text(token).hasPrefix("HTTP://127.0.0.1:8080/P/"))
    for wrong in ["", "plates.example.cn", "https://", "https://a/b", "https://a?b", "https://门牌.cn", "ftp://a"] {
      #expect(throws: PlateCode.Unusable.notAnAddress, "\(wrong)") { try PlateCode(address: wrong) }
    }
    // 64 characters are what version 5 holds: 37 of them for the host.
    _ = try PlateCode(address: "https://" + String(repeating: "a", count: 37))
    #expect(throws: PlateCode.Unusable.tooLong(by: 1)) {
      try PlateCode(address: "https://" + String(repeating: "a", count: 38))
    }
  }

  @Test(arguments: zip(PlateSheet.Size.allCases, [2, 6, 35]))
  func aSheetIsWellFormedAndHoldsAllOfThem(size: PlateSheet.Size, count: Int) async throws {
    try await withSite { test in
      let sheet = try PlateSheet(size: size, code: try PlateCode(address: Self.plates), pack: test.site.pack)
      #expect(sheet.platesMax == count)
      let names = ["", "1号", "<b>&\"'", String(repeating: "号", count: 38)]
      let made = try await PlatesTests.make(test, (0..<count).map { .init(place: "P1", unit: names[$0 % 4] + "\($0)") })
      let svg = sheet.svg(made.map { ($0, Plates(test.site).token(of: $0)) })
      let reader = XMLElements()
      let parser = XMLParser(data: Data(svg))
      parser.delegate = reader
      #expect(parser.parse())
      #expect(reader.counts["path"] == count && reader.counts["text"] == count * 4 && reader.counts["b"] == nil)
      for plate in made { #expect(reader.texts.contains("No. \(plate.number)")) }
      #expect(svg.count < 400 + count * 7_000)
    }
  }
}

/// Counts what stands in a file of XML.
private final class XMLElements: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var texts: Set<String> = []
  private var text = ""

  func parser(_ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
              attributes: [String: String]) {
    counts[name, default: 0] += 1
    text = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    texts.insert(text)
  }
}
