import Domain
import Features
import Foundation
import Testing

/// Photos as they come from outside. What the fresh ones show is looked at by `bin/lib/browser`.
@Suite struct PhotoPressTests {
  /// 48 × 32 pixels, with Exif (held sideways: orientation 6; a camera, a time, a place), and more behind its end.
  static let photo = [UInt8](Data(base64Encoded: photoText, options: .ignoreUnknownCharacters) ?? Data())

  private static func head(_ bytes: [UInt8]) -> JPEGHead? { bytes.withUnsafeBufferPointer { JPEGHead($0) } }

  /// The same file with another size in its head.
  private static func claiming(_ width: Int, _ height: Int, progressive: Bool = false) throws -> [UInt8] {
    var bytes = photo
    let mark = try #require(bytes.indices.dropLast(9).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    if progressive { bytes[mark + 1] = 0xC2 }
    bytes.replaceSubrange(mark + 5..<mark + 9, with: [
      UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255),
    ])
    return bytes
  }

  @Test func onlyThePictureIsLeft() async throws {
    #expect(String(decoding: Self.photo, as: UTF8.self).contains("GEHEIMKAMERA"))
    let before = try #require(Self.head(Self.photo))
    #expect(before.width == 48 && before.height == 32 && before.orientation == 6 && !before.isProgressive)
    let fresh = try await PhotoPress().press([Self.photo])[0]
    let after = try #require(Self.head(fresh))
    #expect(after.width == 32 && after.height == 48 && after.orientation == 1)
    let text = String(decoding: fresh, as: UTF8.self)
    #expect(!text.contains("GEHEIM") && !text.contains("Exif") && !text.contains("2026"))
  }

  /// Refused by what the head says, before anything is decoded.
  @Test func bombsAreRefusedUnopened() async throws {
    let press = PhotoPress()
    let large = try Self.claiming(10_000, 8_000)
    let progressive = try Self.claiming(5_000, 5_000, progressive: true)
    let huge = try Self.claiming(65_500, 65_500)
    let endless = Self.photo + [UInt8](repeating: 0, count: PhotoPress.bytesMax)
    for bomb in [large, progressive, huge, endless] {
      await #expect(throws: PhotoFault.tooLarge) { try await press.press([bomb]) }
    }
    await #expect(throws: PhotoFault.tooMany) {
      try await press.press(Array(repeating: Self.photo, count: PhotoPress.photosMax + 1))
    }
  }

  @Test func whatIsNoPhotoIsRefused() async throws {
    let press = PhotoPress()
    let wrong = [[], [0xFF], [0xFF, 0xD8, 0xFF], Array("\u{89}PNG\r\n".utf8), Array("<svg onload=alert(1)>".utf8),
                 Array(Self.photo.prefix(200)), try Self.claiming(0, 10)]
    for bytes in wrong { await #expect(throws: PhotoFault.notJPEG) { try await press.press([bytes]) } }
  }

  /// Whatever is broken, it is refused or made anew: nothing else happens.
  @Test func damagedFilesDoNoHarm() async throws {
    let press = PhotoPress()
    var random = SystemRandomNumberGenerator()
    var (kept, refused) = (0, 0)
    for round in 0..<1_500 {
      var bytes = Self.photo
      for _ in 0...round % 6 { bytes[Int.random(in: 2..<bytes.count, using: &random)] = UInt8.random(in: 0...255) }
      if round % 3 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      do {
        let fresh = try await press.press([bytes])[0]
        let head = try #require(Self.head(fresh))
        #expect(max(head.width, head.height) <= 8_192)
        kept += 1
      } catch is PhotoFault { refused += 1 }
    }
    #expect(kept > 0 && refused > 0)
  }

  /// With a report: in the vault, shown after a journalled look, gone when it is erased.
  @Test(arguments: Engine.allCases)
  func aPhotoLiesInTheVault(engine: Engine) async throws {
    try await withSite(engine) { test in
      let phone = try await PlateReportTests.Phone(test)
      let filled = ReceivePlateReport.Filled(kind: "noise.renovation", text: "", photos: [Self.photo])
      let status = try await FollowReceipt(test.site)(try await phone.send(filled))
      let (report, id) = (status.report.id, status.detail.state.id)
      func look() async throws -> LookIntoVault.Words {
        try await LookIntoVault(test.site)(
          reference: report, case: id, purpose: "handle", by: LookIntoVaultTests.caller(.operator))
      }
      guard case .report(let words) = try await look() else { throw Rejection.unknownCase }
      let photos = try #require(words.photos)
      #expect(photos.count == 1 && Data(base64Encoded: photos[0])?.starts(with: [0xFF, 0xD8]) == true)
      #expect(try await test.kinds(of: "vault-" + report) == ["looked"])
      try await EraseEntry(test.site)(
        reference: report, case: id, reason: .request, by: LookIntoVaultTests.caller(.administrator))
      await #expect(throws: Vault.Failure.erased) { try await look() }
      let wrong = ReceivePlateReport.Filled(kind: "noise.renovation", text: "", photos: [[1, 2, 3]])
      await #expect(throws: PhotoFault.notJPEG) { try await phone.send(wrong) }
      #expect(try await test.count(of: "case_reports") == 1)
    }
  }

  private static let photoText = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/4QCeRXhpZgAATU0AKgAAAAgABAEPAAIAAAANAAAAPgESAAMAAAABAAYAAAEyAAIAAAAUAAAATIglAAQAAA
    ABAAAAYAAAAABHRUhFSU1LQU1FUkEAADIwMjY6MDE6MDIgMDM6MDQ6MDUAAAIAAQACAAAAAk4AAAAAAgAFAAAAAwAAAH4AAAAAAAAAHQAAAAEA
    AAAZAAAAAQAAAAEAAAAB//4ADEdFSEVJTVdPUlT/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQER
    MUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU
    FBT/wAARCAAgADADASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBR
    IhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqD
    hIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQ
    EBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYk
    NOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tb
    a3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD5/ooor8kP9CwooooAKKKKAPHKKKK/1mP8yQoo
    ooAKKKKAP//ZR0VIRUlNQU5IQU5H
    """
}
