import Domain

/// One thing of several, to be chosen in a form.
struct Choice: Sendable {
  struct Option: Sendable {
    let value: String
    let text: String
    var isChosen = false
  }

  struct Group: Sendable {
    /// Nil: the options stand by themselves.
    let heading: String?
    let options: [Option]
  }

  let name: String
  let label: String
  /// The text of choosing nothing; nil where something must be chosen.
  let none: String?
  let groups: [Group]

  init(_ name: String, _ label: String, none: String?, _ options: [Option], _ chosen: String?) {
    self.init(name, label, none: none, groups: [Group(heading: nil, options: options)], chosen)
  }

  init(_ name: String, _ label: String, none: String?, groups: [Group], _ chosen: String?) {
    self.name = name
    self.label = label
    self.none = none
    self.groups = groups.map { group in
      Group(heading: group.heading, options: group.options.map {
        Option(value: $0.value, text: $0.text, isChosen: $0.value == chosen)
      })
    }
  }
}

/// What the pack offers to choose from.
enum Choices {
  /// Towns, and the communities below each, indented.
  static func divisions(_ presenter: Presenter) -> [Choice.Option] {
    presenter.pack.divisions.filter { $0.level != .district }.sorted { $0.code < $1.code }.map {
      let indent = $0.level == .town ? "" : "\u{2003}"
      return Choice.Option(value: $0.code, text: indent + $0.names(presenter.language))
    }
  }

  /// The tree of kinds in its order, each below its parent.
  static func kinds(_ presenter: Presenter, leavesOnly: Bool) -> [Choice.Option] {
    presenter.pack.kinds.filter { !leavesOnly || presenter.pack.isLeaf(kind: $0.code) }.map {
      let depth = leavesOnly ? 0 : $0.code.split(separator: ".").count - 1
      let indent = String(repeating: "\u{2003}", count: depth)
      return Choice.Option(value: $0.code, text: indent + $0.names(presenter.language))
    }
  }

  /// The leaves of the tree, grouped by the top of their branch.
  static func kindGroups(_ presenter: Presenter) -> [Choice.Group] {
    let leaves = kinds(presenter, leavesOnly: true)
    var tops: [String] = []
    for leaf in leaves {
      let top = String(leaf.value.prefix { $0 != "." })
      if !tops.contains(top) { tops.append(top) }
    }
    return tops.map { top in
      Choice.Group(heading: presenter.kind(top), options: leaves.filter { Kind.isCode($0.value, within: top) })
    }
  }

  static func placeGroups(_ presenter: Presenter) -> [Choice.Group] {
    let pack = presenter.pack
    let byTown = Dictionary(grouping: pack.places) { pack.town(of: $0.division) }
    return byTown.sorted { $0.key < $1.key }.map { town, places in
      Choice.Group(heading: presenter.division(town), options: places.map {
        .init(value: $0.code, text: $0.names(presenter.language))
      })
    }
  }

  static func agencies(_ presenter: Presenter) -> [Choice.Option] {
    presenter.pack.agencies.map { .init(value: $0.code, text: $0.names(presenter.language)) }
  }

  static func doors(_ presenter: Presenter) -> [Choice.Option] {
    doorCodes.map { .init(value: $0, text: presenter.door($0)) }
  }

  static let doorCodes = ["110", "12345", "plate", "app", "grid", "device", "partner", "open311", "import"]
}
