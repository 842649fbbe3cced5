import Domain
import Foundation
import Yams

/// A robot of a group chat that a squad or an agency already uses.
public struct Robot: Sendable, Hashable {
  public enum Format: String, Sendable, Hashable, CaseIterable, Decodable { case wecom, dingtalk, feishu }

  /// Code of the squad or agency.
  public let recipient: String
  public let format: Format
  /// With the group's key in it: a secret.
  public let url: String
  /// Signs each call; nil where the group's settings ask for none.
  public let secret: String?
  public let isEnglish: Bool
}

/// The robots of an installation, from a file outside the pack: their addresses are secrets.
public enum RobotBook {
  /// What is wrong with the file.
  public struct Fault: Error, Sendable, Hashable {
    public let text: String
  }

  private struct File: Decodable {
    struct Line: Decodable {
      let `for`: String
      let format: Robot.Format
      let url: String
      let secret: String?
      let language: String?
    }

    let robots: [Line]
  }

  /// - Throws: ``Fault`` for a file that cannot be read, an unknown squad or agency, or an address that is no HTTP.
  public static func read(_ url: URL, pack: CityPack) throws -> [Robot] {
    let file: File
    do { file = try YAMLDecoder().decode(File.self, from: Data(contentsOf: url)) } catch {
      throw Fault(text: "\(url.path) is no file of robots; see docs/operations.md")
    }
    return try file.robots.map { line in
      guard pack.squad(line.for) != nil || pack.agency(line.for) != nil else {
        throw Fault(text: "\(url.path): the pack has no squad and no agency \(line.for)")
      }
      guard let address = URL(string: line.url), ["https", "http"].contains(address.scheme), address.host != nil else {
        throw Fault(text: "\(url.path): the address for \(line.for) is none")
      }
      return Robot(recipient: line.for, format: line.format, url: line.url, secret: line.secret,
                   isEnglish: line.language == "en")
    }
  }
}
