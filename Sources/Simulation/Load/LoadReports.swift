import Domain
import Features
import Foundation

/// Reports of the made-up city as bodies of HTTP requests, written beforehand so that sending them costs little.
public struct LoadReports: Sendable {
  /// JSON, as `POST /api/v1/reports` takes it.
  public let bodies: [[UInt8]]

  /// - Parameters:
  ///   - count: how many different ones; a load that is longer sends them again, each under a key of its own.
  ///   - plan: its seed, places and habits count.
  public init(_ count: Int, plan: SimulationPlan, pack: CityPack, life: CityLife) throws {
    let population = Population(pack: pack, life: life, plan: plan)
    let writer = ReportWriter(population: population, phrases: Phrasebook(life: life), habits: plan.habits)
    let mood = Population.Mood(isRest: false, isBusyNight: false, factor: 1)
    let hours = (0..<24).compactMap { population.hour($0, mood)?.kinds }
    guard !hours.isEmpty else { throw NothingToSay() }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let root = SeededRandom(seed: plan.seed)
    bodies = try (0..<count).map { number in
      var random = root.split("load \(number)")
      let life = population.lives[hours[number % hours.count].pick(&random)]
      let saying = Saying(kind: life.kind.code, place: population.place(for: life, &random))
      return [UInt8](try encoder.encode(ReportBody(writer.report(saying, life, resident: number, &random))))
    }
  }

  /// The pack has no kind that anybody could report.
  public struct NothingToSay: Error {}
}

/// A report as the API takes it.
struct ReportBody: Encodable {
  let door: String
  let kind: String?
  let text: String
  let name: String?
  let contact: String?
  let point: Coordinate?
  let place: String?
  let division: String?

  init(_ report: IncomingReport) {
    door = report.door
    kind = report.kind
    text = report.text
    name = report.reporterName
    contact = report.reporterContact
    point = report.coordinate
    place = report.place
    division = report.division
  }
}
