import Testing
@Test func stubStorage() { #expect(Bool(true)) }
