/// How often each feature stands in a text; keys ascending, so that blocks lie together.
struct CountedText: Sendable {
  private(set) var keys: [UInt64] = []
  private(set) var counts: [UInt16] = []

  init(_ all: [UInt64]) {
    for key in all.sorted() {
      if keys.last == key {
        counts[counts.count - 1] += counts[counts.count - 1] < .max ? 1 : 0
      } else {
        keys.append(key)
        counts.append(1)
      }
    }
  }
}
