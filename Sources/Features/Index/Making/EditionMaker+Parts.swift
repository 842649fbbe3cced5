import Domain

extension EditionMaker {
  /// The tree of kinds, each node with what lies below.
  var parts: [Edition.Part] {
    let tree = KindTree(pack)
    let (now, before) = (tree.kept(now.kinds, below: limit), tree.kept(before.kinds, below: limit))
    let shown = pack.kinds.indices.filter { tree.depth[$0] < 3 }
    let changes = EditionChange.list(shown.map { (now[$0], before[$0]) }, days: days)
    return zip(shown, changes).map { index, change in
      let kind = pack.kinds[index]
      let group = definition.groups.first { kind.isWithin($0.kinds) }
      return Edition.Part(code: kind.code, names: kind.names, depth: tree.depth[index], group: group?.code,
                          change: change)
    }
  }

  /// The groups of the definition. One whose sum would give a hidden node away is hidden too.
  var groups: [Edition.Part] {
    let tree = KindTree(pack)
    let (now, before) = (tree.kept(now.kinds, below: limit), tree.kept(before.kinds, below: limit))
    func sum(_ group: EditionDefinition.Group, _ kept: [Int?]) -> Int? {
      group.kinds.reduce(0) { sum, code in
        guard let sum, let node = pack.kinds.firstIndex(where: { $0.code == code }) else { return sum }
        return kept[node].map { sum + $0 }
      }
    }
    let changes = EditionChange.list(definition.groups.map { (sum($0, now), sum($0, before)) }, days: days)
    return zip(definition.groups, changes).map { .init(code: $0.code, names: $0.names, depth: 0, change: $1) }
  }
}

/// The pack's kinds as a tree, to hide small counts in.
struct KindTree {
  /// Of the root, −1, and of each kind.
  let children: [Int: [Int]]
  let depth: [Int]
  private let count: Int

  init(_ pack: CityPack) {
    let numbers = Dictionary(pack.kinds.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    children = Dictionary(grouping: pack.kinds.indices) { index in
      pack.kinds[index].parent.flatMap { numbers[$0] } ?? -1
    }
    depth = pack.kinds.map { $0.code.split(separator: ".").count - 1 }
    count = pack.kinds.count
  }

  /// The sum of each node, nil where hidden: the children of a node are a table whose total is known, and below a
  /// hidden node all is hidden that is not 0.
  /// - Parameter kinds: the reports of each kind itself and, last, those without a known one.
  func kept(_ kinds: [Int], below limit: Int) -> [Int?] {
    let sums = sums(kinds)
    var kept = [Int?](repeating: nil, count: count)
    func visit(_ node: Int, isShown: Bool) {
      let nodes = children[node] ?? []
      // What was judged to be the branch itself, and nothing below it, is one more part.
      let own = node < 0 ? kinds[count] : kinds[node]
      let shown = isShown ? Suppression.shown(nodes.map { sums[$0] } + [own], below: limit)
        : nodes.map { sums[$0] == 0 }
      for (child, isShown) in zip(nodes, shown) {
        kept[child] = isShown ? sums[child] : nil
        visit(child, isShown: isShown)
      }
    }
    visit(-1, isShown: true)
    return kept
  }

  private func sums(_ kinds: [Int]) -> [Int] {
    var sums = Array(kinds.prefix(count))
    func sum(_ node: Int) -> Int {
      let total = (children[node] ?? []).reduce(node < 0 ? 0 : kinds[node]) { $0 + sum($1) }
      if node >= 0 { sums[node] = total }
      return total
    }
    _ = sum(-1)
    return sums
  }
}
