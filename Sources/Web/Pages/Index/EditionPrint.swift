import Domain
import Features

/// An edition as files that anyone can host, and as sheets for PDF: no script, no request to anywhere.
public struct EditionPrint: Sendable {
  private let edition: Edition
  private let pack: CityPack
  private let decoration: MapDecoration

  public init(_ edition: Edition, pack: CityPack, decoration: MapDecoration) {
    self.edition = edition
    self.pack = pack
    self.decoration = decoration
  }

  /// - Returns: sheets of A4; `PDFPress` makes one file of them.
  func sheets(_ language: Language) -> [[UInt8]] {
    let paper = EditionPaper(edition, pack: pack, decoration: decoration, Words.of(language))
    return PaperPrinter.sheets(paper.printed).map { Array(PageTemplates.text("paper", $0).utf8) }
  }

  /// - Throws: `PDFPress.Fault`.
  public func pdf(_ language: Language) async throws -> [UInt8] {
    try await PDFPress.pdf(sheets(language), dated: secondsMade)
  }

  /// All files in one; without PDF where none can be made here.
  func archive() async throws -> [UInt8] {
    var files = try files()
    for language in [Language.zh, .en] {
      do { files["edition.\(language.rawValue).pdf"] = try await pdf(language) } catch PDFPress.Fault.unavailable {}
    }
    return ZipFile.pack(files)
  }

  /// The day behind the last: what its files say of when they were made.
  private var secondsMade: Int {
    (CivilDate(edition.period.to)?.dayNumber ?? 0) * 86_400 + 86_400
  }

  /// The pages and their style, beside the data.
  /// - Throws: `EncodingError` for a number that is not finite.
  public func files() throws -> [String: [UInt8]] {
    var files = try edition.dataFiles(pack)
    let links = files.keys.sorted().map { Frame.Link(text: $0, url: $0, isHere: false) }
    for language in [Language.zh, .en] {
      let page = Page(edition, EditionPaper(edition, pack: pack, decoration: decoration, Words.of(language)), language,
                      links)
      files[Page.file(language)] = Array(PageTemplates.text("editionfile", page).utf8)
    }
    files["headwater.css"] = PackageResources.headwater_css
    files["edition.css"] = PackageResources.edition_css
    return files
  }

  /// What the template of a file sees.
  private struct Page: Sendable {
    let languageTag: String
    let paper: EditionPaper
    let isSynthetic: Bool
    let otherFile: String
    let otherTag: String
    let otherName: String
    let files: [Frame.Link]
    let t: [String: String]

    init(_ edition: Edition, _ paper: EditionPaper, _ language: Language, _ files: [Frame.Link]) {
      self.paper = paper
      self.files = files
      languageTag = language.tag
      isSynthetic = edition.area.isSynthetic
      otherFile = Self.file(language.other)
      otherTag = language.other.tag
      otherName = language.other == .zh ? "中文" : "English"
      t = Words.of(language).texts
    }

    /// Whoever opens the folder reads Chinese first.
    static func file(_ language: Language) -> String { language == .zh ? "index.html" : "index.en.html" }
  }
}
