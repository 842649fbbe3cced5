import Domain
import Foundation
import Journal

/// Events of a case to and from the journal's text: JSON with sorted keys, so that equal events are equal texts.
package enum CaseEventCodec {
  /// A stored event that this program cannot read: a newer program's, or a damaged row.
  package struct Unreadable: Error, Hashable {
    let kind: String
  }

  package static func encode(_ event: CaseEvent) throws -> NewEvent {
    NewEvent(kind: event.step.rawValue, body: try body(event))
  }

  private static func body(_ event: CaseEvent) throws -> String {
    switch event {
    case .signed, .confirmed, .unmerged: "{}"
    case .squadSigned(let body), .setOut(let body), .arrived(let body): body.own == nil ? "{}" : try text(body)
    case .opened(let body): try text { try $0.write(body) }
    case .judged(let body): try text { try $0.write(body) }
    case .assigned(let body), .jointlyOrdered(let body): try text { $0.write(body) }
    case .refused(let body): try text(body)
    case .dispatched(let body): try text(body)
    case .concluded(let body): try text(body)
    case .answered(let body): try text(body)
    case .rated(let body): try text(body)
    case .complained(let body), .rectified(let body), .noted(let body): try text(body)
    case .closed(let body): try text(body)
    case .reopened(let body), .paused(let body), .resumed(let body): try text(body)
    case .handedBack(let body): try text(body)
    case .returned(let body): try text(body)
    case .joined(let body): try text(body)
    case .parted(let body): try text(body)
    case .merged(let body): try text(body)
    case .noticed(let body): try text(body)
    }
  }

  package static func decode(kind: String, body: String) throws -> CaseEvent {
    guard let step = Step(rawValue: kind) else { throw Unreadable(kind: kind) }
    let reader = Reader(kind: kind, body: body)
    return switch step {
    case .opened: .opened(try reader.read { json throws(CanonicalJSON.Other) in try json.opened() })
    case .judged: .judged(try reader.read { json throws(CanonicalJSON.Other) in try json.judged() })
    case .assigned: .assigned(try reader.read { json throws(CanonicalJSON.Other) in try json.assigned() })
    case .jointlyOrdered: .jointlyOrdered(try reader.read())
    case .signed: .signed
    case .refused: .refused(try reader.read())
    case .dispatched: .dispatched(try reader.read())
    case .squadSigned: .squadSigned(try reader.done())
    case .setOut: .setOut(try reader.done())
    case .arrived: .arrived(try reader.done())
    case .concluded: .concluded(try reader.read())
    case .answered: .answered(try reader.read())
    case .confirmed: .confirmed
    case .rated: .rated(try reader.read())
    case .complained: .complained(try reader.read())
    case .closed: .closed(try reader.read())
    case .reopened: .reopened(try reader.read())
    case .handedBack: .handedBack(try reader.read())
    case .returned: .returned(try reader.read())
    case .joined: .joined(try reader.read())
    case .parted: .parted(try reader.read())
    case .merged: .merged(try reader.read())
    case .unmerged: .unmerged
    case .paused: .paused(try reader.read())
    case .resumed: .resumed(try reader.read())
    case .noticed: .noticed(try reader.read())
    case .rectified: .rectified(try reader.read())
    case .noted: .noted(try reader.read())
    }
  }

  private struct Reader {
    let kind: String
    let body: String

    func read<Body: Decodable>(
      _ canonical: (inout CanonicalJSON) throws(CanonicalJSON.Other) -> Body
    ) throws -> Body { try CanonicalJSON.read(body, canonical) ?? read() }

    /// Most say nothing.
    func done() throws -> CaseEvent.Done { body == "{}" ? CaseEvent.Done() : try read() }

    func read<Body: Decodable>() throws -> Body {
      do { return try JSONDecoder().decode(Body.self, from: Data(body.utf8)) } catch { throw Unreadable(kind: kind) }
    }
  }

  private static func text(_ body: some Encodable) throws -> String { try SortedJSON.text(body) }

  private static func text(_ write: (inout JSONBytes) throws -> Void) throws -> String {
    var json = JSONBytes()
    try write(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
