/// Tiles of another map that are drawn under the cases, where a city has a server of such. Whoever looks at a map asks
/// that server for the pieces of where they look.
public struct BaseMap: Sendable, Hashable {
  /// Address of a tile (Web Mercator over WGS-84) with `{z}`, `{x}` and `{y}`.
  public let tiles: String
  /// Scheme, host and port: the one other place that a page may ask.
  public let origin: String
  /// Whose map it is, as its licence wants it said.
  public let source: Texts
  /// The nearest zoom that there are tiles of.
  public let zoomMax: Int

  /// - Returns: nil for an address without all three blanks, or that is neither of `https` nor of this machine, or that
  ///   names its server by a blank or with what has no place in a header.
  public init?(tiles: String, source: Texts, zoomMax: Int) {
    let parts = tiles.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, parts[1].isEmpty, !parts[2].isEmpty, parts[2].allSatisfy(Self.isOfHost) else { return nil }
    let isHere = parts[0] == "http:" && ["127.0.0.1", "localhost"].contains(parts[2].split(separator: ":")[0])
    guard parts[0] == "https:" || isHere else { return nil }
    let hasAll = ["{z}", "{x}", "{y}"].allSatisfy {
      parts[3].split(separator: $0, omittingEmptySubsequences: false).count == 2
    }
    guard hasAll, (1...22).contains(zoomMax) else { return nil }
    self.tiles = tiles
    origin = "\(parts[0])//\(parts[2])"
    self.source = source
    self.zoomMax = zoomMax
  }

  private static func isOfHost(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-.:".contains(character))
  }
}
