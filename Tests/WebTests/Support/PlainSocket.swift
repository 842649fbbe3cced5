import Foundation
import Synchronization

/// A connection to the server on this machine, one blocking call after the other.
final class PlainSocket: Sendable {
  struct Failure: Error {
    let code: Int32
  }

  private let descriptor: Int32

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure(code: errno) }
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard sent > 0 else { throw Failure(code: errno) }
      rest = rest.dropFirst(sent)
    }
  }

  /// Reads until the text has come.
  func read(until mark: String) throws -> String {
    var text = ""
    while !text.contains(mark) {
      let part = try readSome()
      guard !part.isEmpty else { throw Failure(code: 0) }
      text += part
    }
    return text
  }

  /// Reads until the other side closes.
  func readToEnd() throws -> String {
    var text = ""
    while true {
      let part = try readSome()
      if part.isEmpty { return text }
      text += part
    }
  }

  private func readSome() throws -> String {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else { throw Failure(code: errno) }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}

/// Hands a socket out of a closure.
final class LockedSocket: Sendable {
  private let socket = Mutex<PlainSocket?>(nil)

  func keep(_ socket: PlainSocket) { self.socket.withLock { $0 = socket } }
  var kept: PlainSocket? { socket.withLock { $0 } }
}
