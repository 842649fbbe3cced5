import Domain
import Features
import Foundation
import NIOCore
import NIOFoundationCompat

/// Changes as server-sent events, each encoded once.
struct FeedEvents {
  private let events: [(state: CaseState, bytes: ByteBuffer)]

  init(_ changes: [CaseChange]) {
    events = changes.map { ($0.state, Self.encode($0)) }
  }

  /// Those that a scope includes, in order; nil if there are none.
  func bytes(for scope: CaseScope) -> ByteBuffer? {
    var all: ByteBuffer?
    for event in events where scope.includes(event.state) {
      if all == nil { all = event.bytes } else { all?.writeImmutableBuffer(event.bytes) }
    }
    return all
  }

  struct Message: Encodable {
    let step: Step
    let at: Timestamp
    let `case`: CaseView

    static let schema = Schema.object([
      .required("step", .words(Step.self)), .required("at", .instant), .required("case", CaseView.schema),
    ]).named("Change")
  }

  private static func encode(_ change: CaseChange) -> ByteBuffer {
    let message = Message(step: change.step, at: change.at.timestamp, case: CaseView(CaseSummary(change.state)))
    var bytes = ByteBuffer(string: "id: \(change.position.text)\nevent: case\ndata: ")
    // Strings, numbers and truth values always encode.
    if let data = try? JSON.encoder.encode(message) { bytes.writeData(data) }
    bytes.writeStaticString("\n\n")
    return bytes
  }

  /// The first lines of a stream: how soon to come back, and from where.
  static func greeting(at position: FollowPosition) -> ByteBuffer {
    ByteBuffer(string: "retry: 2000\nid: \(position.text)\n\n")
  }

  /// A comment, and an id without an event: whoever comes back begins here.
  static func heartbeat(at position: FollowPosition) -> ByteBuffer {
    ByteBuffer(string: ": \nid: \(position.text)\n\n")
  }
}
