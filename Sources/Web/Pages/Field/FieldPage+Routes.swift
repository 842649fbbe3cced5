import Domain
import Features
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

extension FieldPage {
  static let routes: [PageRoute] = [
    .get(.field, .scope(.casesWrite)) { call in
      call.page("field", title: call.words["navField"], here: .field, try await page(call))
    },
    .get(.fieldPart, .scope(.casesWrite)) { call in call.page("fieldpart", title: "", try await page(call)) },
    .get(.fieldManifest, .open) { call in manifest(call) },
    .get(.fieldWorker, .open) { call in try worker(call) },
  ] + FieldStep.Noun.allCases.map { noun in
    .post(.fieldStep("{id}", noun: noun.rawValue), .scope(.casesWrite)) { call in try await take(noun, call) }
  }

  private static func page(_ call: PageCall) async throws -> FieldPage {
    let caller = try call.signedIn
    let role = caller.actor.role
    guard isFor(role) else { throw Problem(.roleForbidden) }
    let phases: [Phase] = role == .squadMember
      ? [.dispatched, .accepted, .underway, .onSite, .resolved] : [.assigned, .handling, .resolved]
    let list = try await ListCases(call.site)(
      .init(phases: phases, isOpen: true, order: .pressing), for: caller.actor, limit: casesMax)
    return FieldPage(list.cases, for: caller, makeKey: call.site.makeID, call.presenter)
  }

  // MARK: - Steps

  /// Answers a script in JSON and a form with the way back.
  private static func take(_ noun: FieldStep.Noun, _ call: PageCall) async throws -> Response {
    let wantsJSON = call.request.headers[.accept]?.contains("application/json") == true
    do {
      let summary = try await perform(noun, call)
      return wantsJSON ? try JSON.response(CaseView(summary)) : call.redirect(PageURL.field.path)
    } catch {
      let problem = PageProblem(error, call.words)
      guard wantsJSON, problem.kind != .internal else { throw error }
      return Problem(error).response(call.language)
    }
  }

  private static func perform(_ noun: FieldStep.Noun, _ call: PageCall) async throws -> CaseSummary {
    let id = try call.identifier("id")
    let actor = try call.actor
    // What a phone kept for somebody is never done as somebody else who has signed in on it since.
    if let owner = call.request.headers[.account], owner != actor.id { throw Problem(.notSignedIn) }
    guard let form = noun.form, noun.step(actor.role) != nil else { throw Problem(.roleForbidden) }
    let fields = try await call.parts.uploads.form(call.request)
    let action = try form.action(fields, role: actor.role)
    return try await HandleCase(call.site)(
      .init(action, note: try await note(noun, fields, call.parts.press),
            phone: HandleCase.PhoneClock(call.request)),
      case: id, by: actor, key: call.requestKey(fields))
  }

  /// What goes into the vault with the step; nil where nothing was added.
  private static func note(_ noun: FieldStep.Noun, _ fields: PageForm, _ press: PhotoPress) async throws -> CaseNote? {
    let photos = try await press.press(fields.files.filter { $0.name == "photo" }.map(\.bytes))
    let voice = try fields.files.first { $0.name == "voice" }.map { file in
      guard let voice = CaseNote.Voice(file.bytes) else { throw Problem(.voiceUnusable, field: "voice") }
      return voice
    }
    let record = noun == .outcome && fields["outcome"] == Outcome.mediated.rawValue ? try mediation(fields) : nil
    let note = CaseNote(
      text: fields["words"] ?? "", photos: photos.isEmpty ? nil : photos.map { Data($0).base64EncodedString() },
      voice: voice, mediation: record)
    let isEmpty = note.text.isEmpty && note.photos == nil && note.voice == nil && note.mediation == nil
    if isEmpty, noun == .note { throw Problem(.fieldMissing, field: "words") }
    return isEmpty ? nil : note
  }

  /// Nil where nobody signed anything: not every mediation is put down in writing.
  private static func mediation(_ fields: PageForm) throws -> MediationRecord? {
    guard let agreement = fields["agreement"] else { return nil }
    let parties = try (1...MediationRecord.partiesMax).compactMap { number -> MediationRecord.Party? in
      guard let name = fields["party\(number)"] else { return nil }
      guard let signature = fields["signature\(number)"].flatMap({ Signature($0) }) else {
        throw Problem(.signatureMissing, field: "signature\(number)")
      }
      return .init(name: name, signature: signature)
    }
    guard parties.count >= 2 else { throw Problem(.fieldMissing, field: "party") }
    return MediationRecord(agreement: agreement, parties: parties)
  }

  // MARK: - An app of the phone

  private struct Manifest: Encodable {
    struct Icon: Encodable {
      let src: String
      let sizes = "any"
      let type = "image/svg+xml"
      let purpose: String
    }

    let name: String
    let short_name: String
    let lang: String
    let id = PageURL.field.path
    let start_url = PageURL.field.path
    let scope = PageURL.field.path
    let display = "standalone"
    let background_color = "#f6f7f9"
    let theme_color = "#0b5c8f"
    let icons: [Icon]
  }

  private static func manifest(_ call: PageCall) -> Response {
    let icon = PageAssets.link("icon.svg")
    let manifest = Manifest(
      name: call.words["navField"] + " · " + call.site.pack.names(call.language), short_name: call.words["navField"],
      lang: call.language.tag, icons: [.init(src: icon, purpose: "any"), .init(src: icon, purpose: "maskable")])
    // Texts always encode.
    let body = (try? JSON.encoder.encode(manifest)).map { ByteBuffer(data: $0) } ?? ByteBuffer()
    return Response(status: .ok, headers: [.contentType: "application/manifest+json", .cacheControl: "no-cache"],
                    body: .init(byteBuffer: body))
  }

  /// At an address that never changes, asked for anew each time: how a worker finds its next version.
  private static func worker(_ call: PageCall) throws -> Response {
    var response = try PageAssets.response("worker.js", call)
    response.headers[.serviceWorkerAllowed] = PageURL.field.path
    return response
  }
}

extension HTTPField.Name {
  static let account = Self("Headwater-Account")!
  static let serviceWorkerAllowed = Self("Service-Worker-Allowed")!
}
