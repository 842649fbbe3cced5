import Domain

/// Plates on sheets of A4, as SVG in millimetres: each with its code, its place, what the pack says, and its number to
/// be read out; thin lines to cut along.
public struct PlateSheet: Sendable {
  /// The usual sizes; raw values are the side in millimetres.
  public enum Size: Int, Sendable, Hashable, CaseIterable {
    case large = 120
    case middle = 75
    case small = 40
  }

  private static let page = (width: 210.0, height: 297.0)
  /// What printers cannot reach.
  private static let margin = 5.0

  public let size: Size
  public let code: PlateCode
  private let pack: CityPack
  private let caption: Texts
  private let columns: Int
  private let rows: Int

  /// - Throws: ``PlateFault/noPlates``.
  public init(size: Size, code: PlateCode, pack: CityPack) throws(PlateFault) {
    guard let rules = pack.plates else { throw .noPlates }
    self.size = size
    self.code = code
    self.pack = pack
    caption = rules.caption
    columns = Int((Self.page.width - 2 * Self.margin) / Double(size.rawValue))
    rows = Int((Self.page.height - 2 * Self.margin) / Double(size.rawValue))
  }

  public var platesMax: Int { columns * rows }

  /// One sheet.
  /// - Precondition: at most ``platesMax``.
  public func svg(_ plates: [(plate: Plate, token: PlateToken)]) -> [UInt8] {
    precondition(plates.count <= platesMax, "more plates than a sheet holds")
    var svg = SVGText(capacity: 400 + plates.count * 6_000)
    svg.add("""
      <svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297" \
      font-family="'Noto Sans CJK SC','Noto Sans',sans-serif" text-anchor="middle">

      """)
    let side = Double(size.rawValue)
    let left = (Self.page.width - Double(columns) * side) / 2
    let top = (Self.page.height - Double(rows) * side) / 2
    for (index, item) in plates.enumerated() {
      draw(item.plate, item.token, x: left + Double(index % columns) * side, y: top + Double(index / columns) * side,
           into: &svg)
    }
    svg.add("</svg>\n")
    return svg.bytes
  }

  private func draw(_ plate: Plate, _ token: PlateToken, x: Double, y: Double, into svg: inout SVGText) {
    let side = Double(size.rawValue)
    svg.add("<g transform=\"translate(")
    svg.add(x)
    svg.add(" ")
    svg.add(y)
    svg.add(")\"><rect width=\"\(size.rawValue)\" height=\"\(size.rawValue)\" fill=\"#fff\" stroke=\"#999\" "
      + "stroke-width=\".1\"/><path shape-rendering=\"crispEdges\" d=\"")
    let width = code.path(token, into: &svg)
    // The box holds the quiet zone too; the scale needs more digits than a place on the sheet.
    let box = 0.76 * side
    let module = box / Double(width + 2 * PlateCode.quietModules)
    let inset = Double(PlateCode.quietModules) * module
    svg.add("\" transform=\"translate(")
    svg.add((side - box) / 2 + inset)
    svg.add(" ")
    svg.add(0.02 * side + inset)
    svg.add(") scale(\((module * 10_000).rounded(.down) / 10_000))\"/>")
    let place = pack.place(plate.place)?.names ?? Texts(zh: plate.place, en: plate.place)
    line(place.zh + plate.unit, 0.06, at: 0.835, isBold: true, into: &svg)
    line(caption.zh, 0.046, at: 0.888, into: &svg)
    line(caption.en, 0.038, at: 0.932, into: &svg)
    line("No. \(plate.number)", 0.042, at: 0.979, into: &svg)
    svg.add("</g>\n")
  }

  /// A line in the middle; smaller where it would not fit.
  /// - Parameters:
  ///   - height: of the letters, and `at` the base line, both in sides of the plate.
  private func line(_ text: String, _ height: Double, at base: Double, isBold: Bool = false, into svg: inout SVGText) {
    let side = Double(size.rawValue)
    let ems = text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 1 : 0.58) }
    svg.add("<text x=\"")
    svg.add(side / 2)
    svg.add("\" y=\"")
    svg.add(base * side)
    svg.add("\" font-size=\"")
    svg.add(min(height, 0.94 / max(ems, 1)) * side)
    svg.add(isBold ? "\" font-weight=\"bold\">" : "\">")
    svg.add(SVGText.escaped(text))
    svg.add("</text>")
  }
}
