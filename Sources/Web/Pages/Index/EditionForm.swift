import Domain
import Features

/// What somebody asks an edition of: the form at the desk.
struct EditionForm: Sendable {
  let url: String
  let from: String
  let to: String
  /// The latest last day.
  let latest: String
  /// Ways to fill in the days.
  let presets: [Frame.Link]
  let choices: [Choice]

  /// - Parameter given: a field as it was filled in before; nil where it was not.
  init(_ actor: Actor, _ presenter: Presenter, given: (String) -> String?) {
    let (pack, words) = (presenter.pack, presenter.words)
    let today = pack.calendar.zone.local(presenter.now).date
    let usual = EditionSpan.halfYear.days(before: today)
    let (from, to) = (given("from") ?? usual.lowerBound.text, given("to") ?? usual.upperBound.text)
    url = PageURL.editions.path
    self.from = from
    self.to = to
    latest = today.adding(days: -1).text
    presets = EditionSpan.allCases.map { span in
      let days = span.days(before: today)
      let (first, last) = (days.lowerBound.text, days.upperBound.text)
      return Frame.Link(text: words["editionSpan." + span.rawValue],
                        url: PageURL.editions.link([("from", first), ("to", last)]) + "#make",
                        isHere: first == from && last == to)
    }
    let own = pack.division(actor.division)
    let whole = own?.level == .district ? [Choice.Option(value: actor.division, text: pack.names(words.language))] : []
    let areas = whole + Choices.divisions(presenter).filter { pack.isDivision($0.value, within: actor.division) }
    choices = [
      Choice("division", words["editionArea"], none: nil, areas, given("division") ?? actor.division),
      Choice("compare", words["editionCompare"], none: nil,
             EditionQuery.Comparison.allCases.map {
               .init(value: $0.rawValue, text: words["editionCompare." + $0.rawValue])
             }, given("compare")),
    ]
  }

  /// - Throws: ``ProblemKind/fieldMissing``, ``ProblemKind/fieldInvalid``, `EditionMakingFault`.
  static func query(_ fields: PageForm, _ call: PageCall) throws -> EditionQuery {
    func day(_ name: String) throws -> CivilDate {
      guard let day = CivilDate(try fields.needed(name)) else { throw Problem(.fieldInvalid, field: name) }
      return day
    }
    return try EditionDesk(call.site).query(
      from: day("from"), to: day("to"), comparison: fields.word("compare"), division: fields["division"],
      for: call.actor)
  }
}
