/// What happened, before it is written down.
public struct NewEvent: Sendable, Equatable {
  public let kind: String
  /// JSON text; stored exactly as it is hashed. No personal data: the journal is never erased.
  public let body: String

  public init(kind: String, body: String) {
    self.kind = kind
    self.body = body
  }
}

/// One event as the journal holds it.
public struct RecordedEvent: Sendable, Equatable {
  public let stream: String
  /// From 1, without a gap within the stream.
  public let version: Int
  public let position: Position
  public let kind: String
  /// The time of the command, in milliseconds since 1970-01-01T00:00:00Z.
  public let at: Int64
  public let actor: String
  public let body: String
  /// The link of the stream's chain, 32 bytes; see ``EventHasher``.
  public let hash: [UInt8]
}
