import Domain
import Features

/// What was said, as the page shows it once, after the look has been journalled.
struct SaidWords: Sendable {
  let reference: String
  let text: String
  let lines: [CasePage.Fact]
  /// As addresses that hold them.
  let photos: [String]
  let voice: String?
  let mediation: MediationView?
  let printURL: String

  init(_ words: LookIntoVault.Words, reference: String, of id: String, _ presenter: Presenter) {
    self.reference = reference
    printURL = PageURL.mediation(id).path
    switch words {
    case .note(let note):
      text = note.text
      lines = []
      photos = (note.photos ?? []).map(Self.photo)
      voice = note.voice.map { "data:\($0.type);base64," + $0.data }
      mediation = note.mediation.map { MediationView($0) }
    case .report(let words):
      text = words.text
      photos = (words.photos ?? []).map(Self.photo)
      voice = nil
      mediation = nil
      let point = words.coordinate.map { "\($0.latitude), \($0.longitude)" }
      let fields = [("field.name", words.reporterName), ("field.contact", words.reporterContact),
                    ("field.address", words.address), ("field.point", point)]
      lines = fields.compactMap { key, value in
        value.map { CasePage.Fact(label: presenter.words[key], text: $0, note: nil) }
      } + (words.attributes ?? [:]).sorted { $0.key < $1.key }.map {
        CasePage.Fact(label: $0.key, text: $0.value, note: nil)
      }
    }
  }

  private static func photo(_ base64: String) -> String { "data:image/jpeg;base64," + base64 }
}

/// What two sides agreed on, with their signatures as they drew them.
struct MediationView: Sendable {
  struct Party: Sendable {
    let name: String
    /// For `<path d>`, on a sheet of ``Signature/width`` × ``Signature/height``.
    let path: String
  }

  let agreement: String
  let parties: [Party]
  let sheet = "0 0 \(Signature.width) \(Signature.height)"

  init(_ record: MediationRecord) {
    agreement = record.agreement
    parties = record.parties.map { Party(name: $0.name, path: $0.signature.strokes.map(Self.line).joined()) }
  }

  private static func line(_ stroke: [Int]) -> String {
    stride(from: 0, to: stroke.count - 1, by: 2).map { index in
      (index == 0 ? "M" : "L") + "\(stroke[index]) \(stroke[index + 1])"
    }.joined()
  }
}
