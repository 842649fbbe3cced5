import Domain
import Features

extension Problem {
  /// Nil for an error that is not about plates and receipts.
  init?(places error: any Error) {
    switch error {
    case let fault as PlateFault: self.init(plate: fault)
    case is ReceiptUnknown: self.init(.unknownReceipt)
    default: return nil
    }
  }

  private init(plate fault: PlateFault) {
    switch fault {
    case .notOurs, .noPlates: self.init(.plateNotOurs)
    case .revoked: self.init(.plateRevoked)
    case .tooSoon(let wait):
      self.init(.tooManyAttempts, retryAfterSeconds: Int((wait.milliseconds + 999) / 1_000))
    case .formExpired: self.init(.formExpired)
    case .unknownPlace: self.init(.unknownPlace)
    case .unknownNumber, .unitUnusable, .tooMany, .notAllowed: self.init(.notAllowedThere)
    }
  }
}
