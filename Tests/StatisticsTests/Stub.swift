import Testing
@Test func stubStatistics() { #expect(Bool(true)) }
