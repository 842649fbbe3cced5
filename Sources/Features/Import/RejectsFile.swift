import Domain
import Foundation

/// The rows that were passed over, as CSV: the line on which each begins, why (Chinese, English), and the row itself.
///
/// It holds residents' data, as the input does: only its owner may read it.
final class RejectsFile {
  private let handle: FileHandle
  private(set) var length: Int

  /// - Parameter length: keeps so many bytes of what is there and writes behind them; 0 begins anew.
  /// - Throws: ``ImportFailure/rejectsUnwritable``, also if the file is shorter.
  init(_ url: URL, keeping length: Int) throws(ImportFailure) {
    do {
      if length == 0 {
        let isMade = FileManager.default.createFile(
          atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600])
        guard isMade else { throw ImportFailure.rejectsUnwritable }
      }
      handle = try FileHandle(forUpdating: url)
      guard try handle.seekToEnd() >= UInt64(length) else { throw ImportFailure.rejectsUnwritable }
      try handle.truncate(atOffset: UInt64(length))
      self.length = length
      if length == 0 { try write(Data("line,reason_zh,reason_en,row\n".utf8)) }
    } catch { throw .rejectsUnwritable }
  }

  /// Durable when it returns: the position that is stored next must not point beyond what is here.
  func append(_ rejects: [ImportReject]) throws(ImportFailure) {
    guard !rejects.isEmpty else { return }
    let text = rejects.map { reject in
      let reason = reject.fault.reason
      let cells = [reason.zh, reason.en, reject.row].map(CSVField.quoted)
      return "\(reject.line),\(cells.joined(separator: ","))\n"
    }.joined()
    do { try write(Data(text.utf8)) } catch { throw .rejectsUnwritable }
  }

  func close() { try? handle.close() }

  private func write(_ data: Data) throws {
    try handle.write(contentsOf: data)
    try handle.synchronize()
    length += data.count
  }
}

/// A row that was passed over.
struct ImportReject: Sendable {
  let line: Int
  let fault: ImportFault
  /// As it stands; characters that are none are replaced, and only the beginning of a row that is too long.
  let row: String

  init(_ row: CSVRecord, _ fault: ImportFault) {
    line = row.line
    self.fault = fault
    self.row = String(decoding: row.bytes, as: UTF8.self)
  }
}
