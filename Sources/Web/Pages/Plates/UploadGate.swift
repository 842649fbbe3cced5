import Synchronization

/// Bounds how many large bodies are read at a time: whoever sends many holds up others who send photos, and nobody who
/// sends none.
final class UploadGate: Sendable {
  private let free: Mutex<Int>

  /// A form without photos is smaller.
  static let smallBytesMax = 64_000
  static let uploadsMax = 8

  init() { free = Mutex(Self.uploadsMax) }

  func enter() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  func leave() { free.withLock { $0 += 1 } }
}
