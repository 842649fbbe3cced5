import Domain
import SQL

/// Takes a report in that somebody sent who scanned a plate: without an account, with the plate's place, by the same
/// way as every other report. What is answered is a receipt.
public struct ReceivePlateReport: Sendable {
  private let site: Installation
  private let press: PhotoPress

  /// - Parameter press: one for the process: it bounds how much is decoded at a time.
  public init(_ site: Installation, press: PhotoPress) {
    self.site = site
    self.press = press
  }

  /// What somebody filled in.
  public struct Filled: Sendable, Hashable {
    /// One of those that the plate offers; nil where only words were given.
    public var kind: String?
    public var text: String
    public var contact: String?
    /// Where the phone was, if it was allowed to say so.
    public var position: Coordinate?
    /// The radius within which the phone is sure of it, in metres.
    public var accuracyMetres: Double?
    /// Files as they came.
    public var photos: [[UInt8]]

    public init(kind: String?, text: String, contact: String? = nil, position: Coordinate? = nil,
                accuracyMetres: Double? = nil, photos: [[UInt8]] = []) {
      self.kind = kind
      self.text = text
      self.contact = contact
      self.position = position
      self.accuracyMetres = accuracyMetres
      self.photos = photos
    }
  }

  /// - Parameters:
  ///   - token: as it was scanned.
  ///   - nonce: of the form that was shown: the same one with the same contents is answered with the same receipt.
  ///   - address: the sender's, for ``PlateThrottle`` alone.
  /// - Throws: ``PlateFault``, ``PhotoFault``, ``ReportFault``, `Rejection`, ``RequestKeyReused``. Then nothing was taken in.
  public func callAsFunction(_ filled: Filled, token: String, nonce: String, body: [UInt8], from address: String)
    async throws -> ReceiptCode
  {
    let nonce = try FormNonce(nonce, at: site.now())
    let plate = try await Plates(site).plate(scanned: token)
    let receive = ReceiveReport(site)
    var report = try report(filled, plate)
    report.photos = try await press.press(filled.photos)
    let prepared = try receive.prepare(report)
    let reporter = Actor(id: "reporter:plate-\(plate.number)", role: .reporter, division: prepared.facts.division)
    let foreseen = try await receive.foresee(prepared, by: reporter)
    let key = RequestKey(scope: "plate:\(plate.number)", key: nonce.text, body: body)
    let buckets = Self.buckets(prepared, plate, network: ClientAddress.network(of: address), pack: site.pack)
    let receipt = try await site.database.write { connection in
      // It may have been revoked since.
      _ = try Plates(site).plate(scanned: token, on: connection)
      let decided = try receive.decide(prepared, by: reporter, foreseen, on: connection)
      return try site.once(key, answering: decided.receipt, as: decided.answer, on: connection) {
        try PlateThrottle(site: site, connection: connection).charge(buckets)
        try receive.store(decided, on: connection)
        let code = ReceiptCode(report: prepared.facts.id, vault: site.vault)
        try connection.run(
          """
          INSERT INTO plate_receipts (district, lookup, report)
          VALUES (\(site.district), \(code.lookup(site.vault)), \(prepared.facts.id))
          """)
      }
    }
    return ReceiptCode(report: receipt.report, vault: site.vault)
  }

  private func report(_ filled: Filled, _ plate: Plate) throws -> IncomingReport {
    guard let place = site.pack.place(plate.place), let rules = site.pack.plates else { throw PlateFault.notOurs }
    if let kind = filled.kind {
      let isOffered = PlateRules.Wish.allCases.contains { rules.kinds($0, use: place.use).contains(kind) }
      guard isOffered else { throw Rejection.unknownKind(kind) }
    }
    if let position = filled.position, !position.isValid { throw ReportFault.coordinateImpossible }
    var attributes = ["plate": String(plate.number)]
    if let position = filled.position {
      let accuracy = filled.accuracyMetres.map { " ±\(Int(min(max($0, 0), 100_000))) m" } ?? ""
      attributes["phone-position"] = "\(position.latitude), \(position.longitude)" + accuracy
    }
    return IncomingReport(
      door: "plate", kind: filled.kind, text: filled.text, reporterContact: filled.contact,
      address: address(place, plate.unit), place: place.code, attributes: attributes,
      plate: PlateMark(number: plate.number, awayMetres: away(filled, from: place)))
  }

  /// Divisions, place and unit, in the city's own language.
  private func address(_ place: Place, _ unit: String) -> String {
    let divisions = site.pack.divisionPath(place.division).reversed().compactMap { site.pack.division($0)?.names.zh }
    return (divisions + [place.names.zh, unit]).joined()
  }

  /// Nil where it fits, or nothing is known: phones are off by a block among houses.
  private func away(_ filled: Filled, from place: Place) -> Int? {
    guard let position = filled.position, site.pack.place(containing: position)?.code != place.code else { return nil }
    let metres = position.distanceMetres(to: place.centre)
    guard metres > Self.fitMetres + min(max(filled.accuracyMetres ?? 0, 0), 1_000) else { return nil }
    let step = metres < 1_000 ? 100.0 : 1_000.0
    return Int((metres / step).rounded() * step)
  }

  static let fitMetres = 300.0

  private static func buckets(_ prepared: ReceiveReport.Prepared, _ plate: Plate, network: String, pack: CityPack)
    -> [PlateThrottle.Bucket]
  {
    let kind = prepared.facts.kind.flatMap { pack.kind($0) }
    guard prepared.facts.dangers.isEmpty, kind?.severity != .critical else {
      return [.danger(plate: plate.number, network: network)]
    }
    return [.sender(plate: plate.number, network: network), .plate(plate.number), .network(network)]
  }
}
