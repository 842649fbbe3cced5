import Crypto
import Domain

/// Turns the rows of one file into reports, by the mapping.
struct ImportRowReader: Sendable {
  private let mapping: ImportMapping
  private let header: [String: Int]
  private let columnCount: Int
  private let keyColumns: [Int]
  private let pack: CityPack

  /// - Throws: ``ImportFailure/columnsMissing(_:)``, ``ImportFailure/columnTwice(_:)``.
  init(mapping: ImportMapping, header names: [String], pack: CityPack) throws(ImportFailure) {
    var header: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard header.updateValue(index, forKey: name) == nil || !mapping.columns.contains(name) else {
        throw .columnTwice(name)
      }
    }
    let missing = Set(mapping.columns).subtracting(header.keys)
    guard missing.isEmpty else { throw .columnsMissing(missing.sorted()) }
    self.mapping = mapping
    self.header = header
    self.pack = pack
    columnCount = names.count
    keyColumns = mapping.key.compactMap { header[$0] }
  }

  /// What the row reports.
  func report(_ row: CSVRecord) throws(ImportFault) -> IncomingReport {
    if let fault = row.fault { throw .csv(fault) }
    guard row.fields.count == columnCount else {
      throw .columnCount(expected: columnCount, found: row.fields.count)
    }
    guard row.isUTF8 else { throw .notUTF8 }
    guard let door = try code(mapping.door, row) else { throw .valueMissing(column: mapping.door.column ?? "") }
    return IncomingReport(
      door: door, kind: try kind(row), text: text(row), reporterName: value(mapping.reporterName, row),
      reporterContact: value(mapping.reporterContact, row), address: value(mapping.address, row),
      coordinate: try coordinate(row), place: try mapping.place.flatMap { words throws(ImportFault) in
        try code(words, row)
      }, division: try mapping.division.flatMap { words throws(ImportFault) in try code(words, row) },
      saidAt: try instant(row), attributes: attributes(row))
  }

  /// What the row is known by: the same in every run. Only equal rows of the same source have the same.
  func identity(_ row: CSVRecord, vault: Vault) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(row.bytes.count + 64)
    func append(_ part: UnsafeBufferPointer<UInt8>) {
      withUnsafeBytes(of: UInt32(part.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: part)
    }
    var source = mapping.source
    source.withUTF8 { append($0) }
    for index in keyColumns.isEmpty ? Array(row.fields.indices) : keyColumns { row.withField(index, append) }
    return vault.fingerprint(bytes)
  }

  private func value(_ column: String?, _ row: CSVRecord) -> String? {
    guard let index = column.flatMap({ header[$0] }) else { return nil }
    let text = row.text(index)
    return text.isEmpty ? nil : text
  }

  private func text(_ row: CSVRecord) -> String {
    mapping.text.compactMap { value($0, row) }.joined(separator: "; ")
  }

  private func attributes(_ row: CSVRecord) -> [String: String] {
    mapping.attributes.reduce(into: [:]) { $0[$1.name] = value($1.column, row) }
  }

  private func kind(_ row: CSVRecord) throws(ImportFault) -> String? {
    guard let words = mapping.kind else { return nil }
    guard let code = try code(words, row) else { throw .valueMissing(column: words.column ?? "") }
    return code
  }

  /// Nil for an empty value.
  private func code(_ words: ImportMapping.Words, _ row: CSVRecord) throws(ImportFault) -> String? {
    switch words {
    case .always(let code): return code
    case .column(let name, let table):
      guard let text = value(name, row) else { return table.otherwise }
      guard let code = table.code(text) else { throw .wordUnknown(column: name) }
      return code
    }
  }

  private func coordinate(_ row: CSVRecord) throws(ImportFault) -> Coordinate? {
    guard let latitude = try degrees(mapping.latitude, row), let longitude = try degrees(mapping.longitude, row)
    else { return nil }
    return mapping.coordinates.wgs84(Coordinate(latitude: latitude, longitude: longitude))
  }

  private func degrees(_ column: String?, _ row: CSVRecord) throws(ImportFault) -> Double? {
    guard let column, let text = value(column, row) else { return nil }
    guard let number = Double(text), number.isFinite else { throw .coordinateUnreadable(column: column) }
    return number
  }

  private func instant(_ row: CSVRecord) throws(ImportFault) -> Instant {
    let time = mapping.time
    guard let text = value(time.column, row) else { throw .valueMissing(column: time.column) }
    guard let instant = time.pattern.instant(text, zone: time.zone) else { throw .timeUnreadable(column: time.column) }
    return instant
  }
}
