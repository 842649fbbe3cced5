import Testing
@Test func stubLanguage() { #expect(Bool(true)) }
