import Domain

extension EditionMaker {
  /// The groups of the definition that have kinds which may cost money, each with these kinds.
  func losses(_ now: [LossCount], _ before: [LossCount]) -> [EditionLosses] {
    definition.groups.compactMap { group in
      let kinds = pack.kinds.indices.filter { kind in
        let node = pack.kinds[kind]
        return node.hasLosses && pack.isLeaf(kind: node.code) && node.isWithin(group.kinds)
      }
      guard !kinds.isEmpty else { return nil }
      let current = results(kinds, now, self.now)
      let earlier = results(kinds, before, self.before)
      return EditionLosses(
        code: group.code, names: group.names,
        total: .init(code: "*", names: group.names, now: current.total, before: earlier.total),
        kinds: kinds.indices.map { index in
          let kind = pack.kinds[kinds[index]]
          return .init(code: kind.code, names: kind.names, now: current.rows[index], before: earlier.rows[index])
        })
    }
  }

  private func results(_ kinds: [Int], _ losses: [LossCount], _ counts: EditionCounts)
    -> (total: EditionLosses.Result, rows: [EditionLosses.Result])
  {
    let tree = KindTree(pack)
    let reports = tree.kept(counts.kinds, below: limit)
    var rows = kinds.map { LossTable.Row(cases: counts.kindFirsts[$0]) }
    for loss in losses {
      guard let row = kinds.firstIndex(where: { pack.kinds[$0].code == loss.kind }) else { continue }
      if loss.yuan == 0 {
        rows[row].failed += loss.cases
      } else {
        rows[row].amounts[loss.yuan, default: 0] += loss.cases
      }
    }
    // An outcome may have come in while the reports were read.
    for row in rows.indices { rows[row].cases = max(rows[row].cases, rows[row].known) }
    let hidden = kinds.filter { reports[$0] == nil }
    let table = LossTable(rows: rows, isHiddenElsewhere: kinds.map { reports[$0] == nil }, limit: limit)
    return table.results(isTotalTold: hidden.allSatisfy { tree.hides($0, among: kinds, reports, counts.kinds) })
  }
}

extension KindTree {
  /// Whether a kind is hidden among some only: then their sum says nothing of others that are hidden with it.
  fileprivate func hides(_ kind: Int, among kinds: [Int], _ kept: [Int?], _ counts: [Int]) -> Bool {
    guard let parent = children.first(where: { $0.value.contains(kind) })?.key, parent >= 0 else { return false }
    return kept[parent] != nil && counts[parent] == 0 && children[parent, default: []].allSatisfy(kinds.contains)
  }
}
