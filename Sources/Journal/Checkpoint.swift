import Crypto
import SQL

/// A signed statement of what the journal of a district held up to a position. Each includes the root of the one
/// before, so that they form a chain of their own. Whoever keeps a copy of the last one elsewhere can tell that
/// nothing before it was altered or dropped, not even a whole stream.
public struct Checkpoint: Sendable, Equatable {
  /// From 1, without a gap.
  public let number: Int
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let at: Int64
  public let position: Position
  public let streams: Int
  public let events: Int
  /// The root of the checkpoint before; empty for the first.
  public let previous: [UInt8]
  /// The Merkle root over the heads (stream, version, hash) of all streams, sorted by name.
  public let root: [UInt8]
  /// Ed25519 over everything above and the district.
  public let signature: [UInt8]

  /// - Throws: what the signature algorithm throws.
  init(
    sealing heads: StreamHeads, district: String, after last: Checkpoint?, at: Int64,
    by key: Curve25519.Signing.PrivateKey
  ) throws {
    let unsigned = Checkpoint(
      number: (last?.number ?? 0) + 1, at: at, position: heads.position, streams: heads.streams,
      events: heads.events, previous: last?.root ?? [], root: heads.root, signature: [])
    let signature = try key.signature(for: unsigned.signedBytes(district))
    self.init(
      number: unsigned.number, at: at, position: unsigned.position, streams: unsigned.streams,
      events: unsigned.events, previous: unsigned.previous, root: unsigned.root, signature: [UInt8](signature))
  }

  init(
    number: Int, at: Int64, position: Position, streams: Int, events: Int, previous: [UInt8], root: [UInt8],
    signature: [UInt8]
  ) {
    self.number = number
    self.at = at
    self.position = position
    self.streams = streams
    self.events = events
    self.previous = previous
    self.root = root
    self.signature = signature
  }

  /// Whether one of `keys` has signed this for `district`.
  public func isSigned(by keys: [Curve25519.Signing.PublicKey], district: String) -> Bool {
    let bytes = signedBytes(district)
    return keys.contains { $0.isValidSignature(signature, for: bytes) }
  }

  private func signedBytes(_ district: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendPart("headwater checkpoint 1")
    bytes.appendPart(district)
    for number in [Int64(number), at, position.transaction, position.sequence, Int64(streams), Int64(events)] {
      bytes.appendNumber(number)
    }
    bytes.appendPart(previous)
    bytes.appendPart(root)
    return bytes
  }
}

extension Journal {
  /// All checkpoints, the first one first.
  public func checkpoints(on connection: any Connection) throws -> [Checkpoint] {
    let query: Statement = """
      SELECT number, at, xact, sequence, streams, events, previous, root, signature FROM journal_checkpoints
      WHERE district = \(district) ORDER BY number
      """
    return try connection.all(query) { row in
      Checkpoint(
        number: row.int(0), at: row.integer(1),
        position: Position(transaction: row.integer(2), sequence: row.integer(3)),
        streams: row.int(4), events: row.int(5), previous: row.blob(6), root: row.blob(7), signature: row.blob(8))
    }
  }

  func insert(_ checkpoint: Checkpoint, on connection: any Connection) throws {
    try connection.run(
      """
      INSERT INTO journal_checkpoints
        (district, number, at, xact, sequence, streams, events, previous, root, signature)
      VALUES (\(district), \(checkpoint.number), \(checkpoint.at), \(checkpoint.position.transaction),
        \(checkpoint.position.sequence), \(checkpoint.streams), \(checkpoint.events), \(checkpoint.previous),
        \(checkpoint.root), \(checkpoint.signature))
      """)
  }
}
