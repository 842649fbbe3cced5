import CQREncode
import Domain

/// The QR code of a plate: the address that a phone opens, all in capitals, which a code holds in five and a half bits
/// a character, with error correction H: a third of it may be scratched or pasted over.
public struct PlateCode: Sendable {
  /// `HTTPS://PLATES.EXAMPLE.CN/P/`
  let prefix: String

  /// 37 modules on a side: with its quiet zone 0.68 mm a module on a plate of 40 mm.
  public static let versionMax = 5
  /// Modules of white around the code, as ISO/IEC 18004 wants it.
  static let quietModules = 4

  /// - Parameter address: where people reach the installation: `https://plates.example.cn`, nothing behind the host.
  /// - Throws: ``Unusable``.
  public init(address: String) throws(Unusable) {
    let upper = address.uppercased()
    let host = upper.hasPrefix("HTTPS://") ? upper.dropFirst(8) : upper.hasPrefix("HTTP://") ? upper.dropFirst(7) : ""
    let isHost = !host.isEmpty && host.utf8.allSatisfy {
      (48...58).contains($0) || (65...90).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
    }
    guard isHost else { throw .notAnAddress }
    prefix = upper + "/P/"
    guard prefix.utf8.count + PlateToken.length <= Self.charactersMax else { throw .tooLong(by:
      prefix.utf8.count + PlateToken.length - Self.charactersMax) }
  }

  /// What version 5 holds of capitals and figures with error correction H (ISO/IEC 18004, table 7).
  static let charactersMax = 64

  public enum Unusable: Error, Sendable, Hashable {
    case notAnAddress
    /// By so many characters, for a code that scans on the smallest plate.
    case tooLong(by: Int)
  }

  /// What the code says.
  public func text(_ token: PlateToken) -> String { prefix + token.text }

  /// The dark modules as an SVG path in units of modules, and the side of the code in modules, without quiet zone.
  func path(_ token: PlateToken, into svg: inout SVGText) -> Int {
    guard let code = QRcode_encodeString(text(token), 0, QR_ECLEVEL_H, QR_MODE_8, 1) else {
      preconditionFailure("the text fits, so that only memory can be missing")
    }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    guard let modules = code.pointee.data else { preconditionFailure("a code without modules") }
    for row in 0..<width {
      let line = modules + row * width
      var column = 0
      while column < width {
        guard line[column] & 1 == 1 else {
          column += 1
          continue
        }
        let start = column
        while column < width, line[column] & 1 == 1 { column += 1 }
        svg.run(x: start, y: row, length: column - start)
      }
    }
    return width
  }
}
