/// The city's time zone as a table, so that reckoning needs no system database and replays to the same answer.
public struct CityZone: Sendable, Hashable {
  public struct Change: Sendable, Hashable {
    public let at: Instant
    public let offsetSeconds: Int
    public init(at: Instant, offsetSeconds: Int) {
      self.at = at
      self.offsetSeconds = offsetSeconds
    }
  }

  /// IANA name, for people.
  public let name: String
  /// East of Greenwich, before the first change.
  public let initialOffsetSeconds: Int
  /// In order of time.
  public let changes: [Change]

  public init(name: String, initialOffsetSeconds: Int, changes: [Change] = []) {
    self.name = name
    self.initialOffsetSeconds = initialOffsetSeconds
    self.changes = changes
  }

  public func offsetSeconds(at instant: Instant) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= instant { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffsetSeconds : changes[low - 1].offsetSeconds
  }

  /// The day and the minute of the day (0 ..< 1440) that the clocks in the city show.
  public func local(_ instant: Instant) -> (date: CivilDate, minute: Int) {
    let milliseconds = instant.milliseconds + Int64(offsetSeconds(at: instant)) * 1_000
    let day = milliseconds.floorMod(86_400_000)
    return (CivilDate(dayNumber: Int((milliseconds - day) / 86_400_000)), Int(day / 60_000))
  }

  /// The instant at which the city's clocks show this; of two, the earlier; a time skipped by the clocks counts as
  /// if they had not been changed yet.
  public func instant(_ date: CivilDate, minute: Int = 0, milliseconds: Int = 0) -> Instant {
    let local = Int64(date.dayNumber) * 86_400_000 + Int64(minute) * 60_000 + Int64(milliseconds)
    func attempt(_ offset: Int) -> Instant { Instant(milliseconds: local - Int64(offset) * 1_000) }
    let before = offsetSeconds(at: Instant(milliseconds: local - 86_400_000))
    let after = offsetSeconds(at: Instant(milliseconds: local + 86_400_000))
    if offsetSeconds(at: attempt(before)) == before { return attempt(before) }
    return offsetSeconds(at: attempt(after)) == after ? attempt(after) : attempt(before)
  }
}
