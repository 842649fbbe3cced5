import Domain
import Features
import Foundation
import Testing

extension WebTest {
  /// January 2026 beside as many days before.
  func edition() async throws -> Edition {
    let first = try #require(CivilDate("2026-01-01"))
    let query = try #require(EditionQuery(from: first, to: first.adding(days: 30), comparison: .periodBefore))
    return try await withColumns { try await MakeEdition(site, incidents: $0)(query) }
  }

  /// Does what a node does in the background.
  func workOffEditions() async throws {
    _ = try await withColumns { columns in try await EditionDesk(site).work(node: "test") { columns } }
  }

  private func withColumns<T>(_ body: (IncidentStore) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("edition-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(IncidentStore(site, folder: folder))
  }
}
