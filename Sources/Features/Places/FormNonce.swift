import Domain

/// The mark of one showing of a form to somebody without an account: an ``Identifier``, so that its age can be read.
///
/// What was sent once is remembered for a day (``Journal/IdempotencyKeys``); a form older than half of that is refused,
/// so that nothing that was sent can ever be sent again.
struct FormNonce: Sendable, Hashable {
  let text: String

  static let ageMax = Span.hours(12)

  /// - Throws: ``PlateFault/formExpired``.
  init(_ text: String, at now: Instant) throws(PlateFault) {
    guard text.utf8.count == 26, let made = Base32.bits(text.prefix(10)),
      Base32.bits(text.dropFirst(10).prefix(8)) != nil, Base32.bits(text.suffix(8)) != nil
    else { throw .formExpired }
    let age = now - Instant(milliseconds: Int64(made))
    guard age > .minutes(-10), age < Self.ageMax else { throw .formExpired }
    self.text = text
  }
}
