import Domain
import Features
import Hummingbird

/// Same thing twice: one case becomes part of another, and back.
enum MergerEndpoints {
  static func all(_ parts: WebParts) -> [Endpoint] { [merge(parts), unmerge(parts)] }

  private static func merge(_ parts: WebParts) -> Endpoint {
    let merge = MergeCases(parts.site)
    return Endpoint(
      .post, "/api/v1/cases/{id}/merger", "postMerger", zh: "并入另一事件", en: "Merge into another case",
      access: .scope(.casesWrite), roles: Transitions.of(.merged).by, parameters: [.idempotencyKey()],
      body: MergerInput.schema, answer: .json(CaseView.schema),
      problems: ProblemKind.caseRules + [.mergeIntoItself, .mergeTargetEnded, .dangerForbidsDiversion]
    ) { call in
      let id = try call.identifier("id")
      let (input, bytes) = try await call.body(MergerInput.self)
      guard Call.isIdentifier(input.into) else { throw Problem(.unknownCase, field: "into") }
      let target = try await merge.merge(id, into: input.into, by: call.actor, key: call.requestKey(bytes))
      return try JSON.response(CaseView(target))
    }
  }

  private static func unmerge(_ parts: WebParts) -> Endpoint {
    let merge = MergeCases(parts.site)
    return Endpoint(
      .delete, "/api/v1/cases/{id}/merger", "deleteMerger", zh: "撤销合并", en: "Undo a merger",
      access: .scope(.casesWrite), roles: Transitions.of(.unmerged).by, parameters: [.idempotencyKey()],
      answer: .json(CaseView.schema), problems: ProblemKind.caseRules + [.reportNotInCase, .lastReport]
    ) { call in
      let id = try call.identifier("id")
      return try JSON.response(CaseView(try await merge.unmerge(id, by: call.actor, key: call.requestKey([]))))
    }
  }
}

struct MergerInput: JSONInput {
  /// The case that it becomes part of.
  let into: String

  static let schema = Schema.object([.required("into", .identifier)]).named("Merger")
}
