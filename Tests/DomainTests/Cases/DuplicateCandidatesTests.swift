import Domain
import Testing

@Suite struct DuplicateCandidatesTests {
  typealias Subject = DuplicateCandidates.Subject
  let windows = CaseCity.pack.windows

  /// About 111 m for each thousandth of a degree to the north.
  func subject(_ kind: String? = "dispute.noise", place: String? = nil, north: Double = 0, minutesAgo: Int = 0)
    -> Subject
  {
    let point = Coordinate(latitude: CaseCity.point.latitude + north, longitude: CaseCity.point.longitude)
    return Subject(kind: kind, place: place, point: point, at: CaseCity.start - .minutes(minutesAgo))
  }

  func rank(_ subject: Subject, _ others: [Subject]) -> [DuplicateCandidates.Match] {
    let candidates = others.enumerated().map { DuplicateCandidates.Candidate(id: "c\($0)", subject: $1) }
    return DuplicateCandidates.rank(subject, among: candidates, windows: windows)
  }

  @Test func theSameKindAtTheSamePlaceJustNowIsCertain() {
    let match = rank(subject(place: "estate"), [subject(place: "estate")])
    #expect(match.map(\.score) == [1])
    #expect(match[0].reasons == [.sameKind("dispute.noise"), .samePlace("estate"), .recent(minutes: 0)])
  }

  @Test func theFormulaAsWritten() throws {
    let match = try #require(rank(subject(), [subject("dispute.wages", north: 0.001, minutesAgo: 60)]).first)
    let metres = subject().point?.distanceMetres(to: subject(north: 0.001).point ?? CaseCity.point) ?? 0
    #expect(abs(match.score - 0.6 * (1 - metres / 600) * 0.75) < 1e-12)
    #expect(match.reasons == [.relatedKind("dispute"), .near(metres: 111), .recent(minutes: 60)])
  }

  @Test func windowsAndKindsBoundIt() {
    #expect(rank(subject(), [subject(minutesAgo: 120)]).count == 1)
    #expect(rank(subject(), [subject(minutesAgo: 121)]).isEmpty)
    #expect(rank(subject(minutesAgo: 121), [subject()]).isEmpty)
    #expect(rank(subject(), [subject(north: 0.0026)]).count == 1)
    #expect(rank(subject(), [subject(north: 0.0028)]).isEmpty)
    #expect(rank(subject(), [subject("theft.bicycle")]).isEmpty)
    #expect(rank(subject("fire"), [subject("theft")]).isEmpty)
    #expect(rank(subject("dispute"), [subject()]).map(\.reasons.first) == [.relatedKind("dispute")])
    #expect(rank(subject(nil), [subject()]).map(\.score) == [0.5])
  }

  @Test func withoutAPointOnlyTheSamePlaceCounts() {
    let blind = Subject(kind: "dispute.noise", place: "estate", point: nil, at: CaseCity.start)
    #expect(rank(blind, [subject()]).isEmpty)
    #expect(rank(blind, [subject(place: "estate")]).count == 1)
  }

  @Test func theBestFirstAndTiesTheSameWhateverTheOrder() {
    let others = [subject(north: 0.001), subject(minutesAgo: 5), subject(), subject(minutesAgo: 5)]
    #expect(rank(subject(), others).map(\.id) == ["c2", "c1", "c3", "c0"])
    let turned = others.enumerated().reversed().map { DuplicateCandidates.Candidate(id: "c\($0)", subject: $1) }
    #expect(DuplicateCandidates.rank(subject(), among: turned, windows: windows).map(\.id) == ["c2", "c1", "c3", "c0"])
  }
}
