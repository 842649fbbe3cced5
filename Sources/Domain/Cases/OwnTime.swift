/// When somebody in the field did a step, by the clock of the phone that kept it until there was a network again.
///
/// It is shown beside the time at which the step arrived, which alone starts and stops clocks: whoever sets a phone's
/// clock gains nothing.
public struct OwnTime: Sendable, Hashable, Codable {
  /// By the phone's clock.
  public let at: Instant
  /// How far that clock was ahead of ours when the step was sent, in milliseconds; negative where it was behind.
  public let aheadMilliseconds: Int64

  /// - Parameters:
  ///   - at: by the phone's clock.
  ///   - sentAt: when the phone sent it, by the same clock.
  ///   - receivedAt: the same by ours.
  public init(at: Instant, sentAt: Instant, receivedAt: Instant) {
    self.at = at
    aheadMilliseconds = sentAt.milliseconds - receivedAt.milliseconds
  }

  /// The same instant by our clock.
  public var corrected: Instant { Instant(milliseconds: at.milliseconds - aheadMilliseconds) }
}
