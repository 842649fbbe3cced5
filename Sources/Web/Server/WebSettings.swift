import Features

/// Where the server listens, and its limits.
public struct WebSettings: Sendable {
  public var host: String
  /// 0: any free port.
  public var port: Int
  /// People reach it through TLS (a proxy in front ends it): cookies are `Secure`, browsers are told to stay on HTTPS.
  public var isBehindTLS: Bool
  /// A proxy of ours adds the caller's address to `X-Forwarded-For`: its last entry is believed.
  public var trustsForwardedFor: Bool
  /// The largest body of a request, in bytes; more is answered with 413 unread.
  public var bodyBytesMax: Int
  public var connectionsMax: Int
  /// A connection on which nothing is asked is closed after this.
  public var idleSeconds: Int
  /// How long a stop waits for answers under way before it cuts them off.
  public var stopSecondsMax: Int
  /// A folder of other people's browser libraries (``LibraryAssets``); nil: none.
  public var assetsFolder: String?
  /// Roads and water of the city, drawn below the cases on the board's map.
  public var mapDecoration: MapDecoration
  public var feed: FeedSettings

  public init(host: String = "127.0.0.1", port: Int = 8080, isBehindTLS: Bool = false,
              trustsForwardedFor: Bool = false, bodyBytesMax: Int = 65_536, connectionsMax: Int = 8_192,
              idleSeconds: Int = 60, stopSecondsMax: Int = 5, assetsFolder: String? = nil,
              mapDecoration: MapDecoration = .none, feed: FeedSettings = FeedSettings()) {
    self.host = host
    self.port = port
    self.isBehindTLS = isBehindTLS
    self.trustsForwardedFor = trustsForwardedFor
    self.bodyBytesMax = bodyBytesMax
    self.connectionsMax = connectionsMax
    self.idleSeconds = idleSeconds
    self.stopSecondsMax = stopSecondsMax
    self.assetsFolder = assetsFolder
    self.mapDecoration = mapDecoration
    self.feed = feed
  }
}

/// How the live feed runs.
public struct FeedSettings: Sendable {
  /// Events that arrive within this are sent together: a little delay for far fewer writes.
  public var gatherMilliseconds: Int
  /// The journal is looked at this often even if nobody wakes us.
  public var pollMilliseconds: Int
  /// A comment keeps silent connections alive, and finds those that left.
  public var heartbeatMilliseconds: Int
  /// Batches that may wait for one follower; a slower one is cut and comes back with `Last-Event-ID`.
  public var queueMax: Int
  /// A stream ends after this, so that whoever lost the right to it is gone soon; clients come back by themselves.
  public var streamSecondsMax: Int
  public var followersMax: Int

  public init(gatherMilliseconds: Int = 25, pollMilliseconds: Int = 1_000, heartbeatMilliseconds: Int = 15_000,
              queueMax: Int = 256, streamSecondsMax: Int = 900, followersMax: Int = 5_000) {
    self.gatherMilliseconds = gatherMilliseconds
    self.pollMilliseconds = pollMilliseconds
    self.heartbeatMilliseconds = heartbeatMilliseconds
    self.queueMax = queueMax
    self.streamSecondsMax = streamSecondsMax
    self.followersMax = followersMax
  }
}
