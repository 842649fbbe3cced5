import Domain
import Features
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// One follower's stream: what it missed, from the journal, then what happens, from the hub.
struct FeedStream: Sendable {
  let site: Installation
  let hub: FeedHub

  private static let catchUpBatch = 200

  /// - Throws: ``ProblemKind/tooManyFollowers``, ``ProblemKind/malformedRequest`` for an id that is none of ours.
  func response(to call: Call) async throws -> Response {
    let actor = try call.actor
    let last = try call.request.headers[.lastEventID].map { text in
      guard let position = FollowPosition(text) else { throw Problem(.malformedRequest, field: "Last-Event-ID") }
      return position
    }
    let headers: HTTPFields = [
      .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
      // Proxies must not gather what is meant to arrive at once.
      .xAccelBuffering: "no",
    ]
    guard call.request.method == .get else { return Response(status: .ok, headers: headers) }
    let seat = try await hub.join(actor, cut: call.context.closeConnection)
    return Response(status: .ok, headers: headers, body: .init { writer in
      try await call.request.body.consumeWithCancellationOnInboundClose { _ in
        try await withGracefulShutdownHandler {
          try await writer.write(FeedEvents.greeting(at: last ?? seat.from))
          if let last { try await catchUp(from: last, to: seat.from, CaseScope(actor), &writer) }
          for await bytes in seat.changes { try await writer.write(bytes) }
        } onGracefulShutdown: { seat.end() }
      }
      try await writer.finish(nil)
    })
  }

  private func catchUp(from start: FollowPosition, to end: FollowPosition, _ scope: CaseScope,
                       _ writer: inout any ResponseBodyWriter) async throws {
    let follow = FollowCases(site)
    var cursor = start
    while cursor < end {
      let batch = try await follow(after: cursor, limit: Self.catchUpBatch)
      let missed = batch.changes.filter { $0.position <= end }
      if let bytes = FeedEvents(missed).bytes(for: scope) { try await writer.write(bytes) }
      cursor = batch.position
      if !batch.isFull { return }
    }
  }
}

extension HTTPField.Name {
  static let xAccelBuffering = Self("X-Accel-Buffering")!
}
