import Domain
import SQL
import Synchronization

/// What goes wrong in a run.
public struct FaultPlan: Sendable, Hashable {
  /// The share of transactions that fail, at a statement or at the commit.
  public var transactions = 0.04
  /// Only transactions with these numbers fail; narrowed when a failing run is shrunk.
  public var window = 0..<Int.max
  /// The share of requests, and of answers, that are lost on the way; of requests that arrive twice; and of those
  /// that are long under way, so that later ones overtake them.
  public var dropped = 0.05
  public var repeated = 0.05
  public var delayed = 0.08
  public var jumpsClock = true
  /// The share of transactions that others overtake before they commit; on PostgreSQL only.
  public var overtaken = 0.0
  /// Somebody sends any request in any role.
  public var meddles = true

  public init() {}

  /// Statements that a transaction may fail at are drawn from the first so many.
  private static let statementsMax = 14

  /// Where this run's database fails: a function of the seed and the transaction's number alone.
  func database(seed: UInt64, while isOn: FaultSwitch) -> FaultyDatabase.Plan {
    let root = SeededRandom(seed: seed).split("database")
    return { [self] point in
      guard isOn.value, window.contains(point.transaction) else { return false }
      var random = root.split(UInt64(point.transaction))
      guard random.chance(transactions) else { return false }
      let statement = 1 + random.below(Self.statementsMax)
      let chosen: FaultyDatabase.Point = switch random.below(4) {
      case 0: .beforeStatement(transaction: point.transaction, statement: statement)
      case 1: .afterStatement(transaction: point.transaction, statement: statement)
      case 2: .beforeCommit(transaction: point.transaction)
      default: .afterCommit(transaction: point.transaction)
      }
      return chosen == point
    }
  }
}

extension FaultyDatabase.Point {
  var transaction: Int {
    switch self {
    case .beforeStatement(let number, _), .afterStatement(let number, _), .beforeCommit(let number),
      .afterCommit(let number): number
    }
  }
}

/// Turns the faults of a run off at its end, so that everybody gets an answer.
public final class FaultSwitch: Sendable {
  private let isOn = Atomic(true)
  public init() {}
  var value: Bool { isOn.load(ordering: .relaxed) }
  func turnOff() { isOn.store(false, ordering: .relaxed) }
}
