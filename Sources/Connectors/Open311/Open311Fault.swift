import Domain
import Features

/// Why Open311 cannot answer, with the status that its specification gives.
enum Open311Fault: Error, Sendable, Hashable {
  case unknownResource
  case methodNotAllowed(allowed: String)
  case unknownJurisdiction
  case serviceCodeMissing
  case unknownService
  case unknownRequest
  case unknownToken
  case keyMissing
  case keyInvalid
  case keyNotAllowed
  case formUnreadable
  case characterImpossible(field: String)
  case locationMissing
  case latitudeUnreadable
  case unknownAddress
  case attributeMissing(String)
  case attributeInvalid(String)
  case descriptionTooLong
  case mediaURLInvalid
  case dateUnreadable(String)
  case rangeTooLong
  case rangeReversed
  case statusUnknown
  case pageInvalid
  case tooManyIdentifiers
  case keyReused
  case report(ReportFault)
  case rejection(Rejection)
  /// Nothing the caller can mend.
  case failed
}

extension Open311Fault {
  var status: Int {
    switch self {
    case .unknownResource, .unknownJurisdiction, .unknownService, .unknownRequest, .unknownToken: 404
    case .methodNotAllowed: 405
    case .keyMissing, .keyInvalid, .keyNotAllowed: 403
    case .keyReused: 409
    case .failed: 500
    case .rejection(.notByRole): 403
    default: 400
    }
  }

  var document: Open311Document {
    let error = Open311Node.fields([
      "code": .number(Double(status)), "description": .text("\(reason.zh)。 \(reason.en)"),
    ])
    return Open311Document(root: "errors", node: .list("error", [error]))
  }

  private var reason: Texts {
    switch self {
    case .unknownResource: Texts(zh: "没有这个资源", en: "There is no such resource.")
    case .methodNotAllowed(let allowed): Texts(zh: "只允许 \(allowed)", en: "Only \(allowed) is allowed here.")
    case .unknownJurisdiction: Texts(zh: "jurisdiction_id 不存在", en: "jurisdiction_id was not found.")
    case .serviceCodeMissing: Texts(zh: "缺少 service_code", en: "service_code was not provided.")
    case .unknownService: Texts(zh: "service_code 不存在", en: "service_code was not found.")
    case .unknownRequest: Texts(zh: "service_request_id 不存在", en: "service_request_id was not found.")
    case .unknownToken: Texts(zh: "token 不存在", en: "token was not found.")
    case .keyMissing: Texts(zh: "缺少 api_key", en: "api_key was not provided.")
    case .keyInvalid: Texts(zh: "api_key 无效", en: "api_key is not valid.")
    case .keyNotAllowed: Texts(zh: "此 api_key 无权提交", en: "This api_key may not submit requests.")
    case .formUnreadable:
      Texts(zh: "请求体应为 application/x-www-form-urlencoded 编码的 UTF-8 表单",
            en: "The body must be a form, application/x-www-form-urlencoded, in UTF-8.")
    case .characterImpossible(let field):
      Texts(zh: "\(field) 含有不可用的字符", en: "\(field) holds characters that cannot be represented.")
    default: formReason
    }
  }

  /// Of a form's or a query's fields.
  private var formReason: Texts {
    switch self {
    case .locationMissing:
      Texts(zh: "须给出 lat 与 long、address_string 或 address_id",
            en: "A location is needed: lat and long, address_string, or address_id.")
    case .latitudeUnreadable:
      Texts(zh: "lat 与 long 须同时给出,且为 WGS-84 度数", en: "lat and long come together, in degrees of WGS-84.")
    case .unknownAddress: Texts(zh: "address_id 不存在", en: "address_id was not found.")
    case .attributeMissing(let code): Texts(zh: "缺少 attribute[\(code)]", en: "attribute[\(code)] is required.")
    case .attributeInvalid(let code):
      Texts(zh: "attribute[\(code)] 的值无效", en: "The value of attribute[\(code)] is not valid.")
    case .descriptionTooLong:
      Texts(zh: "description 不得超过 4000 字", en: "description is limited to 4,000 characters.")
    case .mediaURLInvalid: Texts(zh: "media_url 须为 http 或 https 网址", en: "media_url must be an http or https URL.")
    case .dateUnreadable(let name):
      Texts(zh: "\(name) 须形如 2010-01-01T00:00:00Z", en: "\(name) must be a time such as 2010-01-01T00:00:00Z.")
    case .rangeTooLong: Texts(zh: "时间范围不得超过 90 天", en: "The range may not span more than 90 days.")
    case .rangeReversed: Texts(zh: "start_date 晚于 end_date", en: "start_date is after end_date.")
    case .statusUnknown: Texts(zh: "status 只能是 open 或 closed", en: "status is open or closed.")
    case .pageInvalid:
      Texts(zh: "page 从 1 起,page_size 为 1 至 1000", en: "page begins at 1; page_size is 1 to 1,000.")
    case .tooManyIdentifiers:
      Texts(zh: "一次最多查询 1000 个 service_request_id", en: "At most 1,000 service_request_id at once.")
    case .keyReused:
      Texts(zh: "同一 Idempotency-Key 已用于另一请求", en: "This Idempotency-Key was used for another request.")
    case .report(let fault): fault.reason
    case .rejection(let rejection): rejection.intakeReason
    default: Texts(zh: "系统暂时无法处理,请稍后再试", en: "This cannot be processed now; try again later.")
    }
  }

  init(_ error: any Error) {
    self = switch error {
    case let fault as Open311Fault: fault
    case ReportFault.textTooLong: .descriptionTooLong
    case ReportFault.locationMissing: .locationMissing
    case let fault as ReportFault: .report(fault)
    case Rejection.unknownPlace: .unknownAddress
    case let rejection as Rejection: .rejection(rejection)
    case is RequestKeyReused: .keyReused
    default: .failed
    }
  }
}
