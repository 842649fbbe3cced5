import Domain

/// `docs/transitions.md`: the table of transitions as people read it.
enum TransitionsPage {
  static var markdown: String {
    """
    # What can happen to a case 事件流转表

    This page is written from `Sources/Domain/Cases/Transitions.swift`, the one table that the code, this page and the \
    tests read. A test fails when they differ. To write it again:
    `HEADWATER_UPDATE_DOCS=1 swift test --filter TransitionsPageTests`.

    本页由 `Sources/Domain/Cases/Transitions.swift` 生成;代码、本页与测试读同一张表,不一致时测试不通过。

    ## Phases 环节

    | phase | 环节 | held by | 持有方 |
    |---|---|---|---|
    \(Phase.allCases.map(phaseRow).joined(separator: "\n"))

    ```mermaid
    stateDiagram-v2
      [*] --> desk: opened
    \(arrows.joined(separator: "\n"))
    ```

    ## Steps 步骤

    `open` stands for every phase but `closed` and `merged`; "stays" means that the phase does not change. \
    A ⏵ marks work: done on a paused case, it sets the clocks going again \
    first, so that nobody is late by time that stood still. `open` 指办结、合并以外的各环节;环节不变者记“不变”;带 ⏵ 者为办理动作,暂停中办理即恢复计时。

    | step | 步骤 | from 前 | to 后 | by 由谁 | note 说明 |
    |---|---|---|---|---|---|
    \(Transitions.table.map(stepRow).joined(separator: "\n"))

    ## Repeating a command 重复提交

    A command that asks for what already stands is accepted and changes nothing. Signing twice, telling of the \
    departure after the arrival, or judging again with the same kind, severity and ground: no event. A reason or words \
    that are not kept yet are never swallowed: they make a new command, which the table allows or refuses.

    要求的状态已经成立的,受理但不产生任何变化;带有新理由、新内容的按新命令处理,绝不吞掉。

    ## Beyond the table 表外规则

    - Somebody who acts for an agency acts only on what that agency was asked for or has signed; a squad member \
    only on what the squad was sent to. 单位只能办理交办给自己的,队员只能办理派给本队的。
    - While a report speaks of danger, the case goes to police or rescue only; a report that speaks of danger does not \
    join a case that lies elsewhere. 含危险线索的只能交公安或救援,也不得并入在别处的事件。
    - A joint order is neither refused nor re-assigned by the desk. 指定交办不得退回,受理台也不得改派。
    - An agency, or the clock, closes only once the reporter has agreed or has been silent for the pack's time. \
    单位和系统须待诉求人认可或默认满规定时间后方可办结。

    """
  }

  private static func phaseRow(_ phase: Phase) -> String {
    let (name, holder) = words(phase)
    return "| `\(phase.rawValue)` | \(name) | \(holder.en) | \(holder.zh) |"
  }

  private static var arrows: [String] {
    Transitions.table.flatMap { row in
      row.to.flatMap { to in
        Phase.allCases.filter { row.from.contains($0) && $0 != to }.map { from in
          "  \(id(from)) --> \(id(to)): \(row.step.rawValue)"
        }
      }
    }
  }

  private static func id(_ phase: Phase) -> String { phase.rawValue.replacing("-", with: "_") }

  private static func stepRow(_ row: Transition) -> String {
    let open = Phase.allCases.filter { !$0.isEnded }
    let isWide = row.from.isSuperset(of: open)
    let named = Phase.allCases.filter { row.from.contains($0) && !(isWide && open.contains($0)) }
    let from = list((isWide ? ["open"] : []) + named.map(\.rawValue), none: "—")
    let to = list(row.to.map(\.rawValue), none: "stays 不变")
    let by = list(Role.allCases.filter(row.by.contains).map(\.rawValue), none: "—")
    let mark = row.endsPause ? " ⏵" : ""
    let note = "\(row.note.en) \(row.note.zh)"
    return "| `\(row.step.rawValue)`\(mark) | \(word(row.step)) | \(from) | \(to) | \(by) | \(note) |"
  }

  private static func list(_ words: [String], none: String) -> String {
    words.isEmpty ? none : words.map { "`\($0)`" }.joined(separator: " ")
  }

  private static func words(_ phase: Phase) -> (String, holder: Texts) {
    switch phase {
    case .desk: ("受理台", desk)
    case .assigned: ("已交办待签收", Texts(zh: "交办方(受理台或协调员)", en: "the sender: desk or coordinator"))
    case .coordination: ("协调中", Texts(zh: "协调员", en: "the coordinator"))
    case .handling: ("办理中", agency)
    case .dispatched: ("已派队待签收", agency)
    case .accepted: ("队伍已签收", squad)
    case .underway: ("途中", squad)
    case .onSite: ("现场处置", squad)
    case .resolved: ("已处置待答复", agency)
    case .answered: ("已答复", agency)
    case .closed: ("已办结", agency)
    case .merged: ("已合并", Texts(zh: "并入前的持有方", en: "whoever held it before"))
    }
  }

  private static let desk = Texts(zh: "受理台", en: "the desk")
  private static let agency = Texts(zh: "牵头单位", en: "the responsible agency")
  private static let squad = Texts(zh: "服务队", en: "the squad")

  private static func word(_ step: Step) -> String {
    switch step {
    case .opened: "受理"
    case .judged: "定类"
    case .assigned: "交办"
    case .signed: "签收"
    case .refused: "退回"
    case .jointlyOrdered: "指定交办"
    case .dispatched: "派队"
    case .squadSigned: "队伍签收"
    case .setOut: "出发"
    case .arrived: "到达"
    case .concluded: "处置结果"
    case .answered: "反馈"
    case .confirmed: "认可"
    case .rated: "评价"
    case .complained: "投诉"
    case .closed: "办结"
    case .reopened: "重办"
    case .handedBack: "退还"
    case .returned: "回流"
    case .joined: "并入报警"
    case .parted: "分出报警"
    case .merged: "合并"
    case .unmerged: "撤销合并"
    case .paused: "暂停计时"
    case .resumed: "恢复计时"
    case .noticed: "督办通知"
    case .rectified: "整改"
    case .noted: "附言"
    }
  }
}
