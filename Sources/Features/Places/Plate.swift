import Domain
import SQL

/// A plate: a code fixed at a place, or at one unit of it.
public struct Plate: Sendable, Hashable {
  public let number: Int
  public let place: String
  /// A house number, a gate, a shop; empty for the place itself.
  public let unit: String
  public let madeAt: Instant
  public let revokedAt: Instant?
  /// The number of the plate that took over from it.
  public let replacedBy: Int?

  static let columns: Statement = "number, place, unit, made_at, revoked_at, replaced_by"

  init(row: any Row) {
    number = row.int(0)
    place = row.text(1)
    unit = row.text(2)
    madeAt = Instant(milliseconds: row.integer(3))
    revokedAt = row.optionalInteger(4).map(Instant.init(milliseconds:))
    replacedBy = row.optionalInteger(5).map { Int($0) }
  }
}

/// Why a plate was not made, or not accepted.
public enum PlateFault: Error, Sendable, Hashable {
  /// Never made here, or altered.
  case notOurs
  /// No longer valid: taken down, lost or replaced.
  case revoked
  case unknownNumber(Int)
  case unknownPlace(String)
  /// Too long, or with control characters; `row` from 1.
  case unitUnusable(row: Int)
  /// The pack says nothing of plates.
  case noPlates
  case tooMany
  case notAllowed
  /// Too much came by this plate, or from there; nothing was taken in.
  case tooSoon(Span)
  /// The form was shown too long ago, or by nobody.
  case formExpired
}
