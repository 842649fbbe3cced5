import Domain
import SQL

/// Slows down whoever floods the desks by plates, and locks nobody out.
///
/// - An ordinary report fills the buckets of the sender at this plate, of the plate, and of the sender's network. The
///   last is wide: thousands of phones share one address of their network.
/// - A report of danger fills only a bucket of its own for the sender at this plate, so that no flood of others, and no
///   ordinary report of one's own, stands in its way. The button that calls needs none of this.
struct PlateThrottle {
  enum Bucket: Sendable, Hashable {
    case sender(plate: Int, network: String)
    case plate(Int)
    case network(String)
    case danger(plate: Int, network: String)
    /// Steps that a reporter takes by a receipt.
    case receipt(String)

    fileprivate var leaky: LeakyBuckets.Bucket {
      switch self {
      case .sender(let plate, let network): .init(name: "sender\0\(plate)\0\(network)", leak: .minutes(5), free: 5)
      case .plate(let plate): .init(name: "plate\0\(plate)", leak: .minutes(1), free: 30)
      case .network(let network): .init(name: "network\0\(network)", leak: .seconds(20), free: 60)
      case .danger(let plate, let network): .init(name: "danger\0\(plate)\0\(network)", leak: .minutes(1), free: 10)
      case .receipt(let report): .init(name: "receipt\0\(report)", leak: .minutes(5), free: 10)
      }
    }
  }

  static let table: StaticString = "plate_attempts"

  let site: Installation
  let connection: any Connection

  /// - Throws: ``PlateFault/tooSoon(_:)``.
  func charge(_ buckets: [Bucket]) throws {
    let leaky = LeakyBuckets(table: Self.table, district: site.district, connection: connection)
    if let wait = try leaky.charge(buckets.map(\.leaky), at: site.now()) { throw PlateFault.tooSoon(wait) }
  }
}
