import Testing
@Test func stubSimulation() { #expect(Bool(true)) }
