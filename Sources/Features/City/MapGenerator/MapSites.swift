/// Chooses which blocks are places, and what for.
struct MapSites {
  struct Site {
    let community: Int
    let zone: MapPlan.Zone
    let shape: MapShape
    let use: MapUse
    var names: (zh: String, en: String) = ("", "")

    /// As many as its ground has room for: floors by the part of the city, 105 m² to a home with its share of stairs.
    var households: Int? {
      let floors: Double? =
        switch (use, zone) {
        case (.village, _): 0.3
        case (.estate, .old): 1.4
        case (.estate, .planned): 2.2
        case (.estate, .rural): 0.9
        case (.estate, _): 1.6
        default: nil
        }
      return floors.map { max(1, Int((shape.area * $0 / 105).rounded())) }
    }

    /// So many to a home: fewer where the houses are old.
    var residents: Int? {
      let people =
        switch zone {
        case .old: 2.2
        case .planned: 2.7
        case .rural: 2.9
        case .suburb, .industry: 2.5
        }
      return households.map { Int((Double($0) * people).rounded()) }
    }
  }

  static let count = 400
  private(set) var places: [Site] = []
  /// Blocks with houses that are no place.
  private(set) var others: [Site] = []

  private struct Candidate {
    let community: Int
    let zone: MapPlan.Zone
    let shape: MapShape
    /// In the country: near the middle of a town.
    let isTown: Bool
  }

  init(plan: MapPlan, blocks: [MapBlocks.Block], nuclei: [MapCountry.Nucleus], names: inout MapNames,
       _ numbers: inout MapNumbers) {
    let candidates = numbers.shuffled(Self.candidates(blocks, nuclei))
    let chosen = Self.choose(candidates, plan)
    let communities = plan.communities
    var byTown: [String: [Int]] = [:]
    for index in chosen {
      byTown[String(communities[candidates[index].community].code.prefix(9)), default: []].append(index)
    }
    var uses: [Int: MapUse] = [:]
    for (_, members) in byTown.sorted(by: { $0.key < $1.key }) { Self.assign(members, candidates, &uses) }
    for (index, candidate) in candidates.enumerated() {
      let use = uses[index] ?? Self.usual(candidate)
      let site = Site(community: candidate.community, zone: candidate.zone, shape: candidate.shape, use: use)
      if uses[index] == nil { others.append(site) } else { places.append(site) }
    }
    places.sort { ($0.community, $0.shape.centroid.x) < ($1.community, $1.shape.centroid.x) }
    for index in places.indices { places[index].names = names.place(places[index].use) }
  }

  private static func candidates(_ blocks: [MapBlocks.Block], _ nuclei: [MapCountry.Nucleus]) -> [Candidate] {
    blocks.compactMap { block in
      guard block.isBuilt, let shape = block.shape.inset(halfStreet(block.zone)) else { return nil }
      let middle = shape.centroid
      // Wide blocks of the country that only touch a village stay fields.
      let isNear = nuclei.contains { ($0.spot - middle).length < $0.reach + 160 }
      guard block.zone != .rural || isNear else { return nil }
      let isTown = nuclei.contains { $0.isTown && ($0.spot - middle).length < $0.reach + 160 }
      return Candidate(community: block.community, zone: block.zone, shape: shape, isTown: isTown)
    }
  }

  private static func halfStreet(_ zone: MapPlan.Zone) -> Double {
    switch zone {
    case .old: 5
    case .suburb: 10
    case .planned, .industry: 13
    case .rural: 8
    }
  }

  /// So many of each community, then whatever is left until the number is full.
  private static func choose(_ candidates: [Candidate], _ plan: MapPlan) -> [Int] {
    let quotas = plan.communities.map { community in
      community.region.outer <= MapPlan.innerRing ? 6
        : community.region.outer <= MapPlan.outerRing ? 8 : community.region.outer <= 6_400 ? 4 : 2
    }
    let areaMin = candidates.map { $0.zone == .old ? 6_000.0 : 14_000 }
    var taken = [Int](repeating: 0, count: quotas.count)
    var chosen: [Int] = []
    var spare: [Int] = []
    for (index, candidate) in candidates.enumerated() where candidate.shape.area >= areaMin[index] {
      if taken[candidate.community] < quotas[candidate.community] {
        taken[candidate.community] += 1
        chosen.append(index)
      } else {
        spare.append(index)
      }
    }
    return Array((chosen + spare).prefix(count))
  }

  private static func assign(_ members: [Int], _ candidates: [Candidate], _ uses: inout [Int: MapUse]) {
    var wanted = special(candidates[members[0]].zone, members.count)
    for index in members {
      let usual = usual(candidates[index])
      uses[index] = usual == .estate ? wanted.popLast() ?? .estate : usual
    }
  }

  private static func usual(_ candidate: Candidate) -> MapUse {
    candidate.zone == .industry ? .industry : candidate.zone == .rural && !candidate.isTown ? .village : .estate
  }

  /// What every town has beside its estates.
  private static func special(_ zone: MapPlan.Zone, _ count: Int) -> [MapUse] {
    switch zone {
    case .old: [.shoppingStreet, .shoppingStreet, .market, .market, .school, .school, .hospital, .station, .park]
    case .planned:
      [.office, .office, .office, .office, .shoppingStreet, .market, .school, .school, .hospital, .station, .park]
    case .suburb:
      [.office, .shoppingStreet, .market, .market, .school, .school, .school, .hospital, .station, .park, .park]
    case .rural, .industry: [.market, .school, .hospital, .station, .park]
    }
  }
}
