import Domain
import Features
import Foundation
import Testing

extension WebTest {
  /// Does what a node does in the background.
  func workOffEditions() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("edition-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try await EditionDesk(site).work(node: "test") { [site] in IncidentStore(site, folder: folder) }
  }
}
