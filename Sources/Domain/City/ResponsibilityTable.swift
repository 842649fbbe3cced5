/// kind × area × hours → the one responsible agency.
///
/// Of the rows that match, the one whose kind is deepest wins, then the one whose area is deepest. Two rows left
/// equal are a fault of the pack, and so is no row: the check proves neither happens.
public struct ResponsibilityTable: Sendable, Hashable {
  public enum Hours: String, Sendable, Hashable, CaseIterable {
    case always
    case office
    case outsideOffice = "outside-office"
  }

  public struct Line: Sendable, Hashable {
    /// `responsibility.yaml:42`: stands in explanations and in the check's faults.
    public let source: String
    /// A node of the tree of kinds; matches itself and all below. `*` matches all.
    public let kind: String
    /// A division; matches itself and all below. `*` matches all.
    public let area: String
    public let hours: Hours
    public let agency: String
    public let supporting: [String]

    public init(source: String, kind: String, area: String, hours: Hours, agency: String, supporting: [String] = []) {
      self.source = source
      self.kind = kind
      self.area = area
      self.hours = hours
      self.agency = agency
      self.supporting = supporting
    }
  }

  public let lines: [Line]
  public init(lines: [Line]) { self.lines = lines }
}
