import Domain

/// Reads rows and makes them ready, one batch ahead of the writer.
actor ImportRowFeed {
  private var scanner: CSVScanner
  private let reader: ImportRowReader
  private let history: RecordHistory
  private let rowsMax: Int

  /// A batch ends early when its rows are large.
  private static let bytesMax = 2 << 20

  init(scanner: CSVScanner, reader: ImportRowReader, history: RecordHistory, rowsMax: Int) {
    self.scanner = scanner
    self.reader = reader
    self.history = history
    self.rowsMax = rowsMax
  }

  struct Batch: Sendable {
    var records: [(fingerprint: [UInt8], record: FoundedCase)] = []
    var rejects: [ImportReject] = []
    var rows = 0
    /// Where the file stands behind it.
    var position = 0
    var line = 0
    var prefix: [UInt8] = []
  }

  /// Nil at the end of the file.
  func next() throws -> Batch? {
    var batch = Batch()
    let end = scanner.position + Self.bytesMax
    while batch.rows < rowsMax, scanner.position < end, let row = try scanner.next() {
      batch.rows += 1
      do {
        let record = try history.prepare(try reader.report(row))
        batch.records.append((reader.identity(row, vault: history.site.vault), record))
      } catch {
        guard let fault = ImportFault(error) else { throw error }
        batch.rejects.append(ImportReject(row, fault))
      }
    }
    batch.position = scanner.position
    batch.line = scanner.line
    batch.prefix = scanner.hash.bytes
    return batch.rows == 0 ? nil : batch
  }
}
