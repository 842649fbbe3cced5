import ArgumentParser
import Domain
import Features
import Foundation
import SQL

struct PlatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plates",
    abstract: "QR plates at places: made, listed, revoked, replaced, printed.",
    discussion: """
      A plate's code is sealed with plate.key of the installation's folder, and bound to its place and unit. Keep the \
      key: without it every plate has to be replaced.
      """,
    subcommands: [Make.self, List.self, Revoke.self, Replace.self, Print.self])

  /// Runs `body` on the installation; what is wrong with a plate is wrong use.
  static func run(_ options: InstallationOptions, city: String? = nil, _ body: (Installation) async throws -> Void)
    async throws
  {
    let composition = try await Composition.open(try await options.settings(), city: city, usesVault: false)
    do { try await body(composition.site) } catch let fault as PlateFault { throw ValidationError(fault.text) }
    await composition.site.database.close()
  }

  struct Make: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes plates for places and units that have none yet, all or none.")

    @OptionGroup var options: InstallationOptions
    @Option(help: "A place's code; may be given several times.") var place: [String] = []
    @Option(help: "A house number, gate or shop of the place.") var unit: String?
    @Option(help: "CSV with the columns place and unit, the first row naming them.") var file: String?
    @Flag(help: "Every place of the pack.") var everyPlace = false
    @Option(help: "The pack's folder, where the installation is new.") var city: String?

    func validate() throws {
      guard [!place.isEmpty, file != nil, everyPlace].count(where: \.self) == 1 else {
        throw ValidationError("Name places in one way: --place, --file or --every-place.")
      }
      guard unit == nil || place.count == 1 else { throw ValidationError("--unit belongs to one --place.") }
    }

    func run() async throws {
      try await PlatesCommand.run(options, city: city) { site in
        let wanted = try wanted(site.pack)
        let made = try await Plates(site).make(wanted, by: TokenCommand.owner(site))
        let numbers = made.isEmpty ? "" : ", numbers \(made.lowerBound) to \(made.upperBound - 1)"
        print("\(made.count) made\(numbers); \(wanted.count - made.count) stood already")
      }
    }

    private func wanted(_ pack: CityPack) throws -> [Plates.Wanted] {
      if everyPlace { return pack.places.map { Plates.Wanted(place: $0.code) } }
      if let file { return try rows(of: file) }
      return place.map { Plates.Wanted(place: $0, unit: unit ?? "") }
    }

    private func rows(of file: String) throws -> [Plates.Wanted] {
      guard let handle = FileHandle(forReadingAtPath: file) else {
        throw ValidationError("\(file): no such file, or it cannot be read.")
      }
      var scanner = CSVScanner { try handle.read(upToCount: $0).map { [UInt8]($0) } ?? [] }
      guard let head = try scanner.next(), head.fault == nil, head.fields.count == 2, head.text(0) == "place",
        head.text(1) == "unit"
      else { throw ValidationError("\(file):1: the first row must be 'place,unit'. 首行须为 place,unit。") }
      var rows: [Plates.Wanted] = []
      while let row = try scanner.next() {
        guard row.fault == nil, row.fields.count == 2 else {
          throw ValidationError("\(file):\(row.line): not two fields of CSV. 此行不是两列。")
        }
        rows.append(Plates.Wanted(place: row.text(0), unit: row.text(1)))
      }
      return rows
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists plates as CSV; never their codes.")

    @OptionGroup var options: InstallationOptions
    @Option(help: "Only this place.") var place: String?
    @Flag(help: "Also those that were revoked.") var withRevoked = false

    func run() async throws {
      try await PlatesCommand.run(options) { site in
        print("number,place,unit,made_at,revoked_at,replaced_by")
        var last = 0
        while true {
          let plates = try await Plates(site).list(above: last, place: place, withRevoked: withRevoked, limit: 1_000)
          guard let end = plates.last else { break }
          for plate in plates { print(plate.csv) }
          last = end.number
        }
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Ends plates at once: their codes lead nowhere any more.")

    @OptionGroup var options: InstallationOptions
    @Argument(help: "Their numbers, as they stand on them.") var numbers: [Int]

    func run() async throws {
      try await PlatesCommand.run(options) { site in
        for number in numbers { try await Plates(site).revoke(number, by: TokenCommand.owner(site)) }
      }
    }
  }

  struct Replace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ends a plate and makes another for the same place and unit; prints the new number.")

    @OptionGroup var options: InstallationOptions
    @Argument(help: "Its number, as it stands on it.") var number: Int

    func run() async throws {
      try await PlatesCommand.run(options) { site in
        print(try await Plates(site).replace(number, by: TokenCommand.owner(site)))
      }
    }
  }
}

extension Plate {
  fileprivate var csv: String {
    let cells = [
      String(number), place, unit, madeAt.iso, revokedAt?.iso ?? "", replacedBy.map { String($0) } ?? "",
    ]
    return cells.map { cell in
      let isPlain = !cell.contains { ",\"\n\r".contains($0) }
      return isPlain ? cell : "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }.joined(separator: ",")
  }
}

extension Instant {
  fileprivate var iso: String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1_000).ISO8601Format()
  }
}

extension PlateFault {
  /// In both languages.
  var text: String {
    switch self {
    case .notOurs: "The code is not one of ours. 不是本系统的编码。"
    case .revoked: "The plate was revoked. 该门牌已作废。"
    case .unknownNumber(let number): "There is no plate \(number). 没有编号为 \(number) 的门牌。"
    case .unknownPlace(let code): "There is no place '\(code)' in the pack. 配置包中没有地点“\(code)”。"
    case .unitUnusable(let row):
      "Row \(row): a unit has at most \(Plates.unitCharactersMax) characters and no control characters. "
        + "第 \(row) 条:单元过长或含控制字符。"
    case .noPlates: "The pack has no 'plates' in pack.yaml. 配置包的 pack.yaml 没有 plates。"
    case .tooMany: "At most \(Plates.batchMax) at a time. 一次最多 \(Plates.batchMax) 块。"
    case .notAllowed, .tooSoon, .formExpired: "Not allowed. 不允许。"
    }
  }
}
