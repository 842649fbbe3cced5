import Foundation

/// What somebody added to a case, as the vault holds it: words, and for those who were there pictures, a voice and what
/// two sides agreed on.
public struct CaseNote: Sendable, Hashable, Codable {
  public let text: String
  /// JPEG files in base 64, made anew by ``PhotoPress``.
  public var photos: [String]?
  public var voice: Voice?
  public var mediation: MediationRecord?

  public init(text: String, photos: [String]? = nil, voice: Voice? = nil, mediation: MediationRecord? = nil) {
    self.text = text
    self.photos = photos
    self.voice = voice
    self.mediation = mediation
  }

  /// A recording as a phone makes it.
  public struct Voice: Sendable, Hashable, Codable {
    /// `audio/webm`, `audio/ogg`, `audio/mp4`.
    public let type: String
    /// In base 64.
    public let data: String

    /// A minute or two of speech, in bytes.
    public static let bytesMax = 1_000_000

    /// Nil for what does not begin like a recording in one of the three containers, or is too long.
    public init?(_ bytes: [UInt8]) {
      guard bytes.count <= Self.bytesMax else { return nil }
      if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
        type = "audio/webm"
      } else if bytes.starts(with: Array("OggS".utf8)) {
        type = "audio/ogg"
      } else if bytes.dropFirst(4).starts(with: Array("ftyp".utf8)) {
        type = "audio/mp4"
      } else {
        return nil
      }
      data = Data(bytes).base64EncodedString()
    }
  }
}

/// What the sides of a dispute agreed on, with the signatures that they drew.
public struct MediationRecord: Sendable, Hashable, Codable {
  public struct Party: Sendable, Hashable, Codable {
    public let name: String
    public let signature: Signature

    public init(name: String, signature: Signature) {
      self.name = name
      self.signature = signature
    }
  }

  public let agreement: String
  /// Two or more.
  public let parties: [Party]

  public static let partiesMax = 4

  public init(agreement: String, parties: [Party]) {
    self.agreement = agreement
    self.parties = parties
  }
}

/// A signature drawn with a finger: strokes of points on a sheet of ``width`` × ``height`` units.
public struct Signature: Sendable, Hashable, Codable {
  /// Each x, y, x, y …
  public let strokes: [[Int]]

  public static let width = 600
  public static let height = 200
  static let strokesMax = 100
  static let pointsMax = 4_000

  /// - Parameter text: points as `x,y` behind spaces, strokes behind semicolons.
  /// - Returns: nil for what is none, or empty, or leaves the sheet.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.pointsMax * 8 else { return nil }
    let strokes = text.split(separator: ";")
    guard (1...Self.strokesMax).contains(strokes.count) else { return nil }
    var read: [[Int]] = []
    var points = 0
    for stroke in strokes {
      var values: [Int] = []
      for point in stroke.split(separator: " ") {
        let parts = point.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let x = parts[0], let y = parts[1], (0...Self.width).contains(x),
          (0...Self.height).contains(y)
        else { return nil }
        values += [x, y]
      }
      points += values.count / 2
      read.append(values)
    }
    guard points >= 2, points <= Self.pointsMax else { return nil }
    self.strokes = read
  }
}
