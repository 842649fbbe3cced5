import Crypto
import Features
import Foundation
import Testing

@Suite struct KeyFilesTests {
  func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
  }

  @Test func aKeyIsMadeOnceForItsOwnerAlone() async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("vault.key")
      let first = try KeyFiles.master(at: file)
      #expect(try KeyFiles.master(at: file) == first)
      #expect(first.bitCount == 256)
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["vault.key"])
      let other = try KeyFiles.master(at: folder.appendingPathComponent("other.key"))
      #expect(other != first)
    }
  }

  @Test func theCheckpointKeySignsTheSameAfterwards() async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("checkpoint.key")
      let first = try KeyFiles.checkpoint(at: file)
      let again = try KeyFiles.checkpoint(at: file)
      #expect(again.rawRepresentation == first.rawRepresentation)
    }
  }

  @Test func ofManyThatStartTogetherAllHaveTheSameKey() async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("vault.key")
      let keys = try await withThrowingTaskGroup(of: SymmetricKey.self) { group in
        for _ in 0..<16 { group.addTask { try KeyFiles.master(at: file) } }
        return try await group.reduce(into: [SymmetricKey]()) { $0.append($1) }
      }
      #expect(keys.count == 16)
      #expect(keys.allSatisfy { $0 == keys[0] })
    }
  }

  @Test func whatIsNoKeyIsRefusedAndKept() async throws {
    try await withFolder { folder in
      let file = folder.appendingPathComponent("vault.key")
      for text in ["", "no key", Data(count: 16).base64EncodedString()] {
        try Data(text.utf8).write(to: file)
        #expect(throws: KeyFiles.Failure.malformed(file: file.path)) { try KeyFiles.master(at: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
      }
      let missing = folder.appendingPathComponent("missing/vault.key")
      #expect(throws: KeyFiles.Failure.unwritable(file: missing.path)) { try KeyFiles.master(at: missing) }
    }
  }
}
