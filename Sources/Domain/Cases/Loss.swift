/// What a case cost the victim, as the journal keeps it: whole yuan of two significant digits. The exact sum of a
/// fraud, together with its day and its place, could tell who it was.
public enum Loss {
  /// More is a slip of the hand.
  public static let yuanMost = 1_000_000_000

  /// - Parameter yuan: as it was told.
  /// - Returns: the nearest figure of two significant digits, the larger of two that are as near; nil for a sum below 0
  ///   or above ``yuanMost``.
  public static func rounded(_ yuan: Int) -> Int? {
    guard (0...yuanMost).contains(yuan) else { return nil }
    var unit = 1
    while yuan / unit >= 100 { unit *= 10 }
    return (yuan + unit / 2) / unit * unit
  }
}
