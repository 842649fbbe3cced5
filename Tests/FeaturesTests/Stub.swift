import Testing
@Test func stubFeatures() { #expect(Bool(true)) }
