import Crypto

/// Reads CSV (RFC 4180) row by row from a stream of bytes of any length, in bounded memory.
///
/// Ends of line are LF or CRLF; empty lines are passed over. Quoted fields may hold ends of line. A faulty row does not
/// end the reading: a stray quote costs its row, a quote that is never closed costs the line that it stands on, a row
/// that is too long is passed over up to its end.
package struct CSVScanner: Sendable {
  /// A row, ends of line within quotes included.
  package static let rowBytesMax = 256 * 1024
  package static let fieldsMax = 1_000
  /// Kept of a row that is too long.
  static let excerptBytes = 1_000
  private static let chunkBytes = 256 * 1024

  private enum State: Sendable { case fieldStart, plain, quoted, quoteInQuotes, returnBehindQuote }

  private let read: @Sendable (Int) throws -> [UInt8]
  private var buffer: [UInt8] = []
  /// Where the current row begins in `buffer`, and how far it was looked at.
  private var start = 0
  private var cursor = 0
  private var isEnded = false

  /// Bytes before the next row, from the start of the file.
  package private(set) var position: Int
  /// The line of the next row, from 1.
  package private(set) var line: Int
  /// SHA-256 over the bytes passed so far.
  private(set) var hash: SHA256

  // The row that is being looked at; places relative to its beginning.
  private var state = State.fieldStart
  private var fields: [CSVRecord.Field] = []
  private var lower = 0
  private var hasEscapes = false
  private var innerLines = 0
  private var fault: CSVFault?
  private var width = 16

  /// - Parameters:
  ///   - position: where `read` goes on; `line` and `hash` belong to it.
  ///   - read: gives at most so many bytes more; none at the end.
  package init(
    position: Int = 0, line: Int = 1, hash: SHA256 = SHA256(), read: @escaping @Sendable (Int) throws -> [UInt8]
  ) {
    self.position = position
    self.line = line
    self.hash = hash
    self.read = read
  }

  /// The next row; nil at the end.
  package mutating func next() throws -> CSVRecord? {
    if position == 0, start == 0, buffer.isEmpty { try skipByteOrderMark() }
    while true {
      if let record = try scan() { return record }
      guard !isEnded else { return try last() }
      if cursor - start > Self.rowBytesMax { return try overlong() }
      try fill()
    }
  }

  /// Looks on from `cursor`; nil when the buffer ends before the row does.
  private mutating func scan() throws -> CSVRecord? {
    while let end = endOfRow() {
      let length = end - start
      let isEmpty = length == 0 || (length == 1 && buffer[start] == UInt8(ascii: "\r"))
      if isEmpty {
        begin(behind: end + 1)
        continue
      }
      return record(upTo: end, next: end + 1)
    }
    return nil
  }

  /// Moves `cursor` to the end of line that ends the row, noting its fields.
  private mutating func endOfRow() -> Int? {
    let buffer = buffer
    var index = cursor
    defer { cursor = index }
    return buffer.withUnsafeBufferPointer { bytes in
      while index < bytes.count {
        let byte = bytes[index]
        switch state {
        case .plain:
          if byte == UInt8(ascii: ",") {
            close(at: index - start)
            state = .fieldStart
          } else if byte == UInt8(ascii: "\n") {
            return index
          } else if byte == UInt8(ascii: "\"") {
            fault = fault ?? .strayQuote
          }
        case .fieldStart:
          lower = index - start
          switch byte {
          case UInt8(ascii: "\""):
            state = .quoted
            lower += 1
          case UInt8(ascii: ","): close(at: index - start)
          case UInt8(ascii: "\n"): return index
          default: state = .plain
          }
        case .quoted:
          if byte == UInt8(ascii: "\"") { state = .quoteInQuotes }
          if byte == UInt8(ascii: "\n") { innerLines += 1 }
        case .quoteInQuotes:
          switch byte {
          case UInt8(ascii: "\""):
            hasEscapes = true
            state = .quoted
          case UInt8(ascii: ","):
            close(at: index - start - 1)
            state = .fieldStart
          case UInt8(ascii: "\n"): return index
          case UInt8(ascii: "\r"): state = .returnBehindQuote
          default:
            fault = fault ?? .strayQuote
            state = .plain
          }
        case .returnBehindQuote:
          if byte == UInt8(ascii: "\n") { return index }
          fault = fault ?? .strayQuote
          state = .plain
        }
        index += 1
      }
      return nil
    }
  }

  private mutating func close(at upper: Int) {
    if fields.count < Self.fieldsMax {
      fields.append(.init(lower: lower, upper: upper, hasEscapes: hasEscapes))
    } else {
      fault = fault ?? .tooManyFields
    }
    hasEscapes = false
  }

  private mutating func record(upTo end: Int, next: Int) -> CSVRecord {
    var length = end - start
    if length > 0, buffer[end - 1] == UInt8(ascii: "\r") { length -= 1 }
    switch state {
    case .fieldStart:
      lower = length
      close(at: length)
    case .quoteInQuotes, .returnBehindQuote: close(at: closingQuote(before: start + length) - start)
    case .plain, .quoted: close(at: length)
    }
    let record = CSVRecord(line: line, bytes: Array(buffer[start..<start + length]), fields: fields, fault: fault)
    width = max(width, fields.count)
    line += innerLines
    begin(behind: next)
    return record
  }

  private func closingQuote(before end: Int) -> Int {
    buffer[..<end].lastIndex(of: UInt8(ascii: "\"")) ?? end
  }

  /// The row at the end of the file, which needs no end of line.
  private mutating func last() throws -> CSVRecord? {
    guard start < buffer.count else { return nil }
    if state == .quoted { return firstLine() }
    let record = record(upTo: buffer.count, next: buffer.count)
    return record.bytes.isEmpty ? nil : record
  }

  /// Gives up on a quote that was not closed: what follows the line is read as if it had not been opened.
  private mutating func firstLine() -> CSVRecord {
    let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) ?? buffer.count
    let excerpt = Array(buffer[start..<min(end, start + Self.excerptBytes)])
    let record = CSVRecord(line: line, bytes: excerpt, fields: [], fault: .openQuote)
    begin(behind: min(end + 1, buffer.count))
    return record
  }

  private mutating func overlong() throws -> CSVRecord {
    if state == .quoted, buffer[start..<cursor].contains(UInt8(ascii: "\n")) { return firstLine() }
    let record = CSVRecord(line: line, bytes: Array(buffer[start..<start + Self.excerptBytes]), fields: [],
                           fault: state == .quoted ? .openQuote : .rowTooLong)
    while true {
      if let end = buffer[cursor...].firstIndex(of: UInt8(ascii: "\n")) {
        begin(behind: end + 1)
        return record
      }
      pass(to: buffer.count)
      try fill()
      if isEnded, start == buffer.count {
        begin(behind: start)
        return record
      }
    }
  }

  /// Ends the current row and begins the next one at `index`.
  private mutating func begin(behind index: Int) {
    if index > start, index <= buffer.count, buffer[index - 1] == UInt8(ascii: "\n") { line += 1 }
    pass(to: index)
    state = .fieldStart
    fields = []
    fields.reserveCapacity(width)
    lower = 0
    hasEscapes = false
    innerLines = 0
    fault = nil
  }

  private mutating func pass(to index: Int) {
    let (buffer, range) = (buffer, start..<index)
    buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[range])) }
    position += index - start
    start = index
    cursor = index
  }

  private mutating func fill() throws {
    if start > 0 {
      buffer.removeFirst(start)
      cursor -= start
      start = 0
    }
    let more = try read(Self.chunkBytes)
    isEnded = more.isEmpty
    buffer += more
  }

  private mutating func skipByteOrderMark() throws {
    while buffer.count < 3, !isEnded { try fill() }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { pass(to: 3) }
  }
}
