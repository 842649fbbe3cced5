extension PersonNames {
  private static func each(_ text: String) -> Set<String> { Set(text.filter { !$0.isWhitespace }.map { String($0) }) }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// The surnames of all but a few in a thousand.
  static let surnames = each("""
    王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范
    金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂
    章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解
    牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎
    甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖
    练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危
    玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由
    """)

  static let doubleSurnames = words("""
    欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 夏侯 端木 轩辕 百里 东郭 南宫 淳于 单于 太史 呼延 独孤
    """)

  /// Surnames that more often are words of their own: they need a title to be taken for names.
  static let alsoPlainWords = each("""
    和于向从都时常全别又方连能后那车应查项路安花强段左成高水任万文章关管门国平来相初计由但干利信展居公满位区权海明官封原官游司
    农单费边包练解盘修索支应时师商校云普战容银玉石金白黄米麦古党乐南左温冷严盛富华国阿哈井楼房池田江
    """)

  /// What stands after a surname without being a name.
  static let particles = each("""
    的了是在我你他她它们不也就都和与及或把被给对从到向跟让使将会能可要想去来说道有没无这那哪个些等吗呢吧啊呀着过得地很太最更再又
    还才只已之其此每各某该及于上下里外前后左右中内间号楼室栋幢路街巷弄村镇乡县市区省年月日时分秒元块万千百十一二三四五六七八九零
    """)

  static let titles = words("""
    先生 女士 小姐 太太 夫人 同志 老师 师傅 阿姨 大爷 大妈 大叔 大哥 大姐 叔叔 伯伯 奶奶 爷爷 经理 主任 书记 局长 校长 院长 队长 所长 科长
    处长 站长 村长 镇长 厂长 班长 总 老板 医生 护士 警官 民警 律师 教授 法官 某 某某 某某某 同学 女 男
    """)

  static let introductions = words(
    "我叫 名叫 叫做 姓名 名字 叫 联系人 户主 法人 法定代表人 当事人 投诉人 举报人 报警人 受害人 嫌疑人 本人")

  static let latinTitles = words("mr mrs ms miss dr sir prof")
}
