import Foundation

/// Makes PDF of pages of SVG, through `rsvg-convert` (librsvg2-bin): text stays text.
public enum PDFPress {
  public enum Fault: Error, Sendable {
    /// The program is not installed, or did not do it.
    case unavailable
    /// Too many wait already.
    case busy
  }

  private static let turns = ThreadTurns(label: "pdf", runningMax: 1, waitingMax: 8)

  /// One file of all pages, in their order.
  /// - Parameter date: what the file says of when it was made, in seconds since 1970; nil for now.
  /// - Throws: ``Fault``.
  public static func pdf(_ pages: [[UInt8]], dated date: Int? = nil) async throws -> [UInt8] {
    do {
      return try await turns.run(.known) {
        let folder = FileManager.default.temporaryDirectory
          .appendingPathComponent("headwater-pdf-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true,
                                                attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try pages.enumerated().map { index, bytes in
          let file = folder.appendingPathComponent("\(index).svg")
          try Data(bytes).write(to: file)
          return file
        }
        let target = folder.appendingPathComponent("pages.pdf")
        try press(files, to: target, dated: date)
        return [UInt8](try Data(contentsOf: target))
      }
    } catch is ThreadTurns.Busy { throw Fault.busy }
  }

  /// One file of PDF from files of SVG.
  /// - Throws: ``Fault/unavailable``.
  public static func press(_ pages: [URL], to file: URL, dated date: Int? = nil) throws {
    let converter = Process()
    converter.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    converter.arguments = ["rsvg-convert", "--format=pdf", "--output", file.path] + pages.map(\.path)
    if let date {
      converter.environment = ProcessInfo.processInfo.environment
        .merging(["SOURCE_DATE_EPOCH": String(date)]) { _, own in own }
    }
    do { try converter.run() } catch { throw Fault.unavailable }
    converter.waitUntilExit()
    guard converter.terminationStatus == 0 else { throw Fault.unavailable }
  }
}
