import ArgumentParser
import Domain
import Features
import Foundation

extension PlatesCommand {
  struct Print: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints plates on sheets of A4, as SVG or PDF, on all processors.",
      discussion: """
        Writes a file of SVG for each sheet, or a file of PDF for each hundred sheets (PDF needs rsvg-convert, \
        from librsvg2-bin, and the fonts of fonts-noto-cjk). Memory does not grow with the number of plates.
        """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case svg, pdf }

    @OptionGroup var options: InstallationOptions
    @Option(help: "Where people reach the installation, such as https://plates.example.cn") var address: String
    @Option(help: "Side of a plate in millimetres: 120, 75 or 40.") var size: PlateSheet.Size
    @Option(help: "svg or pdf.") var format: Format = .svg
    @Option(help: "Only this place.") var place: String?
    @Option(help: "Only from this number on.") var from: Int = 1
    @Option(help: "Only up to this number.") var through: Int = PlateToken.numberMax
    @Argument(help: "The folder to write to; made if it is not there.") var folder: String

    static let sheetsPerPDF = 100

    func run() async throws {
      try await PlatesCommand.run(options) { site in
        let sheet = try PlateSheet(size: size, code: try code(), pack: site.pack)
        let target = URL(fileURLWithPath: folder, isDirectory: true)
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        let start = ContinuousClock.now
        let printed = try await print(Plates(site), sheet, to: target)
        let seconds = start.duration(to: .now)
        Swift.print("\(printed.plates) plates on \(printed.sheets) sheets in \(folder)")
        StandardError.line("\(seconds.formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 1))))")
      }
    }

    private func code() throws -> PlateCode {
      do throws(PlateCode.Unusable) { return try PlateCode(address: address) } catch {
        switch error {
        case .notAnAddress:
          throw ValidationError("--address: 'https://', a host, and nothing behind it. 应为 https:// 加主机名,其后无路径。")
        case .tooLong(let by):
          throw ValidationError(
            "--address: \(by) characters too long for a code that scans at 40 mm. 地址过长 \(by) 个字符,40 毫米门牌无法可靠扫描。")
        }
      }
    }

    /// Reads plates in order, and has as many parts of the work under way as there are processors.
    private func print(_ plates: Plates, _ sheet: PlateSheet, to target: URL) async throws
      -> (plates: Int, sheets: Int)
    {
      let sheetsPerPart = format == .pdf ? Self.sheetsPerPDF : 20
      var printed = (plates: 0, sheets: 0)
      var last = from - 1
      try await withThrowingTaskGroup(of: Void.self) { group in
        var underWay = 0
        while true {
          let part = try await plates.list(above: last, place: place, limit: sheet.platesMax * sheetsPerPart)
            .filter { $0.number <= through }
          guard let end = part.last else { break }
          let first = printed.sheets + 1
          let work = PlatesPrintPart(plates: part, firstSheet: first, sheet: sheet, tokens: plates, target: target)
          if underWay >= ProcessInfo.processInfo.activeProcessorCount {
            try await group.next()
          } else {
            underWay += 1
          }
          group.addTask { [format] in format == .pdf ? try work.pdf() : try work.svg(to: target).forEach { _ in } }
          printed.plates += part.count
          printed.sheets += work.sheetCount
          last = end.number
        }
        try await group.waitForAll()
      }
      return printed
    }
  }
}

extension PlateSheet.Size: ExpressibleByArgument {}

/// Some sheets that one processor prints.
struct PlatesPrintPart: Sendable {
  let plates: [Plate]
  /// Numbered from 1 over the whole run.
  let firstSheet: Int
  let sheet: PlateSheet
  let tokens: Plates
  let target: URL

  var sheetCount: Int { (plates.count + sheet.platesMax - 1) / sheet.platesMax }

  private func name(_ number: Int) -> String {
    let digits = String(number)
    let noughts = String(repeating: "0", count: max(0, 6 - digits.count))
    return "plates-\(sheet.size.rawValue)mm-\(noughts)\(digits)"
  }

  /// A file for each sheet.
  @discardableResult
  func svg(to folder: URL) throws -> [URL] {
    try (0..<sheetCount).map { index in
      let part = plates[index * sheet.platesMax..<min((index + 1) * sheet.platesMax, plates.count)]
      let file = folder.appendingPathComponent(name(firstSheet + index) + ".svg")
      try Data(sheet.svg(part.map { ($0, tokens.token(of: $0)) })).write(to: file)
      return file
    }
  }

  /// One file of all sheets, through rsvg-convert.
  func pdf() throws {
    let draft = target.appendingPathComponent(".draft-\(firstSheet)", isDirectory: true)
    try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: draft) }
    let sheets = try svg(to: draft)
    do { try PDFPress.press(sheets, to: target.appendingPathComponent(name(firstSheet) + ".pdf")) } catch {
      throw ValidationError("rsvg-convert failed; is librsvg2-bin installed? rsvg-convert 失败,请安装 librsvg2-bin。")
    }
  }
}
