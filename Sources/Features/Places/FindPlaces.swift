import Domain
import Language

/// Places by what somebody says of them on the telephone: name, pinyin, address, the number of a plate.
public struct FindPlaces: Sendable {
  public struct Found: Sendable, Hashable {
    public let place: Place
    /// The plate whose number was given.
    public let plate: Plate?
  }

  private let site: Installation
  private let finder: NameFinder

  /// Reads every name of the pack: made once, where the pack is fixed.
  public init(_ site: Installation) {
    self.site = site
    let pack = site.pack
    let names = pack.places.map { place in
      let divisions = pack.divisionPath(place.division).reversed().compactMap { pack.division($0) }
      let area = divisions.filter { $0.level != .district }.map(\.names.zh).joined()
      return NameFinder.Name(text: place.names.zh, latin: place.names.en, area: area)
    }
    finder = NameFinder(names, readings: HanReadings.of)
  }

  /// The best first; a plate's place before all.
  public func callAsFunction(_ text: String, limit: Int = 8) async throws -> [Found] {
    let named = names(text, limit: limit).map { Found(place: $0, plate: nil) }
    guard let plate = try await plate(text), let place = site.pack.place(plate.place) else { return named }
    return [Found(place: place, plate: plate)] + named.filter { $0.place.code != place.code }
  }

  /// By name alone.
  public func names(_ text: String, limit: Int) -> [Place] {
    finder.find(String(text.prefix(Self.textMax)), limit: limit).map { site.pack.places[$0.name] }
  }

  private static let textMax = 60

  /// A number, with or without `No.` before it.
  private func plate(_ text: String) async throws -> Plate? {
    let digits = text.drop { !$0.isNumber }
    let sign = text.prefix(text.count - digits.count).lowercased().filter { !$0.isWhitespace }
    guard ["", "no", "no.", "#", "№"].contains(sign), let number = Int(digits), number > 0 else { return nil }
    return try await Plates(site).list(above: number - 1, limit: 1).first { $0.number == number }
  }
}
