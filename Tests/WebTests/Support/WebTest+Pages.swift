import Domain
import Foundation
import HTTPTypes
import Testing
import Web

extension WebTest {
  /// Posts a form as a browser does.
  func post(_ path: String, _ fields: [String: String], token: String? = nil, headers: [String: String] = [:])
    async throws -> Answer
  {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~")
    let body = fields.sorted { $0.key < $1.key }.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }.joined(separator: "&")
    var headers = headers
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return try await ask(.post, path, token: token, headers: headers, body: Array(body.utf8))
  }

  /// Fills in and sends a form that a page shows, with the key that stands in it.
  func send(_ noun: String, _ fields: [String: String] = [:], case id: String, token: String) async throws -> Answer {
    let page = try await ask(.get, "/cases/\(id)", token: token)
    let key = try #require(page.key(ofStep: noun), "no form for \(noun)")
    return try await post("/cases/\(id)/\(noun)", fields.merging(["key": key]) { old, _ in old }, token: token)
  }

  /// Takes a report down at the desk and returns its case.
  func takeDown(_ fields: [String: String], token: String) async throws -> String {
    let answer = try await post("/reports/new", fields, token: token)
    let location = try #require(answer.headers[.location], "\(answer.status) \(answer.text)")
    return String(location.split(separator: "/")[1].prefix { $0 != "?" })
  }
}

extension Answer {
  /// The hidden key of a step's form on a case's page; nil where the step is not offered.
  func key(ofStep noun: String) -> String? {
    guard let form = text.range(of: "/\(noun)\"") else { return nil }
    let rest = text[form.upperBound...]
    guard let mark = rest.range(of: "name=\"key\" value=\"") else { return nil }
    return String(rest[mark.upperBound...].prefix { $0 != "\"" })
  }

  /// The addresses that a page links to.
  var links: [String] {
    text.components(separatedBy: "href=\"").dropFirst().map { part in
      String(part.prefix { $0 != "\"" }).replacingOccurrences(of: "&amp;", with: "&")
    }
  }
}
