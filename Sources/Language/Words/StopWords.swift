/// Words that stand in every text and say nothing of what happened.
enum StopWords {
  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  static let figures = Set("零一二三四五六七八九十百千万亿两几半多数")
  static let measures = Set("个次天年月日号点分秒时块元角毛米里斤吨人名位家户栋幢楼层间条件台辆只张份种些成倍岁周段番回下度期批来余")

  static let chinese = words("""
    我们 你们 他们 她们 它们 咱们 大家 自己 别人 人家 本人 有人 某人 个人 每人 人们 各位 诸位 对方
    这个 那个 这些 那些 这样 那样 这么 那么 这里 那里 这儿 那儿 这种 那种 这边 那边 这次 那次 此次 此事 此类 如此 其中 其他 其它 其实 其
    什么 怎么 怎样 怎么样 怎么办 为什么 为何 如何 哪里 哪儿 哪些 哪个 多少 几个 何时 是否 难道 何况
    因为 所以 由于 因此 因而 于是 但是 但 可是 不过 然而 虽然 尽管 即使 如果 假如 要是 只要 只有 除非 无论 不管 不论 而且 并且 或者 还是
    以及 以便 以免 从而 否则 既然 不仅 不但 不只 甚至 况且 何必 至于 关于 对于 按照 根据 依据 通过 经过 为了 由此 与其 随着 作为 除了
    已经 曾经 正在 将要 刚刚 刚才 马上 立刻 立即 现在 目前 当时 当前 后来 然后 之后 之前 以后 以前 以来 最近 近来 近期 一直 一向 始终
    从来 总是 经常 常常 时常 往往 有时 有时候 偶尔 再次 又 再 还 还有 还要 也 也是 都 都是 全都 一起 一同 一样 一般 一些 一点 一下 一定
    非常 十分 特别 尤其 比较 更加 越来越 极其 相当 稍微 几乎 大约 大概 左右 差不多 至少 最多 基本 完全 根本 实在 确实 真的 真是 的确 居然
    竟然 果然 当然 可能 也许 或许 应该 应当 必须 需要 可以 能够 能否 不能 不会 不要 不用 不是 不了 不到 不得 不知 不知道 没有 没 无法 未
    就是 只是 只能 只好 正是 便是 而是 还是 若是 说是 算是 像是 好像 似乎 仿佛 看来 看到 看见 听到 听说 知道 认为 以为 觉得 感到 希望
    想要 愿意 准备 打算 开始 继续 进行 进行过 出现 发生 发现 存在 造成 导致 引起 使得 使 让 得到 得以 给予 予以 加以 成为 变成 属于 具有
    有关 相关 有的 有些 有点 许多 很多 不少 大量 大多 多数 部分 全部 所有 整个 任何 每个 每天 每次 每年 各种 各个 各类 某些 另外 此外 同时
    今天 昨天 明天 今年 去年 明年 前天 后天 早上 上午 中午 下午 晚上 夜里 凌晨 白天 当天 当晚 时候 时间 期间 小时 分钟 星期 星期天 周末
    上面 下面 里面 外面 前面 后面 旁边 附近 中间 之间 之中 以上 以下 以内 以外 方面 情况 问题 事情 东西 地方 原因 结果 样子 办法 方式
    报警 报案 来电 来电人 致电 反映 反应 投诉 举报 请求 要求 求助 咨询 请问 要 处理 解决 帮忙 帮助 核实 回复 答复 谢谢 您好 你好 尊敬
    领导 部门 相关部门 有关部门 工作 工作人员 表示 称 说 叫 是 在 有 去 来 做 用 把 被 将 与 和 及 等 等等 之类 对此 为此 特此 望 请 敬请 恳请
    一个 一次 一名 一位 一家 一年 两个 第一 第二 第三 首先 其次 最后 最终 终于 到底 究竟 反正 总之 例如 比如 譬如 包括 以及 分别 互相 相互
    就 才 却 则 而 但 只 很 太 最 更 吧 吗 呢 啊 哦 嗯 呀 了 着 过 的 地 得
    麻烦 看看 说来话长 某某 严重 规定 人员 至今 才能 的话 如下 是不是 有没有 本来 原来 仍然 更是 电话 位于 做主 提出 达到 了解 到位 负责 意见 理由 态度 能力 很大 极大 正常
    真正 具体 感谢 相信 同样 所谓 明确 实际 合理 受到 进入 过程 范围 情况下 条件 现象 行为 说法 理解 不顾 百忙之中 强烈要求 尊敬 您好 建议 不敢 更是 位于
    多次 几次 一再 屡次 不断 随时 及时 尽快 尽早 赶紧 赶快 直接 主要 另 本 该 各 某 每 此 这 那 哪 谁 我 你 您 他 她 它 那时 这时
    不好 不行 没人 没事 没什么 过来 过去 起来 出来 出去 进来 进去 回来 回去 上来 下来 下去 上去 拿 放 给 对 向 从 到 由 往 跟 同 比 于
    """)

  static let english = words("""
    the and for that this with from have has had was were are been being not but you your yours they them their theirs his her hers him she
    its our ours who whom whose which what when where why how there here then than too very can could will would shall should may might must
    about above after again all also any because before below between both did does doing down during each few further got get gets into
    just more most now off once only other over own same some such these those through under until upon out one two three some someone
    somebody something anyone anybody anything nobody nothing everybody everyone everything please thank thanks hello dear report reported
    reporting reports caller call called calls says said say tell told want wants need needs near nearby since still yet always never often
    today yesterday tomorrow morning afternoon evening night time times day days week month year much many lot lots really even ever around
    like make makes made come comes came goes going gone went see saw seen know knows think they're don't didn't isn't can't won't
    yes let put take took way well back away against while without within every another however cannot next last first second
    """)
}
