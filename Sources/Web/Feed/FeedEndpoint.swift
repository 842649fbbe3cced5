import Domain
import Features
import Hummingbird

/// The live feed: cases as they change, as server-sent events.
enum FeedEndpoint {
  static func all(_ parts: WebParts) -> [Endpoint] {
    let stream = FeedStream(site: parts.site, hub: parts.hub)
    return [
      Endpoint(
        .get, "/api/v1/feed", "followCases", zh: "实时事件流(SSE),可用 Last-Event-ID 续传",
        en: "Cases as they change (server-sent events); goes on from Last-Event-ID", access: .scope(.feedRead),
        parameters: [
          .init(name: "Last-Event-ID", place: .header, schema: .string(max: 50, pattern: "^[0-9]+-[0-9]+$"),
                isRequired: false, summary: .init(zh: "最后收到的事件", en: "The last event that was received"))
        ],
        answer: .init(status: 200, bodies: ["text/event-stream": .string()], headers: [:]),
        problems: [.tooManyFollowers]
      ) { call in try await stream.response(to: call) }
    ]
  }
}
