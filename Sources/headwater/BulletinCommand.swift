import ArgumentParser
import Domain
import Features
import Foundation
import SQL
import Web

struct BulletinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bulletin",
    abstract: "The bulletin of a month as PDF.",
    discussion: """
      As of the month's end, or as of now while it runs: a month that is over gives the same paper whenever it is asked \
      for. PDF needs rsvg-convert, from librsvg2-bin, and the fonts of fonts-noto-cjk.
      """)

  @OptionGroup var options: InstallationOptions
  @Option(help: "zh or en.") var language: Language = .zh
  @Argument(help: "The month, YYYY-MM.") var month: String
  @Argument(help: "The file to write.") var file: String

  func run() async throws {
    guard let period = BulletinPeriod(month) else { throw ValidationError("The month is YYYY-MM, such as 2026-01.") }
    let composition = try await Composition.open(try await options.settings(), city: nil, usesVault: false)
    let sheets = try await BulletinPrint(composition.site).sheets(period, language)
    await composition.site.database.close()
    let bytes: [UInt8]
    do { bytes = try await PDFPress.pdf(sheets) } catch is PDFPress.Fault {
      throw ValidationError("rsvg-convert failed; is librsvg2-bin installed? rsvg-convert 失败,请安装 librsvg2-bin。")
    }
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    print("\(sheets.count) sheets in \(file)")
  }
}

extension Language: ExpressibleByArgument {}
