import Domain
import SQL

/// What a reporter without an account sees and does by the code of a receipt: as the reporter of that one report.
public struct FollowReceipt: Sendable {
  private let site: Installation

  public init(_ site: Installation) { self.site = site }

  /// The report, and the case that it belongs to now.
  public struct Status: Sendable {
    public let code: ReceiptCode
    public let report: ReportFacts
    public let actor: Actor
    public let detail: ShowCase.Detail
  }

  /// - Throws: ``ReceiptUnknown``.
  public func callAsFunction(_ code: ReceiptCode) async throws -> Status {
    let (actor, report, id) = try await find(code)
    let detail = try await ShowCase(site)(id, for: actor)
    guard let facts = detail.state.reports.first(where: { $0.facts.id == report })?.facts else {
      throw ReceiptUnknown()
    }
    return Status(code: code, report: facts, actor: actor, detail: detail)
  }

  /// Confirms, rates, complains or says that it is not solved. See ``ReceivePlateReport`` for the nonce.
  /// - Throws: ``ReceiptUnknown``, ``PlateFault/tooSoon(_:)`` and what ``HandleCase`` throws.
  public func handle(_ request: HandleCase.Request, _ code: ReceiptCode, nonce: String, body: [UInt8]) async throws {
    let nonce = try FormNonce(nonce, at: site.now())
    let (actor, report, id) = try await find(code)
    let key = RequestKey(scope: "receipt:\(report) \(request.action.step.rawValue)", key: nonce.text, body: body)
    try await site.database.write { connection in
      try PlateThrottle(site: site, connection: connection).charge([.receipt(report)])
    }
    _ = try await HandleCase(site)(request, case: id, by: actor, key: key)
  }

  /// The words of the answer that stands; nil where it has none, or they were erased. The look is journalled, as
  /// every look is.
  public func answer(_ code: ReceiptCode) async throws -> String? {
    let status = try await self(code)
    guard let reference = status.detail.state.round.answer?.note else { return nil }
    return try await site.database.write { connection in
      do {
        let note = try site.vault.open(CaseNote.self, reference, district: site.district, on: connection)
        try AuditTrail(site: site, connection: connection).append(
          "looked", LookIntoVault.Looked(case: status.detail.state.id, purpose: "receipt"),
          to: AuditTrail.vault(reference), by: status.actor.id, at: site.now())
        return note.text
      } catch Vault.Failure.erased { return nil }
    }
  }

  private func find(_ code: ReceiptCode) async throws -> (actor: Actor, report: String, case: String) {
    let lookup = code.lookup(site.vault)
    let found = try await site.database.read { connection in
      try connection.first(
        """
        SELECT r.id, r.case_id FROM plate_receipts p JOIN case_reports r ON r.district = p.district AND r.id = p.report
        WHERE p.district = \(site.district) AND p.lookup = \(lookup)
        """
      ) { ($0.text(0), $0.text(1)) }
    }
    guard let (report, id) = found else { throw ReceiptUnknown() }
    return (Actor(id: "reporter:" + report, role: .reporter, division: site.district), report, id)
  }
}

/// No report has this code.
public struct ReceiptUnknown: Error, Sendable, Hashable {
  public init() {}
}
