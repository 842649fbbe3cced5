import Crypto
import Domain
import Foundation

/// Seals plates: HMAC-SHA256 under the installation's key for plates, cut to ``Domain/PlateToken/sealBits``, over the
/// district, the number, the place and the unit. A token is bound to all of them.
public struct PlateSigner: Sendable {
  private let key: SymmetricKey

  public init(key: SymmetricKey) { self.key = key }

  /// With a key of its own: for a program that neither makes nor reads plates.
  public init() { self.init(key: SymmetricKey(size: .bits256)) }

  /// - Parameter unit: empty for the place itself.
  public func token(number: Int, place: String, unit: String, district: String) -> PlateToken {
    let text = ["headwater/plate/1", district, String(number), place, unit].joined(separator: "\0")
    let code = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
    let seal = code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    return PlateToken(number: number, seal: seal)
  }
}
