/// A drawing of shapes and labels: the same for a page and for paper. What colours a tone has stands in the style.
struct Picture: Sendable {
  struct Shape: Sendable {
    let path: String
    let tone: String
    /// Shown when one points at it.
    var hint: String?
  }

  struct Label: Sendable {
    let x: Double
    let y: Double
    let text: String
    /// `start`, `middle`, `end`.
    var anchor = "start"
    var tone = "soft"
  }

  let id: String
  let title: String
  /// What it says, for those who do not see it.
  let summary: String
  let width: Double
  let height: Double
  /// Whether it lies on the map of the area.
  var hasGround = false
  /// Whether it is drawn beside another of its kind.
  var isNarrow = false
  var shapes: [Shape] = []
  var labels: [Label] = []

  /// Rounded to tenths, so that the text stays short.
  static func at(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    let text = tenths.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
    "M\(at(x)) \(at(y))h\(at(width))v\(at(height))h\(at(-width))z"
  }

  static func circle(_ x: Double, _ y: Double, _ radius: Double) -> String {
    let r = at(radius)
    return "M\(at(x - radius)) \(at(y))a\(r) \(r) 0 1 0 \(at(2 * radius)) 0a\(r) \(r) 0 1 0 \(at(-2 * radius)) 0z"
  }

  static func line(_ points: [(x: Double, y: Double)]) -> String {
    points.enumerated().map { ($0 == 0 ? "M" : "L") + "\(at($1.x)) \(at($1.y))" }.joined()
  }
}
