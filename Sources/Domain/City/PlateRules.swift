/// What the plates of a city say, and what they offer to whoever scans one.
public struct PlateRules: Sendable, Hashable {
  /// What somebody who scans a plate may want. Raw values are keys of the pack.
  public enum Wish: String, Sendable, Hashable, CaseIterable {
    /// Something happened or disturbs.
    case report
    /// Somebody is lost, hurt or afraid.
    case help
    /// A thing does not work.
    case broken
  }

  /// A number to be called in danger.
  public struct Call: Sendable, Hashable {
    /// Figures only.
    public let number: String
    public let names: Texts
    public init(number: String, names: Texts) {
      self.number = number
      self.names = names
    }
  }

  /// The kinds that the plates of one use of place offer.
  public struct Offer: Sendable, Hashable {
    /// The use of a place, or `*` for every other.
    public let use: String
    /// Codes of kinds, in the order in which they are shown.
    public let kinds: [Wish: [String]]
    public init(use: String, kinds: [Wish: [String]]) {
      self.use = use
      self.kinds = kinds
    }
  }

  /// Stands on the plate beside the code.
  public let caption: Texts
  /// The first is the big button.
  public let calls: [Call]
  public let offers: [Offer]

  public init(caption: Texts, calls: [Call], offers: [Offer]) {
    self.caption = caption
    self.calls = calls
    self.offers = offers
  }

  /// The kinds offered at a place of that use; none where the pack offers none.
  public func kinds(_ wish: Wish, use: String) -> [String] {
    let offer = offers.first { $0.use == use } ?? offers.first { $0.use == "*" }
    return offer?.kinds[wish] ?? []
  }
}
