import Domain
import Features
import Foundation
import Testing

/// The packs of this repository.
enum Packs {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Cities")
  static let rongxi = folder.appendingPathComponent("rongxi")
  static let montgomery = folder.appendingPathComponent("montgomery")
}

@Suite struct CityPackReaderTests {
  @Test func thePackOfRongxiIsSound() {
    #expect(CityPackReader.check(folder: Packs.rongxi).map { "\($0.file):\($0.line) \($0.what.en)" } == [])
  }
}
