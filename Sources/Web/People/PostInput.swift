import Domain

/// Where somebody is to stand; without a division the agency's or squad's own, or else the whole district.
struct PostInput: JSONInput {
  let role: Role
  let division: String?
  let agency: String?
  let squad: String?

  static let fields: [Schema.Field] = [
    .required("role", .words(Role.self)), .optional("division", .code), .optional("agency", .code),
    .optional("squad", .code),
  ]
  static let schema = Schema.object(fields).named("Post")
}
