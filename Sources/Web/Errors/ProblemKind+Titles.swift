import Domain

extension ProblemKind {
  /// What is wrong, in a sentence that is the same for every occurrence.
  var title: Texts {
    switch self {
    case .malformedRequest: Texts(zh: "请求格式有误", en: "The request is malformed")
    case .wrongEncoding: Texts(zh: "请求内容不是有效的 UTF-8", en: "The request is not valid UTF-8")
    case .malformedJSON: Texts(zh: "请求内容不是有效的 JSON", en: "The body is not valid JSON")
    case .tooDeep: Texts(zh: "JSON 嵌套过深", en: "The JSON is nested too deep")
    case .idempotencyKeyMissing: Texts(zh: "缺少 Idempotency-Key", en: "The Idempotency-Key is missing")
    case .idempotencyKeyInvalid: Texts(zh: "Idempotency-Key 无效", en: "The Idempotency-Key is not usable")
    case .notSignedIn: Texts(zh: "尚未登录", en: "Nobody is signed in")
    case .signInFailed: Texts(zh: "用户名或密码不正确", en: "The name or the password is wrong")
    case .wallKeyWrong: Texts(zh: "大屏密钥无效或已停用", en: "The wall's key is not good, or was revoked")
    case .scopeMissing: Texts(zh: "令牌无此权限范围", en: "The token lacks the scope")
    case .roleForbidden: Texts(zh: "此角色不得办理", en: "The role may not do this")
    case .crossSite: Texts(zh: "请求来自其他网站", en: "The request comes from another site")
    case .unknownAddress: Texts(zh: "没有这个地址", en: "There is nothing at this address")
    case .methodNotAllowed: Texts(zh: "此地址不支持该方法", en: "The address does not take this method")
    case .bodyTooLarge: Texts(zh: "请求内容过大", en: "The body is too large")
    case .mediaTypeUnsupported: Texts(zh: "不支持的内容类型", en: "The media type is not supported")
    case .tooManyAttempts: Texts(zh: "尝试过于频繁", en: "Too many attempts")
    case .tooManyFollowers: Texts(zh: "实时连接已满", en: "Too many live streams are open")
    case .unknownParameter: Texts(zh: "未知的查询参数", en: "A query parameter is unknown")
    case .parameterInvalid: Texts(zh: "查询参数无效", en: "A query parameter is not usable")
    case .unknownField: Texts(zh: "未知的字段", en: "A field is unknown")
    case .fieldMissing: Texts(zh: "缺少字段", en: "A field is missing")
    case .fieldInvalid: Texts(zh: "字段无效", en: "A field is not usable")
    case .controlCharacter: Texts(zh: "含有控制字符", en: "A control character stands in a text")
    case .idempotencyKeyReused:
      Texts(zh: "Idempotency-Key 已用于另一请求", en: "The Idempotency-Key was used for another request")
    case .textMissing: Texts(zh: "缺少内容", en: "The text is missing")
    case .textTooLong: Texts(zh: "内容过长", en: "The text is too long")
    case .fieldTooLong: Texts(zh: "字段过长", en: "A field is too long")
    case .tooManyAttributes: Texts(zh: "附加属性过多", en: "Too many attributes")
    case .coordinateImpossible: Texts(zh: "坐标不可能存在", en: "The coordinate is impossible")
    case .locationMissing: Texts(zh: "缺少地点", en: "The location is missing")
    case .timeImpossible: Texts(zh: "时间不可能", en: "The time is impossible")
    case .outsideCity: Texts(zh: "地点不在本辖区", en: "The location is outside the city")
    default: ruleTitle
    }
  }

  private var ruleTitle: Texts {
    switch self {
    case .unknownKind: Texts(zh: "未知的类别", en: "The kind is unknown")
    case .kindNotLeaf: Texts(zh: "须选到最末一级类别", en: "The kind is not a leaf of the tree")
    case .unknownAgency: Texts(zh: "未知的承办单位", en: "The agency is unknown")
    case .unknownSquad: Texts(zh: "未知的服务队", en: "The squad is unknown")
    case .unknownDivision: Texts(zh: "未知的行政区划", en: "The division is unknown")
    case .unknownPlace: Texts(zh: "未知的地点", en: "The place is unknown")
    case .unknownDoor: Texts(zh: "未知的受理渠道", en: "The door is unknown")
    case .reasonMissing: Texts(zh: "须说明理由", en: "A reason is required")
    case .starsOutOfRange: Texts(zh: "评分须为 1 至 5", en: "The rating must be 1 to 5")
    case .kindWithoutLosses: Texts(zh: "此类别没有损失金额", en: "This kind of case has no losses")
    case .lossOutOfRange: Texts(zh: "损失金额须为 0 至 10 亿之间的整数元", en: "The loss must be whole yuan from 0 to 1,000,000,000")
    case .mergeIntoItself: Texts(zh: "事件不能并入自身", en: "A case cannot be merged into itself")
    case .unknownCase: Texts(zh: "没有这个事件", en: "There is no such case")
    case .unknownReport: Texts(zh: "没有这条报警", en: "There is no such report")
    case .unknownWords: Texts(zh: "该事件没有这段内容", en: "The case has no such words")
    case .lookNotAllowed: Texts(zh: "您办理此事不需要查看", en: "You need not know this for your part of the case")
    case .wordsErased: Texts(zh: "内容已删除", en: "The words have been erased")
    case .notNow: Texts(zh: "当前状态下不能办理", en: "Not possible in the phase the case is in")
    case .notYourCase: Texts(zh: "该事件不由您单位承办", en: "The case is not your agency's")
    case .notYourSquad: Texts(zh: "该事件不由您队承办", en: "The case is not your squad's")
    case .notJudged: Texts(zh: "尚未定类", en: "The case has not been judged")
    case .dangerForbidsDiversion:
      Texts(zh: "涉险事件不得分流出公安或救援", en: "A danger cue forbids diversion away from police and rescue")
    case .jointOrderBinds: Texts(zh: "指定交办不得退回", en: "A joint order cannot be refused")
    case .alreadyPaused: Texts(zh: "已经暂停", en: "The clocks are paused already")
    case .notPaused: Texts(zh: "并未暂停", en: "The clocks are not paused")
    case .paused: Texts(zh: "计时已暂停", en: "The clocks are paused")
    case .reportNotInCase: Texts(zh: "该报警不属于此事件", en: "The report is not part of the case")
    case .lastReport: Texts(zh: "事件须至少保留一条报警", en: "A case keeps at least one report")
    case .mergeTargetEnded: Texts(zh: "并入的事件已结束", en: "The case to merge into has ended")
    case .noAnswerYet: Texts(zh: "诉求人尚未认可", en: "The reporter has not agreed yet")
    case .nothingDue: Texts(zh: "没有到期的时限", en: "No deadline is due")
    case .unavailable: Texts(zh: "暂时无法服务", en: "The service is unavailable for now")
    case .internal: Texts(zh: "服务器内部错误", en: "Something went wrong on our side")
    default: peopleTitle
    }
  }

  private var peopleTitle: Texts {
    switch self {
    case .accountDisabled: Texts(zh: "账号已停用", en: "The account is out of use")
    case .unknownAccount: Texts(zh: "没有这个账号", en: "There is no such account")
    case .unknownToken: Texts(zh: "没有这个令牌", en: "There is no such token")
    case .nameUnusable: Texts(zh: "名称不可用", en: "The name is not usable")
    case .nameTaken: Texts(zh: "名称已被使用", en: "The name is taken")
    case .notAllowedThere: Texts(zh: "不在您的管理范围内", en: "That is outside what you administer")
    case .notYourself: Texts(zh: "不能对本人办理", en: "Somebody else has to do this to you")
    case .passwordWrong: Texts(zh: "现密码不正确", en: "The present password is wrong")
    case .passwordUnusable: Texts(zh: "密码不可用", en: "The password is not usable")
    case .postImpossible: Texts(zh: "岗位设置不成立", en: "The post cannot be")
    case .scopesUnusable: Texts(zh: "权限范围不可用", en: "The scopes are not usable")
    case .expiryPast: Texts(zh: "有效期已过", en: "The expiry lies in the past")
    case .plateNotOurs: Texts(zh: "这不是本系统的门牌编码", en: "This code is not one of our plates")
    case .plateRevoked: Texts(zh: "这块门牌已停用", en: "This plate is no longer in use")
    case .formExpired: Texts(zh: "页面打开过久,请重新扫码", en: "The page was open for too long: please scan again")
    case .photoUnusable: Texts(zh: "照片无法使用", en: "The photo cannot be used")
    case .voiceUnusable: Texts(zh: "录音无法使用", en: "The recording cannot be used")
    case .signatureMissing: Texts(zh: "须双方签名", en: "Every party has to sign")
    case .unknownReceipt: Texts(zh: "没有这个回执码", en: "There is no receipt with this code")
    default: indexTitle
    }
  }

  private var indexTitle: Texts {
    switch self {
    case .periodUnusable: Texts(zh: "这段日期不能编制", en: "No edition can be made of these days")
    case .editionUnderWay: Texts(zh: "正在编制另一期,请稍候", en: "Another edition is being made: please wait")
    case .nothingToPublish: Texts(zh: "配置包没有规定发布什么", en: "The city's pack does not say what is published")
    case .unknownEdition: Texts(zh: "没有这一期", en: "There is no such edition")
    case .unknownScenario: Texts(zh: "没有这个场景", en: "There is no such scenario")
    case .olderEvidence:
      Texts(zh: "已按更近的一期作出决定", en: "A decision by a later edition stands")
    default: preconditionFailure("a problem without a title")
    }
  }
}
