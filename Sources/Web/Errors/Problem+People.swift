import Domain
import Features

extension Problem {
  /// Nil for an error that is not about accounts, tokens and signing in.
  init?(people error: any Error) {
    switch error {
    case let fault as SignInFault: self.init(signIn: fault)
    case let fault as AccountFault: self.init(account: fault)
    case let fault as PostFault: self.init(post: fault)
    case let fault as PasswordFault: self.init(password: fault)
    case let fault as TokenFault: self.init(token: fault)
    case let fault as LookFault: self.init(look: fault)
    case let fault as EraseFault: self.init(erase: fault)
    default: return nil
    }
  }

  private init(signIn fault: SignInFault) {
    switch fault {
    case .wrong: self.init(.signInFailed)
    case .tooSoon(let wait):
      self.init(.tooManyAttempts, retryAfterSeconds: Int((wait.milliseconds + 999) / 1_000))
    case .disabled: self.init(.accountDisabled)
    case .busy: self.init(.unavailable)
    }
  }

  private init(account fault: AccountFault) {
    switch fault {
    case .nameUnusable: self.init(.nameUnusable, field: "name")
    case .nameTaken: self.init(.nameTaken, field: "name")
    case .unknownAccount: self.init(.unknownAccount)
    case .notAllowed: self.init(.notAllowedThere)
    case .notYourself: self.init(.notYourself)
    case .passwordWrong: self.init(.passwordWrong, field: "current")
    }
  }

  private init(post fault: PostFault) {
    switch fault {
    case .roleHasNoAccounts: self.init(.postImpossible, field: "role")
    case .unknownDivision: self.init(.unknownDivision, field: "division")
    case .agencyMissing: self.init(.fieldMissing, field: "agency")
    case .unknownAgency: self.init(.unknownAgency, field: "agency")
    case .squadMissing: self.init(.fieldMissing, field: "squad")
    case .unknownSquad: self.init(.unknownSquad, field: "squad")
    case .squadNotForRole, .squadOfOtherAgency: self.init(.postImpossible, field: "squad")
    }
  }

  private init(password fault: PasswordFault) {
    let detail = switch fault {
    case .tooShort(let least): Texts(zh: "至少 \(least) 个字符", en: "At least \(least) characters")
    case .tooLong(let most): Texts(zh: "最多 \(most) 个字符", en: "At most \(most) characters")
    case .holdsName: Texts(zh: "不得含有用户名", en: "It must not hold the name")
    case .tooSimple: Texts(zh: "过于简单", en: "It is too simple")
    }
    self.init(.passwordUnusable, field: "password", detail: detail)
  }

  private init(look fault: LookFault) {
    switch fault {
    case .unknownPurpose: self.init(.parameterInvalid, field: "purpose")
    case .notAllowed: self.init(.lookNotAllowed)
    case .notOfThisCase: self.init(.unknownWords)
    }
  }

  private init(erase fault: EraseFault) {
    switch fault {
    case .notAllowed: self.init(.notAllowedThere)
    case .notOfThisCase: self.init(.unknownWords)
    }
  }

  private init(token fault: TokenFault) {
    switch fault {
    case .nameUnusable: self.init(.nameUnusable, field: "name")
    case .notAllowed: self.init(.notAllowedThere)
    case .scopesMissing: self.init(.scopesUnusable, field: "scopes")
    case .scopesBeyondRole(let scopes):
      let names = scopes.map(\.rawValue).sorted().joined(separator: ", ")
      self.init(.scopesUnusable, field: "scopes", detail: Texts(zh: "角色不具备:" + names, en: "The role lacks: " + names))
    case .expiryPast: self.init(.expiryPast, field: "expiresAt")
    case .unknownToken: self.init(.unknownToken)
    }
  }
}

extension ProblemKind {
  static let postRules: [ProblemKind] = [.postImpossible, .unknownDivision, .unknownAgency, .unknownSquad]
  static let passwordRules: [ProblemKind] = [.passwordUnusable]
}
