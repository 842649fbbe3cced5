import Domain

/// Draws what is reported: kinds by the hour, places by the kind, doors and words by both.
struct Population: Sendable {
  /// A kind with everything that is told of it.
  struct Life: Sendable {
    let kind: Kind
    let weight: Double
    let rhythm: CityLife.Rhythm
    let doors: Weighted<String>
    let street: Double
    let visit: Double
    let outcomes: Weighted<Outcome>
    let losses: CityLife.Losses?
    let says: [String]
    let cues: [String]
    /// Nil where the pack has no places.
    let places: Weighted<Int>?
  }

  /// What kind of day it is: the same for the whole city.
  struct Mood: Sendable {
    var isRest: Bool
    var isBusyNight: Bool
    /// Over all.
    var factor: Double
  }

  let pack: CityPack
  let lives: [Life]
  let places: [Place]
  private let divisions: [Division]
  /// The sum of all kinds over an ordinary day.
  private let dayWeight: Double
  private let byCode: [String: Int]

  init(pack: CityPack, life: CityLife, plan: SimulationPlan) {
    self.pack = pack
    let random = SeededRandom(seed: plan.seed)
    let places = Self.places(of: pack, max: plan.placesMax, random.split("places"))
    self.places = places
    divisions = pack.leafDivisions
    // Some places are known to everybody at the desk.
    let fame = places.map { place in
      var own = random.split("place " + place.code)
      let bell = own.bell()
      return max(0.1, 1 + 0.4 * bell + 0.15 * bell * bell * (bell > 0 ? bell : 0))
    }
    let told = Dictionary(life.kinds.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    lives = pack.leafKinds.compactMap { Self.life($0, told, life.rhythms, places, fame) }
    dayWeight = lives.reduce(0) { $0 + $1.weight }
    byCode = Dictionary(lives.enumerated().map { ($1.kind.code, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func life(of kind: String) -> Life? { byCode[kind].map { lives[$0] } }

  /// What share of a day's reports an hour has, and of which kinds.
  func hour(_ hour: Int, _ mood: Mood) -> (share: Double, kinds: Weighted<Int>)? {
    let isNight = hour >= 20 || hour < 3
    let weights = lives.enumerated().map { index, life in
      let hours = life.rhythm.hours
      var weight = life.weight * hours[hour] / hours.reduce(0, +)
      if mood.isRest { weight *= life.rhythm.weekend }
      if mood.isBusyNight, isNight { weight *= life.rhythm.busyNight }
      return (index, weight)
    }
    guard let kinds = Weighted(weights) else { return nil }
    return (kinds.total / dayWeight * mood.factor, kinds)
  }

  func place(for life: Life, _ random: inout SeededRandom) -> Place? { life.places.map { places[$0.pick(&random)] } }

  /// A point some hundred metres from a place, in the city and on the ground of no place; nil where there is none.
  func street(near place: Place, _ random: inout SeededRandom) -> Coordinate? {
    for _ in 0..<8 {
      let point = Coordinate(latitude: place.centre.latitude + 0.003 * random.bell(),
                             longitude: place.centre.longitude + 0.003 * random.bell())
      if pack.division(containing: point) != nil, pack.place(containing: point) == nil { return point }
    }
    return nil
  }

  func division(_ random: inout SeededRandom) -> Division { random.pick(divisions) }

  /// Another kind that one might take it for: a sister where there is one.
  func mistaken(for kind: String, _ random: inout SeededRandom) -> String {
    let parent = pack.kind(kind)?.parent
    let sisters = lives.filter { $0.kind.code != kind && $0.kind.parent == parent }
    return sisters.isEmpty ? kind : random.pick(sisters).kind.code
  }

  // MARK: - Reading the city's life

  private static func places(of pack: CityPack, max: Int?, _ random: SeededRandom) -> [Place] {
    guard let max, max < pack.places.count else { return pack.places }
    var random = random
    return Array(pack.places.shuffled(using: &random).prefix(max))
  }

  private static func life(
    _ kind: Kind, _ told: [String: CityLife.KindLife], _ rhythms: [String: CityLife.Rhythm], _ places: [Place],
    _ fame: [Double]
  ) -> Life? {
    let path = path(kind.code).compactMap { told[$0] }
    func first<Value>(_ key: KeyPath<CityLife.KindLife, Value?>) -> Value? {
      path.lazy.compactMap { $0[keyPath: key] }.first
    }
    let doors = (first(\.doors) ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let outcomes = (first(\.outcomes) ?? [:]).sorted { $0.key < $1.key }
      .compactMap { pair in Outcome(rawValue: pair.key).map { ($0, pair.value) } }
    let uses = first(\.uses) ?? [:]
    guard let rhythm = first(\.rhythm).flatMap({ rhythms[$0] }), rhythm.hours.count == 24,
      let doors = Weighted(doors), let outcomes = Weighted(outcomes), let says = first(\.says), !says.isEmpty
    else { return nil }
    let places = Weighted(places.indices.map { ($0, fame[$0] * (uses[places[$0].use] ?? 1)) })
    // Cues in the language of the sentences: nobody says half of it in another.
    let isLatin = says.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    let cues = kind.cues.filter { $0.utf8.allSatisfy { $0 < 0x80 } == isLatin }
    return Life(kind: kind, weight: first(\.weight) ?? 1, rhythm: rhythm, doors: doors, street: first(\.street) ?? 0,
                visit: first(\.visit) ?? 0, outcomes: outcomes,
                losses: first(\.losses), says: says,
                cues: cues.isEmpty ? [kind.names.en] : cues, places: places)
  }

  private static func path(_ code: String) -> [String] {
    var path = [code]
    while let parent = path[path.count - 1].lastIndex(of: ".") { path.append(String(path[path.count - 1][..<parent])) }
    return path + ["*"]
  }
}
