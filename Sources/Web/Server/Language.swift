import Domain
import HTTPTypes
import Hummingbird

/// The language of an answer.
public enum Language: String, Sendable, CaseIterable {
  case zh, en

  public static let cookieName = "headwater_lang"

  /// Asked for by `?lang=`, else remembered in a cookie, else by `Accept-Language`, else Chinese.
  init(_ request: Request) {
    self = Self.inQuery(request.uri.query) ?? request.cookies[Self.cookieName].flatMap { Language(rawValue: $0.value) }
      ?? request.headers[.acceptLanguage].flatMap(Self.preferred) ?? .zh
  }

  private static func inQuery(_ query: String?) -> Language? {
    guard let query, query.utf8.count >= 7 else { return nil }
    return query.split(separator: "&").lazy
      .compactMap { $0.hasPrefix("lang=") ? Language(rawValue: String($0.dropFirst(5))) : nil }.first
  }

  /// The first of ours in the order of weights (RFC 9110, 12.5.4); nil if none is acceptable.
  static func preferred(_ header: String) -> Language? {
    var best: (language: Language, weight: Double)?
    for range in header.split(separator: ",") {
      let parts = range.split(separator: ";").map { $0.trimming(" ") }
      guard let tag = parts.first?.split(separator: "-").first?.lowercased(),
        let language = tag == "*" ? .zh : Language(rawValue: tag)
      else { continue }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
      if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
    }
    return best?.language
  }

  /// The one that a page offers beside it.
  var other: Language { self == .zh ? .en : .zh }

  /// Its tag in `Content-Language` and `<html lang>`.
  public var tag: String { self == .zh ? "zh-CN" : "en" }
}

extension Texts {
  func callAsFunction(_ language: Language) -> String { language == .zh ? zh : en }
}

extension Substring {
  /// Without a character at both ends.
  func trimming(_ character: Character) -> Substring {
    var rest = self
    while rest.first == character { rest = rest.dropFirst() }
    while rest.last == character { rest = rest.dropLast() }
    return rest
  }
}
