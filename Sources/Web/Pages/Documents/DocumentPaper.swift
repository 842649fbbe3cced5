import Domain
import Features

/// A joint order, a notice or an order as it is printed and signed for. What it says of the case is what stood when it
/// went out; nothing in it is about a person.
struct DocumentPaper: Sendable {
  struct Fact: Sendable {
    let label: String
    let text: String
  }

  let head: String
  let title: String
  let number: String
  let addressee: String
  let prose: String
  let facts: [Fact]
  let closing: String
  let issuer: String
  let date: String
  let caseURL: String

  init(_ entry: ListDocuments.Entry, _ state: CaseState, _ presenter: Presenter) {
    let words = presenter.words
    issuer = presenter.agency(presenter.pack.documents?.issuer ?? presenter.pack.coordinator)
    head = issuer
    title = words[entry.sort]
    number = entry.text
    addressee = words("paperTo", ["name": presenter.agency(entry.agency)])
    date = words.date(presenter.pack.calendar.zone.local(entry.at).date)
    caseURL = PageURL.oneCase(entry.caseID).path
    closing = words["paperClosing." + entry.sort.rawValue]
    let owner = presenter.agency(state.assignment?.agency ?? state.holder.body)
    let notice = state.notices.last.flatMap { $0.at == entry.at ? $0.event : nil }
    prose = words("paperSays." + entry.sort.rawValue, [
      "owner": owner, "step": notice.map { words[$0.step] } ?? "",
      "due": notice.map { presenter.time($0.due).text } ?? "", "refusals": String(state.refusals),
    ])
    facts = Self.facts(entry, state, owner: owner, notice, presenter)
  }

  private static func facts(_ entry: ListDocuments.Entry, _ state: CaseState, owner: String,
                            _ notice: CaseEvent.Noticed?, _ presenter: Presenter) -> [Fact]
  {
    let words = presenter.words
    let first = state.firstReport
    let late = notice.map { presenter.span(entry.at - $0.due) }
    let support = state.assignment?.supporting.map(presenter.agency).joined(separator: words["comma"]).nonEmpty
    let facts: [(String, String?)] = [
      ("caseNumber", entry.caseID), ("kind", presenter.kind(state.judgement?.kind)),
      ("place", CaseRow.whereabouts(first.place, first.division, presenter)),
      ("door", presenter.door(first.door)), ("receivedAt", presenter.time(state.firstReportAt).text),
      ("responsible", owner), ("supporting", support),
      ("paperDeadline", notice.map { words[$0.step] + " " + presenter.time($0.due).text }),
      ("paperLate", late), ("paperIssued", presenter.time(entry.at).text),
    ]
    return facts.compactMap { label, text in text.map { Fact(label: words[label], text: $0) } }
  }
}
