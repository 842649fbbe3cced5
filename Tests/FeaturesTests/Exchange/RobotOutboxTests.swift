import Domain
import Features
import Testing

@Suite struct RobotOutboxTests {
  /// Two nodes follow and tell side by side: each thing is put down once and handed to one of them.
  @Test(.timeLimit(.minutes(5)), arguments: Engine.allCases)
  func twoNodesTellEachThingOnce(engine: Engine) async throws {
    try await withSite(engine) { test in
      let nodes = [RobotOutbox(test.site, recipients: ["town-east"]), RobotOutbox(test.site, recipients: ["town-east"])]
      for node in nodes { try await node.gather() }
      var cases: Set<String> = []
      for number in 0..<8 { cases.insert(try await test.report("装修噪音 \(number)", kind: "noise.renovation").case) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for node in nodes + nodes { group.addTask { try await node.gather() } }
        try await group.waitForAll()
      }
      // On PostgreSQL what was committed last is seen once every older transaction of the server has ended.
      var told: [RobotOutbox.Entry] = []
      while told.count < cases.count {
        for node in nodes {
          try await node.gather()
          told += try await node.claim()
        }
      }
      #expect(told.count == cases.count && Set(told.map(\.caseID)) == cases)
      #expect(told.allSatisfy { $0.step == .assigned && $0.recipient == "town-east" })
      #expect(try await nodes[1].claim() == [])
      try await nodes[0].done(Array(told.prefix(3)))
      try await nodes[0].failed(Array(told.dropFirst(3)))
      test.clock.advance(.seconds(6))
      #expect(try await nodes[1].claim().count == 5)
      test.clock.advance(RobotOutbox.ageMax + .minutes(1))
      #expect(try await nodes[0].claim() == [])
    }
  }
}
