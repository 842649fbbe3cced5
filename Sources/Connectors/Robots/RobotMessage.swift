import Crypto
import Domain
import Features
import Foundation

/// What a robot says, as each of the three platforms takes it.
///
/// Formats: WeCom group robots (`markdown`), DingTalk custom robots (`markdown`, signed by `timestamp` and `sign` in the
/// address), Feishu custom robots (`text`, signed in the body).
struct RobotMessage {
  let robot: Robot
  let text: String
  let at: Instant

  /// Where to post it.
  var address: String {
    guard robot.format == .dingtalk, let secret = robot.secret else { return robot.url }
    let stamp = String(at.milliseconds)
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("\(stamp)\n\(secret)".utf8), using: SymmetricKey(data: Data(secret.utf8)))
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~")
    let sign = Data(code).base64EncodedString().addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    return robot.url + (robot.url.contains("?") ? "&" : "?") + "timestamp=\(stamp)&sign=\(sign)"
  }

  var body: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      switch robot.format {
      case .wecom: return try encoder.encode(WeCom(markdown: .init(content: text)))
      case .dingtalk: return try encoder.encode(DingTalk(markdown: .init(title: title, text: text)))
      case .feishu: return try encoder.encode(feishu)
      }
    }
  }

  /// Whether the platform took it: all three answer 200 with a code of their own.
  static func isTaken(status: Int, body: Data) -> Bool {
    guard (200..<300).contains(status), let answer = try? JSONDecoder().decode(Answer.self, from: body) else {
      return false
    }
    return (answer.errcode ?? answer.code ?? answer.StatusCode) == 0
  }

  private var title: String { String(text.prefix { $0 != "\n" }) }

  private var feishu: Feishu {
    let seconds = String(at.milliseconds / 1_000)
    let sign = robot.secret.map { secret in
      // The platform takes the text that is signed for the key, and signs nothing with it.
      let key = SymmetricKey(data: Data("\(seconds)\n\(secret)".utf8))
      return Data(HMAC<SHA256>.authenticationCode(for: Data(), using: key)).base64EncodedString()
    }
    return Feishu(content: .init(text: text), timestamp: sign == nil ? nil : seconds, sign: sign)
  }

  private struct WeCom: Encodable {
    struct Markdown: Encodable { let content: String }
    let msgtype = "markdown"
    let markdown: Markdown
  }

  private struct DingTalk: Encodable {
    struct Markdown: Encodable {
      let title: String
      let text: String
    }
    let msgtype = "markdown"
    let markdown: Markdown
  }

  private struct Feishu: Encodable {
    struct Content: Encodable { let text: String }
    let msg_type = "text"
    let content: Content
    let timestamp: String?
    let sign: String?
  }

  private struct Answer: Decodable {
    let errcode: Int?
    let code: Int?
    let StatusCode: Int?
  }
}
