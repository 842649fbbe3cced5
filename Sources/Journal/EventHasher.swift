import Crypto

/// Reckons the links of a stream's chain:
///
///     hash = SHA-256(previous ‖ district ‖ stream ‖ version ‖ kind ‖ at ‖ actor ‖ body)
///
/// Every part stands behind its length (8 bytes, little-endian), numbers are 8 bytes, little-endian, and the previous
/// hash of a first event is empty: two different events never give the same bytes.
struct EventHasher {
  private let district: String
  private var bytes: [UInt8] = []

  init(district: String) { self.district = district }

  mutating func hash(
    after previous: [UInt8]?, stream: String, version: Int, kind: String, at: Int64, actor: String, body: String
  ) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    bytes.appendPart(previous ?? [])
    bytes.appendPart(district)
    bytes.appendPart(stream)
    bytes.appendNumber(Int64(version))
    bytes.appendPart(kind)
    bytes.appendNumber(at)
    bytes.appendPart(actor)
    bytes.appendPart(body)
    return bytes.sha256
  }

  /// Whether the event's content, standing at `version` behind `previous`, gives `hash`.
  mutating func confirms(
    _ event: RecordedEvent, at version: Int, after previous: [UInt8]?, hash expected: [UInt8]
  ) -> Bool {
    hash(
      after: previous, stream: event.stream, version: version, kind: event.kind, at: event.at, actor: event.actor,
      body: event.body) == expected
  }
}

extension [UInt8] {
  mutating func appendNumber(_ number: Int64) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  mutating func appendPart(_ part: [UInt8]) {
    appendNumber(Int64(part.count))
    append(contentsOf: part)
  }

  mutating func appendPart(_ part: String) {
    appendNumber(Int64(part.utf8.count))
    append(contentsOf: part.utf8)
  }

  var sha256: [UInt8] { SHA256.hash(data: self).withUnsafeBytes { [UInt8]($0) } }
}
