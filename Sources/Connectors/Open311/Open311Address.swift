import Domain

/// An address in words. The longest name of the pack that stands in it says where it is; if there is none, the case is
/// the whole district's until somebody at the desk looks at it.
struct Open311Address: Sendable {
  private let words: String

  init(_ words: String) { self.words = words.lowercased() }

  func place(in pack: CityPack) -> Place? {
    named(pack.places, \.names)
  }

  func division(in pack: CityPack) -> String? {
    named(pack.divisions, \.names)?.code ?? pack.divisions.first { $0.parent == nil }?.code
  }

  private func named<Item>(_ items: [Item], _ names: (Item) -> Texts) -> Item? {
    let found = items.compactMap { item -> (item: Item, length: Int)? in
      let length = [names(item).zh, names(item).en].filter { $0.count > 1 && words.contains($0.lowercased()) }
        .map(\.count).max()
      return length.map { (item, $0) }
    }
    return found.max { $0.length < $1.length }?.item
  }
}
