import Crypto
import Foundation

/// Where an import reads from.
public enum ImportInput: Sendable, Hashable {
  case file(URL)
  /// Cannot be read twice: a run that was stopped begins anew, and finds its rows known.
  case standardInput
}

extension ImportInput {
  /// A scanner at the beginning.
  func scanner() throws(ImportFailure) -> CSVScanner {
    let handle = try open()
    return CSVScanner { try Self.read(handle, $0) }
  }

  /// A scanner behind the part that is done; nil if this file does not begin with that part.
  func scanner(behind run: ImportLedger.Run) throws(ImportFailure) -> CSVScanner? {
    guard case .file = self else { return nil }
    let handle = try open()
    var hash = SHA256()
    var left = run.position
    while left > 0 {
      let bytes = try Self.read(handle, min(left, 1 << 20))
      guard !bytes.isEmpty else { return nil }
      hash.update(data: bytes)
      left -= bytes.count
    }
    guard hash.bytes == run.prefix else { return nil }
    return CSVScanner(position: run.position, line: run.line, hash: hash) { try Self.read(handle, $0) }
  }

  /// In bytes; nil where it is not known.
  var size: Int? {
    guard case .file(let url) = self else { return nil }
    return try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize
  }

  private func open() throws(ImportFailure) -> FileHandle {
    switch self {
    case .standardInput: return .standardInput
    case .file(let url):
      do { return try FileHandle(forReadingFrom: url) } catch { throw .inputUnreadable }
    }
  }

  private static func read(_ handle: FileHandle, _ count: Int) throws(ImportFailure) -> [UInt8] {
    do { return try handle.read(upToCount: count).map { [UInt8]($0) } ?? [] } catch { throw .inputUnreadable }
  }
}

extension SHA256 {
  /// Of what was given so far.
  var bytes: [UInt8] { Array(finalize()) }
}
