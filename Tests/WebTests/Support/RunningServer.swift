import Crypto
import Domain
import Features
import Foundation
import Logging
import ServiceLifecycle
import SQL
import Testing
import Web

/// A server on a real socket.
struct RunningServer: Sendable {
  let site: Installation
  let port: Int

  /// Runs `body` beside a server on `database`, which is told to stop behind it and must then end by itself.
  /// - Parameter vault: nodes of one installation have the same key.
  static func with<T: Sendable>(
    _ database: any Database, vault: Vault = Vault(master: SymmetricKey(size: .bits256)),
    body: (RunningServer) async throws -> T
  ) async throws -> T {
    let packs = try SmallCity.shelf()
    try await database.migrate(Installation.migrations)
    try await database.write { try packs.store(at: TestClock.start, on: $0) }
    let site = Installation(
      database: database, packs: packs, vault: vault, now: { TestClock.start },
      makeID: { Identifier.make(at: TestClock.start) })
    let (ports, running) = AsyncStream.makeStream(of: Int.self)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let server = WebServer(site: site, settings: WebSettings(port: 0), logger: logger) { running.yield($0) }
    let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
    let outcome = try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      let port = try #require(await ports.first { _ in true })
      let outcome: Result<T, any Error>
      do { outcome = .success(try await body(RunningServer(site: site, port: port))) } catch {
        outcome = .failure(error)
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return outcome
    }
    return try outcome.get()
  }

  func token(_ role: Role = .operator) async throws -> String {
    try await Tokens(site).create(name: "test", role: role, by: WebTest.system)
  }
}

/// Blocking calls must not take the threads that a server answers on.
func onThread<T: Sendable>(_ body: @Sendable @escaping () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { caller in
    BlockingThreads().start("test") { caller.resume(with: Result { try body() }) }
  }
}
