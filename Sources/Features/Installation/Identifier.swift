import Domain

/// Identifiers of reports, cases and vault entries: 48 bits of milliseconds and 80 bits of chance, as 26 characters of
/// Crockford's base 32. They sort by time, so that new rows lie together, and cannot be guessed.
public enum Identifier {
  public static func make(at instant: Instant, using random: inout some RandomNumberGenerator) -> String {
    var high = UInt64(clamping: instant.milliseconds) << 16 | UInt64(random.next() & 0xFFFF)
    var low = random.next()
    return String(unsafeUninitializedCapacity: 26) { buffer in
      for index in stride(from: 25, through: 0, by: -1) {
        buffer[index] = Base32.digits[Int(low & 31)]
        low = low >> 5 | (high & 31) << 59
        high >>= 5
      }
      return 26
    }
  }

  /// With the machine's own chance.
  public static func make(at instant: Instant) -> String {
    var random = SystemRandomNumberGenerator()
    return make(at: instant, using: &random)
  }
}
