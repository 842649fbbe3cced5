import Domain
import Features

/// What the simulated people may ask of the program: its public use cases, never its tables.
public protocol CityService: Sendable {
  func receive(_ report: IncomingReport, by actor: Actor, key: RequestKey?) async throws -> Receipt
  func handle(_ request: HandleCase.Request, case id: String, by actor: Actor, key: RequestKey?) async throws
    -> CaseAnswer
  func merge(_ id: String, into target: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer
  func unmerge(_ id: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer
  func show(_ id: String, for actor: Actor) async throws -> CaseAnswer
  /// Works off what is due, at most one batch; returns how many rows were claimed.
  func runScheduler() async throws -> Int
}

/// One node over one installation.
public struct Node: CityService {
  private let receiveReport: ReceiveReport
  private let handleCase: HandleCase
  private let mergeCases: MergeCases
  private let showCase: ShowCase
  private let scheduler: Scheduler

  public init(_ site: Installation, name: String) {
    receiveReport = ReceiveReport(site)
    handleCase = HandleCase(site)
    mergeCases = MergeCases(site)
    showCase = ShowCase(site)
    scheduler = Scheduler(site, node: name)
  }

  public func receive(_ report: IncomingReport, by actor: Actor, key: RequestKey?) async throws -> Receipt {
    try await receiveReport(report, by: actor, key: key)
  }

  public func handle(_ request: HandleCase.Request, case id: String, by actor: Actor, key: RequestKey?) async throws
    -> CaseAnswer
  {
    CaseAnswer(try await handleCase(request, case: id, by: actor, key: key))
  }

  public func merge(_ id: String, into target: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer {
    CaseAnswer(try await mergeCases.merge(id, into: target, by: actor, key: key))
  }

  public func unmerge(_ id: String, by actor: Actor, key: RequestKey?) async throws -> CaseAnswer {
    CaseAnswer(try await mergeCases.unmerge(id, by: actor, key: key))
  }

  public func show(_ id: String, for actor: Actor) async throws -> CaseAnswer {
    CaseAnswer(try await showCase(id, for: actor).summary)
  }

  public func runScheduler() async throws -> Int { try await scheduler.run() }
}
