import Domain
import Features
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// What the simulated people ask of a program, asked of a running server over HTTP. Serves one simulator, so that there
/// is one request under way at a time; it is sent under its key until it is answered.
final class RemoteCity: CityService {
  /// The time of the load is over.
  struct Over: Error {}
  /// Sent again and again without an answer.
  struct Unanswered: Error {}

  struct Figures: Sendable {
    var latencies = Latencies()
    var repeated = 0
    /// Why the first report that was refused was refused.
    var refusedReport: RemoteRefusal?
  }

  private let connection: APIConnection
  private let posts: RemotePosts
  private let keys: String
  private let until: ContinuousClock.Instant?
  private let acknowledge: @Sendable (LoadClient.Acknowledged) -> Void
  private let asked = Atomic(0)
  let figures = Mutex(Figures())

  private static let pause = Duration.milliseconds(20)
  private static let patience = Duration.seconds(60)

  /// - Parameter keys: what the keys of this sender begin with.
  init(connection: APIConnection, posts: RemotePosts, keys: String, until: ContinuousClock.Instant?,
       acknowledged: @Sendable @escaping (LoadClient.Acknowledged) -> Void) {
    self.connection = connection
    self.posts = posts
    self.keys = keys
    self.until = until
    acknowledge = acknowledged
  }

  func receive(_ report: IncomingReport, by actor: Actor, key: RequestKey?) async throws -> Receipt {
    let body = try Self.encoder.encode(ReportBody(report))
    do {
      let (key, answer) = try await ask(.POST, "/api/v1/reports", by: actor, body: [UInt8](body))
      let taken = try ReceiptAnswer.read(answer)
      acknowledge(.init(key: key, report: taken.report, caseID: taken.case))
      return taken.receipt
    } catch let refusal as RemoteRefusal {
      figures.withLock { $0.refusedReport = $0.refusedReport ?? refusal }
      throw refusal
    }
  }

  func handle(_ request: HandleCase.Request, case id: String, by actor: Actor, key: RequestKey?) async throws
    -> CaseAnswer
  {
    guard let step = RemoteStep(request) else {
      throw Rejection.notByRole(step: request.action.step, role: actor.role)
    }
    let body = try Self.encoder.encode(step.body)
    return try await CaseAnswer.read(
      ask(.POST, "/api/v1/cases/\(id)/\(step.noun)", by: actor, body: [UInt8](body)).answer)
  }

  func merge(_ id: String, into target: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer {
    let body = try Self.encoder.encode(["into": target])
    return try await CaseAnswer.read(
      ask(.POST, "/api/v1/cases/\(id)/merger", by: actor, body: [UInt8](body)).answer)
  }

  func unmerge(_ id: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer {
    try await CaseAnswer.read(ask(.DELETE, "/api/v1/cases/\(id)/merger", by: actor).answer)
  }

  func show(_ id: String, for actor: Actor) async throws -> CaseAnswer {
    try await Detail.read(ask(.GET, "/api/v1/cases/\(id)", by: actor).answer).case
  }

  /// The server works off what is due by itself.
  func runScheduler() async throws -> Int { 0 }

  func close() async { await connection.close() }

  /// - Throws: ``Over``, ``Unanswered``.
  private func ask(_ method: HTTPMethod, _ path: String, by actor: Actor, body: [UInt8]? = nil) async throws
    -> (key: String, answer: APIConnection.Answer)
  {
    let begun = ContinuousClock.now
    if let until, begun >= until { throw Over() }
    let key = "\(keys)-\(asked.add(1, ordering: .relaxed).newValue)"
    while true {
      let answer = try await attempt {
        try await connection.ask(method, path, token: posts.token(for: actor), key: method == .GET ? nil : key,
                                 body: body)
      }
      let waited = begun.duration(to: .now)
      if let answer, answer.status < 500, answer.status != 429 {
        figures.withLock { $0.latencies.add(microseconds: Int64(waited / .microseconds(1))) }
        return (key, answer)
      }
      guard waited < Self.patience else { throw Unanswered() }
      figures.withLock { $0.repeated += 1 }
      try await Task.sleep(for: Self.pause)
    }
  }

  /// Nil where the connection was lost or could not be opened.
  private func attempt(_ ask: () async throws -> APIConnection.Answer) async throws -> APIConnection.Answer? {
    do { return try await ask() } catch let refusal as RemoteRefusal { throw refusal } catch { return nil }
  }

  private static let encoder = JSONEncoder()

  private struct Detail: Decodable { let `case`: CaseAnswer }

  private struct ReceiptAnswer: Decodable {
    let report: String
    let `case`: String
    let phase: Phase
    let kind: String?
    let agency: String?

    var receipt: Receipt {
      Receipt(report: report, case: self.case, phase: phase, kind: kind, agency: agency,
              receivedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))
    }
  }
}

/// A step on a case as the API has it: a noun below the case, and a body.
struct RemoteStep {
  struct Body: Encodable {
    var kind: String?
    var severity: Severity?
    var agency: String?
    var supporting: [String]?
    var squad: String?
    var reasons: [String]?
    var reason: String?
    var outcome: Outcome?
    var loss: Int?
    var channel: String?
    var stars: Int?
    var words: String?
  }

  let noun: String
  let body: Body

  /// Nil for a step that nobody takes by hand.
  init?(_ request: HandleCase.Request) {
    let words = request.note?.text
    switch request.action {
    case .judge(let wish): self.init("judgement", Body(kind: wish.kind, severity: wish.severity))
    case .assign(let wish): self.init("assignment", Body(agency: wish.agency, supporting: wish.supporting))
    case .orderJointly(let wish): self.init("joint-order", Body(agency: wish.agency, supporting: wish.supporting))
    case .sign, .squadSign: self.init("signature", Body())
    case .refuse(let reason, _): self.init("refusal", Body(reason: reason, words: words))
    case .dispatch(let squad, let reasons): self.init("dispatch", Body(squad: squad, reasons: reasons))
    case .setOut: self.init("departure", Body())
    case .arrive: self.init("arrival", Body())
    case .conclude(let outcome, _, let loss):
      self.init("outcome", Body(outcome: outcome, loss: loss, words: words))
    case .answer(let channel, _): self.init("feedback", Body(channel: channel, words: words))
    case .confirm: self.init("confirmation", Body())
    case .rate(let stars): self.init("rating", Body(stars: stars))
    case .complain: self.init("complaint", Body(words: words))
    case .close: self.init("closure", Body())
    case .reopen(let reason, _): self.init("reopening", Body(reason: reason, words: words))
    case .handBack(let reason, _): self.init("hand-back", Body(reason: reason, words: words))
    case .pause(let reason, _): self.init("pause", Body(reason: reason, words: words))
    case .resume(let reason): self.init("resumption", Body(reason: reason))
    case .rectify: self.init("rectification", Body(words: words))
    case .addNote: self.init("note", Body(words: words))
    case .markReturned, .join, .part, .merge, .unmerge, .notice: return nil
    }
  }

  private init(_ noun: String, _ body: Body) {
    self.noun = noun
    self.body = body
  }
}
