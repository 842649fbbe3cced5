import Features
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Tells a wall that something has changed, and not what: it looks for itself.
enum WallFeed {
  /// - Throws: ``ProblemKind/tooManyFollowers``.
  static func response(to call: PageCall) async throws -> Response {
    let headers: HTTPFields = [
      .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .xAccelBuffering: "no",
    ]
    guard call.request.method == .get else { return Response(status: .ok, headers: headers) }
    let seat = try await call.parts.hub.join(try call.actor, cut: call.cut)
    return Response(status: .ok, headers: headers, body: .init { writer in
      try await call.request.body.consumeWithCancellationOnInboundClose { _ in
        try await withGracefulShutdownHandler {
          try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
          for await bytes in seat.changes {
            // What is no event is a heartbeat.
            let isEvent = bytes.readableBytesView.first != UInt8(ascii: ":")
            try await writer.write(ByteBuffer(string: isEvent ? "event: change\ndata: 1\n\n" : ":\n\n"))
          }
        } onGracefulShutdown: { seat.end() }
      }
      try await writer.finish(nil)
    })
  }
}
