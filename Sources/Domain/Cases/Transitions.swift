/// Where a case stands. Raw values are storage formats.
public enum Phase: String, Sendable, Hashable, Codable, CaseIterable {
  /// At the desk of the door it came by, or handed back to it.
  case desk
  /// Sent to an agency that has not signed; the sender still holds it.
  case assigned
  /// Refused twice: with the coordinator.
  case coordination
  /// Signed by the responsible agency.
  case handling
  /// A squad was asked and has not signed.
  case dispatched
  /// Signed by the squad.
  case accepted
  case underway
  case onSite = "on-site"
  /// The outcome is known, the reporter not yet answered.
  case resolved
  case answered
  case closed
  /// Part of another case.
  case merged

  public var isEnded: Bool { self == .closed || self == .merged }
}

/// What can happen to a case. Raw values are storage formats: the kinds of the journal's events.
public enum Step: String, Sendable, Hashable, Codable, CaseIterable {
  case opened, judged, assigned, signed, refused
  case jointlyOrdered = "jointly-ordered"
  case dispatched
  case squadSigned = "squad-signed"
  case setOut = "set-out"
  case arrived
  case concluded, answered, confirmed, rated, complained, closed, reopened
  case handedBack = "handed-back"
  case returned, joined, parted, merged, unmerged, paused, resumed, noticed, rectified, noted
}

/// One row of the table of legal transitions.
public struct Transition: Sendable, Hashable {
  public let step: Step
  public let from: Set<Phase>
  /// Empty: the phase stays. More than one: the note says which.
  public let to: [Phase]
  public let by: Set<Role>
  /// Why an odd edge is as it is.
  public let note: Texts

  /// Whether it is work, which sets the clocks of a paused case going again before it is done.
  public var endsPause: Bool { step != .opened && !to.isEmpty || step == .judged || step == .confirmed }
}

/// The legal transitions: the one table that the decider, the documentation and the tests read.
public enum Transitions {
  static let atWork: Set<Phase> = [.handling, .dispatched, .accepted, .underway, .onSite]
  static let open: Set<Phase> = atWork.union([.desk, .assigned, .coordination, .resolved, .answered])
  static let desk: Set<Role> = [.operator, .dispatcher]

  public static let table: [Transition] = [
    row(.opened, from: [], to: [.desk, .closed], by: desk.union([.reporter, .system]),
        "报警一经受理即成事件;补录的历史记录即录即结,不计时、不考核",
        "a report that is taken in is a case at once; a record of the past ends at once, without clocks or credit"),
    row(.judged, from: [.desk, .assigned, .coordination, .handling], by: desk.union([.coordinator, .system]),
        "定类可更正,直至处置", "may be corrected until the case is being handled on site"),
    row(.assigned, from: [.desk, .assigned], to: [.assigned], by: desk.union([.system]),
        "未签收前可改派;签收前由交办方持有", "may be re-assigned until signed; the sender holds it meanwhile"),
    row(.jointlyOrdered, from: [.coordination], to: [.assigned], by: [.coordinator],
        "两次退回后,指定交办,不得再退", "after two refusals; cannot be refused"),
    row(.signed, from: [.assigned], to: [.handling], by: [.agency],
        "持有权此时才转移", "custody passes only now"),
    row(.refused, from: [.assigned], to: [.desk, .coordination], by: [.agency],
        "第一次退回交办方,第二次转协调员", "the first goes back to the sender, the second to the coordinator"),
    row(.dispatched, from: [.handling, .dispatched], to: [.dispatched], by: [.dispatcher, .agency],
        "队伍未签收前可改派", "another squad may be sent until one has signed"),
    row(.squadSigned, from: [.dispatched], to: [.accepted], by: [.squadMember], "队伍持有", "the squad holds it"),
    row(.setOut, from: [.accepted], to: [.underway], by: [.squadMember], "出发", "on the way"),
    row(.arrived, from: [.accepted, .underway], to: [.onSite], by: [.squadMember],
        "就在附近时可不报出发", "a squad that is around the corner need not set out"),
    row(.concluded, from: [.handling, .onSite], to: [.resolved], by: [.agency, .squadMember],
        "不必上门的由单位直接处置;持有权回到承办单位", "an agency may conclude without a squad; custody returns to it"),
    row(.answered, from: [.resolved], to: [.answered], by: desk.union([.agency, .squadMember]),
        "答复诉求人", "the reporter is answered"),
    row(.confirmed, from: [.answered, .closed], by: desk.union([.reporter]), "诉求人认可,已答复的随即办结",
        "the reporter agrees, which closes what was answered"),
    row(.rated, from: [.answered, .closed], by: desk.union([.reporter]), "满意度", "how it was"),
    row(.complained, from: open.union([.closed]), by: desk.union([.reporter, .supervisor]),
        "办理中和办结后均可投诉", "at any time"),
    row(.closed, from: [.answered], to: [.closed], by: desk.union([.agency, .reporter, .system]),
        "单位和系统须待诉求人认可或默认", "an agency or the clock only once the reporter agreed or was silent"),
    row(.reopened, from: [.answered, .closed], to: [.handling], by: desk.union([.reporter, .supervisor]),
        "未解决即重办,回到牵头单位,重新计时", "not solved: back to the responsible agency, with new deadlines"),
    row(.handedBack, from: [.handling, .resolved], to: [.desk], by: [.agency],
        "退还来件渠道;退还公安即回流", "to the desk it came from; to the police it is return-flow"),
    row(.returned, from: [.closed], by: [.system],
        "同地同类再次来警,撤销办结成绩", "the same kind at the same place again: the closure's credit is revoked"),
    row(.joined, from: open, by: desk.union([.system]), "同一事件再次来警", "another report of the same thing"),
    row(.parted, from: open, by: desk, "误并的报警分出", "a report that was joined by mistake leaves"),
    row(.merged, from: [.desk, .assigned], to: [.merged], by: desk, "并入另一事件", "becomes part of another case"),
    row(.unmerged, from: [.merged], to: [.desk], by: desk, "撤销合并,回到受理台", "back to the desk"),
    row(.paused, from: open, by: desk.union([.agency, .coordinator, .supervisor]),
        "须有理由和责任人;总时钟不停", "with a reason and a person; the whole clock runs on"),
    row(.resumed, from: open, by: desk.union([.agency, .coordinator, .supervisor, .system]), "恢复计时", "clocks go on"),
    row(.noticed, from: open, by: [.system, .supervisor],
        "催办、预警单、督办单、整改", "reminder, warning notice, supervision order, rectification"),
    row(.rectified, from: open.union([.closed]), by: [.agency], "整改完成", "what was ordered was done"),
    row(.noted, from: open.union([.closed]), by: desk.union([.agency, .squadMember, .coordinator, .supervisor]),
        "办理人员的附言、照片、录音,结案后补记亦可", "words, pictures or a voice of those who handle it, also afterwards"),
  ]

  public static func of(_ step: Step) -> Transition {
    guard let row = index[step] else { preconditionFailure("the table has no row for \(step.rawValue)") }
    return row
  }

  private static let index = Dictionary(uniqueKeysWithValues: table.map { ($0.step, $0) })

  private static func row(
    _ step: Step, from: Set<Phase>, to: [Phase] = [], by: Set<Role>, _ zh: String, _ en: String
  ) -> Transition {
    Transition(step: step, from: from, to: to, by: by, note: Texts(zh: zh, en: en))
  }
}
