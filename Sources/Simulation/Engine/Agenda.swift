import Domain

/// What is going to happen, in the order of virtual time; of two things at one instant, the one entered first.
struct Agenda<Item> {
  private struct Entry {
    let at: Instant
    let order: Int
    let item: Item
    func precedes(_ other: Entry) -> Bool { (at, order) < (other.at, other.order) }
  }

  /// A binary heap.
  private var entries: [Entry] = []
  private var entered = 0

  var isEmpty: Bool { entries.isEmpty }
  var nextAt: Instant? { entries.first?.at }

  mutating func add(_ item: Item, at: Instant) {
    entered += 1
    entries.append(Entry(at: at, order: entered, item: item))
    var child = entries.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard entries[child].precedes(entries[parent]) else { return }
      entries.swapAt(child, parent)
      child = parent
    }
  }

  mutating func next() -> (at: Instant, item: Item)? {
    guard let first = entries.first, let last = entries.popLast() else { return nil }
    if !entries.isEmpty {
      entries[0] = last
      sink()
    }
    return (first.at, first.item)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < entries.count && entries[child].precedes(entries[least]) { least = child }
      guard least != parent else { return }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}
