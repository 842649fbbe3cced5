import Domain
import Features

/// What a resident is going to say.
struct Saying: Sendable {
  let kind: String
  let place: Place?
  /// It is outside, near the place.
  var street: Coordinate?
  /// The file of the same thing that somebody else reported before.
  var sameAs: Int?
  var door: String?
}

/// Puts into a report what a resident of the made-up city has to say.
struct ReportWriter: Sendable {
  let population: Population
  let phrases: Phrasebook
  let habits: Habits

  /// - Parameter resident: a number; names and numbers are made of it.
  func report(_ saying: Saying, _ life: Population.Life, resident: Int, _ random: inout SeededRandom)
    -> IncomingReport
  {
    let isVague = random.chance(habits.vagueReport)
    let isDangerous = random.chance(habits.dangerousWords)
    let door = saying.door ?? life.doors.pick(&random)
    // A plate hangs at a place.
    let street = door == "plate" ? nil : saying.street
    let place = saying.place.map { street == nil ? $0.names.zh : phrases.street(near: $0.names.zh) } ?? ""
    var report = IncomingReport(
      door: door,
      text: phrases.report(life, place: place, isVague: isVague, isDangerous: isDangerous, &random))
    report.place = street == nil ? saying.place?.code : nil
    report.coordinate = street ?? saying.place.flatMap { random.chance(0.6) ? point(near: $0.centre, &random) : nil }
    if saying.place == nil { report.division = population.division(&random).code }
    // Who presses a button on a phone names the kind; who telephones tells a story.
    if door == "app" || door == "plate" || door == "grid" {
      report.kind = random.chance(0.12) ? population.mistaken(for: saying.kind, &random) : saying.kind
    }
    if door != "device" {
      report.reporterName = phrases.name(of: resident, &random)
      report.reporterContact = phrases.phone(of: resident)
    }
    return report
  }

  private func point(near centre: Coordinate, _ random: inout SeededRandom) -> Coordinate {
    // Some sixty metres around.
    Coordinate(latitude: centre.latitude + 0.0003 * random.bell(), longitude: centre.longitude + 0.0003 * random.bell())
  }
}
