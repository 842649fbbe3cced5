/// The root over a list of leaves, as in RFC 6962 (section 2.1): leaves and nodes are hashed with different prefixes,
/// and a list that is not a power of two long is split at the largest one below. Memory: one hash a level.
struct MerkleTree {
  private var subtrees: [(hash: [UInt8], leaves: Int)] = []

  static func leaf(_ content: [UInt8]) -> [UInt8] { ([0] + content).sha256 }

  mutating func add(leaf: [UInt8]) {
    subtrees.append((leaf, 1))
    while subtrees.count > 1, subtrees[subtrees.count - 2].leaves == subtrees[subtrees.count - 1].leaves {
      let right = subtrees.removeLast()
      let left = subtrees.removeLast()
      subtrees.append((Self.node(left.hash, right.hash), left.leaves + right.leaves))
    }
  }

  var root: [UInt8] {
    guard let last = subtrees.last else { return [UInt8]().sha256 }
    return subtrees.dropLast().reversed().reduce(last.hash) { right, left in Self.node(left.hash, right) }
  }

  private static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { ([1] + left + right).sha256 }
}
