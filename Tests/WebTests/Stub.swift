import Testing
@Test func stubWeb() { #expect(Bool(true)) }
import HummingbirdTesting
