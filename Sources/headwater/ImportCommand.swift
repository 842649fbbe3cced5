import ArgumentParser
import Domain
import Features
import Foundation
import SQL

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Takes over the rows of a CSV file as records of the past: judged by kind, ended, without clocks.",
    discussion: """
      A run that was stopped is taken up where it was; the same file again adds nothing. Rows that cannot be taken in \
      go to --rejects with line and reason, and change nothing. What a mapping file says: docs/import.md.
      """)

  @OptionGroup var options: InstallationOptions
  @Option(help: "The city's pack, such as Cities/montgomery.") var city: String
  @Option(help: "How the columns become reports (YAML).") var mapping: String
  @Option(help: "Where rows go that cannot be taken in (CSV). It holds residents' data.") var rejects: String?
  @Argument(help: "The CSV file; - for standard input.") var input: String

  func run() async throws {
    let source = try inputSource()
    let shelf = try Composition.shelf(of: city)
    let mapping = try readMapping(shelf.current)
    let composition = try await Composition.open(try await options.settings(), city: city)
    let bar = ProgressBar()
    let counts: ImportCounts
    do {
      counts = try await ImportFile(composition.site, mapping: mapping)(
        source, rejects: rejects.map { URL(fileURLWithPath: $0) }, progress: bar.show)
    } catch let failure as ImportFailure {
      bar.finish()
      throw ValidationError(failure.text)
    }
    bar.finish()
    await composition.site.database.close()
    print("\(counts.rows) rows: \(counts.added) added, \(counts.known) known, \(counts.rejected) rejected")
  }

  private func inputSource() throws -> ImportInput {
    guard input != "-" else { return .standardInput }
    guard FileManager.default.isReadableFile(atPath: input) else {
      throw ValidationError("\(input): no such file, or it cannot be read.")
    }
    return .file(URL(fileURLWithPath: input))
  }

  private func readMapping(_ pack: CityPack) throws -> ImportMapping {
    do throws(PackFaults) {
      return try ImportMapping.read(file: URL(fileURLWithPath: mapping), pack: pack)
    } catch {
      for fault in error.faults { StandardError.line(fault.text) }
      throw ValidationError("\(mapping) does not fit the pack \(city).")
    }
  }
}

extension ImportFailure {
  var text: String {
    switch self {
    case .inputUnreadable: "The input cannot be read. 无法读取输入文件。"
    case .rejectsUnwritable: "The file of rejects cannot be written. 无法写入退件文件。"
    case .headerMissing: "The first row must name the columns. 首行须为列名。"
    case .columnsMissing(let names):
      "The input has no column \(names.joined(separator: ", ")). 输入文件缺少列:\(names.joined(separator: "、"))。"
    case .columnTwice(let name): "The column \(name) stands twice. 列“\(name)”重复。"
    case .overtaken: "Another import of this source was begun; this one stops. 同一来源的另一次导入已开始,本次停止。"
    }
  }
}
