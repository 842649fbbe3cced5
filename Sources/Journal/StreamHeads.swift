/// The last event of every stream as of a position: what a checkpoint signs.
struct StreamHeads: Sendable {
  let position: Position
  private(set) var streams = 0
  private(set) var events = 0
  /// The leaves of the tree, 32 bytes each, in the order of the streams.
  private var leaves: [UInt8] = []

  init(as position: Position) { self.position = position }

  /// Takes on the next stream in the order of names.
  /// - Parameter events: all of the stream, in the order of versions, which is that of positions too.
  mutating func add(_ events: [RecordedEvent]) {
    guard let index = events.lastIndex(where: { $0.position <= position }) else { return }
    let head = events[index]
    streams += 1
    self.events += index + 1
    var content: [UInt8] = []
    content.appendPart(head.stream)
    content.appendNumber(Int64(head.version))
    content.appendPart(head.hash)
    leaves += MerkleTree.leaf(content)
  }

  /// Takes on the streams of `next`, which all come behind these.
  mutating func add(_ next: StreamHeads) {
    streams += next.streams
    events += next.events
    leaves += next.leaves
  }

  var root: [UInt8] {
    var tree = MerkleTree()
    for start in stride(from: 0, to: leaves.count, by: 32) { tree.add(leaf: [UInt8](leaves[start..<start + 32])) }
    return tree.root
  }
}
