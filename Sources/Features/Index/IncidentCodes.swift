/// A list of codes, numbered in the order in which they were met; number 0 is the empty code, for what is not known.
public struct IncidentCodes: Sendable, Hashable {
  public private(set) var list: [String] = [""]
  private var numbers: [String: Int] = ["": 0]

  public init() {}

  /// - Parameter list: begins with the empty code; no code stands twice.
  public init(list: [String]) {
    self.list = list
    numbers = Dictionary(uniqueKeysWithValues: list.enumerated().map { ($1, $0) })
  }

  public var count: Int { list.count }

  public subscript(number: Int) -> String { list[number] }

  /// The number of a code, which is put behind the others if it is new.
  public mutating func number(_ code: String) -> Int {
    if let number = numbers[code] { return number }
    numbers[code] = list.count
    list.append(code)
    return list.count - 1
  }

  /// The number of a code; nil for one that never came.
  public func existing(_ code: String) -> Int? { numbers[code] }
}
