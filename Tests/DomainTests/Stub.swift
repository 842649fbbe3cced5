import Testing
@Test func stubDomain() { #expect(Bool(true)) }
