import Foundation
import SQL

/// Interrupts a thread that waits for a socket: a pipe whose one end is polled beside it.
final class Bell: Sendable {
  private let reading: Int32
  private let writing: Int32

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw DatabaseError.unavailable("no pipe: \(errno)") }
    reading = ends[0]
    writing = ends[1]
    // A full pipe has rung already; an empty one must not hold up the reader.
    for end in ends { _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK) }
  }

  deinit {
    close(reading)
    close(writing)
  }

  func ring() {
    var byte: UInt8 = 1
    _ = write(writing, &byte, 1)
  }

  /// Returns when the bell rings, `socket` has something to read, or the time is up.
  func wait(beside socket: Int32?, for patience: Duration) {
    var watched = [pollfd(fd: reading, events: Int16(POLLIN), revents: 0)]
    if let socket { watched.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
    let (seconds, attoseconds) = patience.components
    let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    _ = poll(&watched, nfds_t(watched.count), Int32(min(milliseconds, 60_000)))
    var drained = [UInt8](repeating: 0, count: 256)
    while read(reading, &drained, drained.count) == drained.count {}
  }
}
