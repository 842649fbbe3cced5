import Foundation

/// One process at a time changes a folder; the lock goes with the process that held it.
struct FolderLock: Sendable {
  private let descriptor: Int32

  static let file = "lock"
  private static let pause = Duration.milliseconds(100)

  /// Waits until nobody else holds it.
  static func take(_ folder: URL) async throws -> FolderLock {
    let path = folder.appendingPathComponent(file).path
    let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      do { try await Task.sleep(for: pause) } catch {
        close(descriptor)
        throw error
      }
    }
    return FolderLock(descriptor: descriptor)
  }

  func release() { close(descriptor) }
}
