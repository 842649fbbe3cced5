import Domain
import Features
import Foundation
import Testing

@Suite struct ImportMappingTests {
  private func faults(_ text: String) throws -> [String] {
    let pack = try CityPackReader.read(archive: SmallCity.archive)
    do throws(PackFaults) {
      _ = try ImportMapping.read(text, name: "m.yaml", pack: pack)
      return []
    } catch { return error.faults.map { "\($0.line): \($0.what.en)" } }
  }

  static let sound = """
    source: s
    door: "12345"
    division: {column: town, otherwise: "990201"}
    time: {column: t, format: iso-8601, zone: +08:00}
    """

  @Test func aSoundMappingHasNoFaults() throws {
    #expect(try faults(Self.sound) == [])
    #expect(try faults(Self.sound + "\ncoordinates: GCJ-02\nlatitude: a\nlongitude: b\ntext: c\nkey: d") == [])
    #expect(try faults(Self.sound + "\nkind: noise.renovation\nplace: P1\nattributes: {zip: z}") == [])
  }

  @Test(arguments: [
    ("colour: red", "5: unknown key `colour`"), ("latitude: a", "1: `latitude` and `longitude` come together"),
    ("coordinates: NAD-27", "5: `NAD-27` is no value of `coordinates`"),
    ("kind: dispute", "5: the pack has no `dispute` that a case can be of"),
    ("kind: {column: k, table: {a: crime.none}}", "5: the pack has no `crime.none` that a case can be of"),
    ("place: {column: p, otherwise: P9}", "5: the pack has no `P9` that a case can be of"),
  ])
  func namesLineAndFault(_ line: String, _ fault: String) throws {
    #expect(try faults(Self.sound + "\n" + line) == [fault])
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(try faults("door: \"110\"") == [
      "1: `source` is missing", "1: `time` is missing", "1: nothing says where it was",
    ])
    #expect(try faults("- a") == ["1: the file is not a mapping of keys to values"])
    let time = "source: s\ndoor: \"110\"\ndivision: \"990201\"\ntime: {column: t, format: noon, zone: Mars}"
    #expect(try faults(time) == ["4: `noon` is no format of times"])
    let zone = "source: s\ndoor: \"110\"\ndivision: \"990201\"\ntime: {column: t, format: unix, zone: Mars}"
    #expect(try faults(zone) == ["4: `Mars` is no zone"])
  }

  @Test func theCountysMappingFitsItsPack() throws {
    let pack = try CityPackReader.read(folder: Packs.montgomery)
    let mapping = try ImportMapping.read(file: Packs.montgomery.appendingPathComponent("mapping.yaml"), pack: pack)
    #expect(mapping.source == "montgomery-911")
  }

  @Test func wordsAreComparedWithoutCaseWidthAndPunctuation() {
    #expect(CodeTable.normalised("Traffic: VEHICLE ACCIDENT -") == "traffic vehicle accident")
    #expect(CodeTable.normalised("  CVA/STROKE ") == "cva stroke")
    #expect(CodeTable.normalised("ABC-1(东)") == "abc 1 东")
    #expect(CodeTable.normalised("--") == "")
  }

  @Test func anAmbiguousNameStandsForNothing() {
    var table = CodeTable()
    table.add(names: [("One", "a"), ("one", "a"), ("Two", "a"), ("two", "b")])
    #expect(table.code("ONE") == "a" && table.code("two") == nil)
    table.add("Two", code: "b")
    #expect(table.code("two") == "b")
  }
}
