/// A text of the pack in both languages.
public struct Texts: Sendable, Hashable, Codable {
  public let zh: String
  public let en: String
  public init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }
}
