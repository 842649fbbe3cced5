import Domain
import Features
import Testing

/// The board's order, its dots, and what is searched for.
@Suite struct ListCasesTests {
  private static let desk = TestSite.actor(.operator)

  @Test(arguments: Engine.allCases)
  func whatWaitsStandsFirstAndEveryPageGoesOn(engine: Engine) async throws {
    try await withSite(engine) { test in
      var ids: [String] = []
      for _ in 0..<5 {
        ids.append(try await test.report("拖欠工资", kind: "dispute.wages").case)
        test.clock.advance(.minutes(1))
      }
      // The first is being worked on: it goes behind, though its deadline is the next.
      try await test.handle(.sign, ids[0], by: TestSite.actor(.agency, agency: "labour"))
      let list = ListCases(test.site)
      let filter = ListCases.Filter(isOpen: true, order: .attention)
      let whole = try await list(filter, for: Self.desk).cases
      #expect(whole.map(\.id) == Array(ids[1...]) + [ids[0]])
      #expect(whole.map { $0.attention(at: test.clock.now) } == whole.map { $0.attention(at: test.clock.now) }.sorted())
      var turned: [String] = []
      var next: ListCases.Cursor?
      repeat {
        let page = try await list(filter, for: Self.desk, after: next, limit: 2)
        turned += page.cases.map(\.id)
        next = page.next
      } while next != nil
      #expect(turned == whole.map(\.id))
    }
  }

  @Test(arguments: Engine.allCases)
  func dotsAndNamesKeepToTheFilter(engine: Engine) async throws {
    try await withSite(engine) { test in
      let one = try await test.report("拖欠工资", kind: "dispute.wages").case
      let two = try await test.report("装修噪声", kind: "noise.renovation").case
      let list = ListCases(test.site)
      var filter = ListCases.Filter(isOpen: true, order: .attention)
      #expect(Set(try await list.points(filter, for: Self.desk).map(\.id)) == [one, two])
      filter.kind = "noise"
      #expect(try await list.points(filter, for: Self.desk).map(\.id) == [two])
      #expect(try await list.named([one, two], filter, for: Self.desk).map(\.id) == [two])
      #expect(try await list.named([one, two], for: TestSite.actor(.operator, division: SmallCity.west)).isEmpty)
      #expect(try await list.points(filter, for: TestSite.actor(.operator, division: SmallCity.west)).isEmpty)
    }
  }

  @Test(arguments: Engine.allCases)
  func aSearchIsAnyOfItsWays(engine: Engine) async throws {
    try await withSite(engine) { test in
      let one = try await test.report("拖欠工资", kind: "dispute.wages").case
      let two = try await test.report("装修噪声", kind: "noise.renovation").case
      func found(_ search: ListCases.Filter.Search) async throws -> Set<String> {
        Set(try await ListCases(test.site)(.init(search: search), for: Self.desk).cases.map(\.id))
      }
      #expect(try await found(.init(places: [], kinds: ["dispute.wages"], idEnd: nil)) == [one])
      #expect(try await found(.init(places: [], kinds: ["dispute.wages"], idEnd: String(two.suffix(6)))) == [one, two])
      #expect(try await found(.init(places: ["P9"], kinds: [], idEnd: nil)).isEmpty)
      #expect(try await found(.init(places: [], kinds: [], idEnd: nil)).isEmpty)
    }
  }
}
