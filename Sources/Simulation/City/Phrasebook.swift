import Domain

/// What people of the made-up city say and write.
struct Phrasebook: Sendable {
  let life: CityLife

  func report(_ kind: Population.Life, place: String, isVague: Bool, isDangerous: Bool, _ random: inout SeededRandom)
    -> String
  {
    let body = isVague ? random.pick(life.vague) : random.pick(kind.says)
    let danger = isDangerous ? random.pick(life.dangers) : ""
    let text = random.pick(life.openings) + body + danger + random.pick(life.closings)
    return text.filled(["place": place, "cue": random.pick(kind.cues), "n": String(1 + random.below(30))])
  }

  func street(near place: String) -> String { life.streetForm.filled(["place": place]) }

  /// Words for a step; nil where the city has none.
  func words(_ step: String, _ random: inout SeededRandom) -> String? {
    life.words[step].flatMap { $0.isEmpty ? nil : random.pick($0) }
  }

  /// Names and numbers that nobody could take for real.
  func name(of resident: Int, _ random: inout SeededRandom) -> String {
    life.nameForm.filled(["family": random.pick(life.familyNames), "n": String(resident)])
  }

  func phone(of resident: Int) -> String {
    let digits = String(resident % 10_000)
    return life.phoneForm.filled(["n": String(repeating: "0", count: 4 - digits.count) + digits])
  }
}

extension String {
  /// Replaces each `{name}` by its value.
  fileprivate func filled(_ values: [String: String]) -> String {
    guard contains("{") else { return self }
    var result = ""
    var rest = self[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let name = String(rest[rest.index(after: open)..<close])
      result += values[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
