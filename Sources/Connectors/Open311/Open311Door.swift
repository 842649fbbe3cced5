import Domain
import Features

/// Open311 GeoReport v2, whole: discovery, services and their definitions, requests in and out, tokens; in XML and
/// JSON. Everything below ``pathPrefix``.
///
/// Service codes are kinds, service request identifiers are cases. Keys are API tokens with the scope `reports:write`.
/// The public sees what ``Features/PublicCases`` lets it see. Source: wiki.open311.org/GeoReport_v2.
public struct Open311Door: Sendable {
  public static let pathPrefix = "/open311"
  public static let methods = ["GET", "POST"]
  /// 4,000 characters, each percent-encoded, and the rest.
  public static let bodyBytesMax = 128 * 1024
  static let specification = "http://wiki.open311.org/GeoReport_v2"

  private let site: Installation
  private let tokens: Tokens
  private let contact: String

  /// - Parameter contact: whom to ask for a key or for help; stands in the discovery document.
  public init(_ site: Installation, contact: String = "") {
    self.site = site
    self.contact = contact
    tokens = Tokens(site)
  }

  public func handle(_ request: DoorRequest) async -> DoorResponse {
    let path = Open311Path(request)
    do {
      let document = try await answer(request, path)
      return DoorResponse(status: 200, contentType: path.format.contentType, body: document.encoded(path.format))
    } catch {
      let fault = Open311Fault(error)
      var headers: [String: String] = [:]
      if case .methodNotAllowed(let allowed) = fault { headers["Allow"] = allowed }
      return DoorResponse(status: fault.status, contentType: path.format.contentType, headers: headers,
                          body: fault.document.encoded(path.format))
    }
  }

  private func answer(_ request: DoorRequest, _ path: Open311Path) async throws -> Open311Document {
    if path.parts == ["discovery"] {
      try allow("GET", request)
      return try await discovery(request)
    }
    guard path.parts.first == "v2" else { throw Open311Fault.unknownResource }
    let form = try Open311Form(request)
    let language = Open311Language(form, request)
    try checkJurisdiction(form)
    let requests = Open311Requests(site: site, language: language)
    switch (path.parts.dropFirst().first, path.parts.count) {
    case ("services", 2):
      try allow("GET", request)
      return Open311Services(pack: site.pack, language: language).list
    case ("services", 3):
      try allow("GET", request)
      let kind = try Open311Services.kind(path.parts[2], site.pack)
      return Open311Services(pack: site.pack, language: language).definition(kind)
    case ("requests", 2):
      guard request.method == "POST" else {
        try allow("GET, POST", request)
        return try await requests.many(form)
      }
      return try await submit(form, request)
    case ("requests", 3):
      try allow("GET", request)
      return try await requests.one(path.parts[2], for: sender(form))
    case ("tokens", 3):
      try allow("GET", request)
      return try await token(path.parts[2], requests, form)
    default: throw Open311Fault.unknownResource
    }
  }

  private func allow(_ allowed: String, _ request: DoorRequest) throws(Open311Fault) {
    guard request.method == "GET" else { throw .methodNotAllowed(allowed: allowed) }
  }

  /// There is one jurisdiction here, so that nobody has to name it; who does must name the right one.
  private func checkJurisdiction(_ form: Open311Form) throws(Open311Fault) {
    guard form["jurisdiction_id"].map({ $0 == site.district }) ?? true else { throw .unknownJurisdiction }
  }

  private func submit(_ form: Open311Form, _ request: DoorRequest) async throws -> Open311Document {
    guard form["api_key"] != nil else { throw Open311Fault.keyMissing }
    guard let caller = try await caller(form) else { throw Open311Fault.keyInvalid }
    guard caller.may(.reportsWrite) else { throw Open311Fault.keyNotAllowed }
    return try await Open311Submission(site: site).receive(form, request, by: caller.actor)
  }

  private func caller(_ form: Open311Form) async throws -> Caller? {
    guard let key = form["api_key"] else { return nil }
    return try await tokens.caller(bearer: key)
  }

  private func sender(_ form: Open311Form) async throws -> Actor? { try await caller(form)?.actor }

  /// Identifiers are given at once, so that a token is only ever the identifier itself.
  private func token(_ token: String, _ requests: Open311Requests, _ form: Open311Form) async throws
    -> Open311Document
  {
    do { _ = try await requests.one(token, for: sender(form)) } catch Open311Fault.unknownRequest {
      throw Open311Fault.unknownToken
    }
    let answer = Open311Node.fields(["service_request_id": .text(token), "token": .text(token)])
    return Open311Document(root: "service_requests", node: .list("request", [answer]))
  }

  // MARK: - Discovery

  private func discovery(_ request: DoorRequest) async throws -> Open311Document {
    let time = Open311Time(zone: site.pack.calendar.zone)
    let changed = Open311Node.text(time.text(try await PublicCases(site).packSince()))
    let help = contact.isEmpty ? "\(site.pack.names.zh) / \(site.pack.names.en)" : contact
    let endpoint = Open311Node.fields([
      "specification": .text(Self.specification), "url": .text(Self.origin(request) + Self.pathPrefix + "/v2"),
      "changeset": changed, "type": .text(site.pack.isSynthetic ? "test" : "production"),
      "formats": .list("format", [.text("text/xml"), .text("application/json")]),
    ])
    return Open311Document(root: "discovery", node: .fields([
      "changeset": changed, "contact": .text(help), "key_service": .text(help),
      "endpoints": .list("endpoint", [endpoint]),
    ]))
  }

  /// As the caller sees it. A name that is none is left out: what it says goes back to the caller alone, but a cache
  /// in between may keep it.
  private static func origin(_ request: DoorRequest) -> String {
    guard let host = request.headers["host"] ?? request.headers[":authority"],
      host.utf8.allSatisfy({ isHostByte($0) }), !host.isEmpty
    else { return "" }
    return (request.headers["x-forwarded-proto"] == "https" ? "https://" : "http://") + host
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"),
      UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }
}

/// The path below the prefix, without the format that stands at its end.
struct Open311Path: Sendable {
  let parts: [String]
  /// XML where none is named: it is the one that every endpoint has.
  let format: Open311Document.Format

  init(_ request: DoorRequest) {
    var parts = request.path.dropFirst(Open311Door.pathPrefix.count).split(separator: "/").map(String.init)
    let named = Open311Document.Format.allCases.first { parts.last?.hasSuffix("." + $0.rawValue) ?? false }
    if let named, let last = parts.popLast() { parts.append(String(last.dropLast(named.rawValue.count + 1))) }
    let accepts = request.headers["accept"] ?? ""
    self.parts = parts
    format = named ?? (accepts.hasPrefix("application/json") ? .json : .xml)
  }
}
