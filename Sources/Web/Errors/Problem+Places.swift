import Domain
import Features

extension Problem {
  /// Nil for an error that is not about plates and receipts.
  init?(places error: any Error) {
    switch error {
    case RosterFault.notAllowed: self.init(.roleForbidden)
    case RosterFault.unusable(let field): self.init(.fieldInvalid, field: field)
    case let fault as PlateFault: self.init(plate: fault)
    case let fault as PhotoFault: self.init(photo: fault)
    case is ReceiptUnknown: self.init(.unknownReceipt)
    default: return nil
    }
  }

  private init(photo fault: PhotoFault) {
    switch fault {
    case .busy: self.init(.unavailable)
    case .notJPEG:
      self.init(.photoUnusable, detail: Texts(zh: "请用 JPEG 格式的照片", en: "Please send it as a JPEG"))
    case .tooLarge: self.init(.photoUnusable, detail: Texts(zh: "照片过大", en: "It is too large"))
    case .tooMany:
      self.init(.photoUnusable, detail: Texts(zh: "最多 \(PhotoPress.photosMax) 张",
                                              en: "At most \(PhotoPress.photosMax)"))
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
