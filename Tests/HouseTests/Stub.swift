import Testing
@Test func stubHouse() { #expect(Bool(true)) }
