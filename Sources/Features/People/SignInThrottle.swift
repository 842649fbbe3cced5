import Domain
import SQL

/// Slows guessing down without ever locking anybody out: wrong passwords fill ``LeakyBuckets``.
///
/// - A stranger's attempt fills two buckets: that of the account from this address, and that of the address whoever it
///   asks for. Guesses from elsewhere touch neither of the owner's, so however many there are, the owner signs in at
///   once from where nobody guesses.
/// - A device that has signed in to this account before has a bucket of its own, and only that one counts: even guesses
///   from the owner's own address (an office behind one line) do not slow the owner down.
/// - An attempt is charged before the password is looked at, so that many at once count as many; success gives back.
/// - A name that nobody has is treated as any other, so that nothing is learnt from the waiting.
struct SignInThrottle {
  /// What attempts are counted by.
  enum Bucket: Sendable, Hashable {
    case pair(name: String, network: String)
    case network(String)
    case device(account: String, hash: [UInt8])
    /// Somebody who is signed in and gives the password again.
    case session(account: String)

    /// An office of many people may share an address.
    fileprivate var leaky: LeakyBuckets.Bucket {
      switch self {
      case .pair(let name, let network): .init(name: "pair\0\(name)\0\(network)", leak: .minutes(10), free: 5)
      case .network(let network): .init(name: "network\0\(network)", leak: .minutes(1), free: 30)
      case .device(let account, let hash): .init(name: "device\0\(account)\0\(hash)", leak: .minutes(5), free: 10)
      case .session(let account): .init(name: "session\0\(account)", leak: .minutes(5), free: 10)
      }
    }
  }

  private let buckets: LeakyBuckets

  init(district: String, connection: any Connection) {
    buckets = LeakyBuckets(table: Self.table, district: district, connection: connection)
  }

  private static let table: StaticString = "sign_in_attempts"
  static let migrations = [LeakyBuckets.migration("people/3 attempts", of: table)]

  /// How long an attempt would have to wait now; nil if not at all.
  func wait(_ buckets: [Bucket], at now: Instant) throws -> Span? {
    try self.buckets.wait(buckets.map(\.leaky), at: now)
  }

  /// Charges an attempt as if it were wrong; to be given back by ``settle(_:at:)``.
  /// - Returns: how long it has to wait instead; then nothing was charged.
  func charge(_ buckets: [Bucket], at now: Instant) throws -> Span? {
    try self.buckets.charge(buckets.map(\.leaky), at: now)
  }

  /// The password was right: the account's bucket is emptied, and the address gets back what this attempt cost it.
  func settle(_ buckets: [Bucket], at now: Instant) throws {
    for bucket in buckets {
      if case .network = bucket {
        try self.buckets.giveBack(bucket.leaky, at: now)
      } else {
        try self.buckets.empty(bucket.leaky)
      }
    }
  }
}
