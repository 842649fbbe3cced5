import Domain
import Features
import Hummingbird

/// The names behind the codes, for whoever shows cases to people.
enum PackEndpoint {
  static func all(_ parts: WebParts) -> [Endpoint] {
    // The pack does not change while the server runs.
    let view = PackView(parts.site.pack)
    return [
      Endpoint(
        .get, "/api/v1/pack", "readPack", zh: "城市配置包的名称", en: "The names of the city pack", access: .caller,
        answer: .json(PackView.schema)
      ) { _ in try JSON.response(view) }
    ]
  }
}

struct PackView: Encodable, Sendable {
  struct Named: Encodable, Sendable {
    let code: String
    let names: Texts
    var parent: String?
    var jurisdiction: Jurisdiction?
    var severity: Severity?
    var division: String?
    var agency: String?
    var isLeaf: Bool?
  }

  let version: String
  let district: String
  let names: Texts
  let isSynthetic: Bool
  let timeZone: String
  let kinds: [Named]
  let divisions: [Named]
  let agencies: [Named]
  let squads: [Named]
  let doors: [String]

  init(_ pack: CityPack) {
    version = pack.version
    district = pack.district
    names = pack.names
    isSynthetic = pack.isSynthetic
    timeZone = pack.calendar.zone.name
    kinds = pack.kinds.map {
      Named(code: $0.code, names: $0.names, jurisdiction: $0.jurisdiction, severity: $0.severity,
            isLeaf: pack.isLeaf(kind: $0.code))
    }
    divisions = pack.divisions.map { Named(code: $0.code, names: $0.names, parent: $0.parent) }
    agencies = pack.agencies.map { Named(code: $0.code, names: $0.names, division: $0.division) }
    squads = pack.squads.map { Named(code: $0.code, names: $0.names, division: $0.division, agency: $0.agency) }
    doors = pack.desks.keys.sorted()
  }

  static let schema: Schema = {
    let named = Schema.object([
      .required("code", .string()), .required("names", .texts), .optional("parent", .string()),
      .optional("jurisdiction", .words(Jurisdiction.self)), .optional("severity", .words(Severity.self)),
      .optional("division", .string()), .optional("agency", .string()), .optional("isLeaf", .boolean),
    ]).named("Named")
    return Schema.object([
      .required("version", .string()), .required("district", .string()), .required("names", .texts),
      .required("isSynthetic", .boolean), .required("timeZone", .string()), .required("kinds", .list(named)),
      .required("divisions", .list(named)), .required("agencies", .list(named)), .required("squads", .list(named)),
      .required("doors", .list(.string())),
    ]).named("Pack")
  }()
}
