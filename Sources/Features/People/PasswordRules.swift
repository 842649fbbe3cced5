import Foundation

/// Why a new password is refused.
public enum PasswordFault: Error, Sendable, Hashable {
  case tooShort(charactersMin: Int)
  case tooLong(charactersMax: Int)
  /// Holds the account's name, or is part of it.
  case holdsName
  /// Few different characters, or a run such as 0123456789.
  case tooSimple
}

/// Length is what counts; no rules about kinds of characters.
enum PasswordRules {
  static let charactersMin = 10
  static let charactersMax = 256
  static let differentMin = 5

  static func check(_ password: String, name: String) throws(PasswordFault) {
    guard password.count >= charactersMin else { throw .tooShort(charactersMin: charactersMin) }
    guard password.count <= charactersMax else { throw .tooLong(charactersMax: charactersMax) }
    let (folded, name) = (AccountName.fold(password), AccountName.fold(name))
    guard !folded.contains(name), !name.contains(folded) else { throw .holdsName }
    guard Set(folded).count >= differentMin, !isRun(folded) else { throw .tooSimple }
  }

  /// Each character the next, or each the one before; nine may be followed by nought.
  private static func isRun(_ text: String) -> Bool {
    let scalars = text.unicodeScalars.map { Int($0.value) }
    let steps = Set(zip(scalars, scalars.dropFirst()).map { one, next in
      abs(next - one) == 9 ? (one - next).signum() : next - one
    })
    return steps == [1] || steps == [-1]
  }
}

/// The name that somebody signs in with.
enum AccountName {
  static let charactersMax = 64

  /// Names that look the same are the same.
  static func fold(_ name: String) -> String { name.precomposedStringWithCompatibilityMapping.lowercased() }

  /// 1 to 64 characters, none of them invisible, no space at either end.
  static func isUsable(_ name: String) -> Bool {
    let isVisible = name.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: false
      default: true
      }
    }
    return (1...charactersMax).contains(name.count) && isVisible
      && name == name.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
