import Foundation

/// How Han characters are read, in pinyin without tones: by the tables of ICU that Foundation carries, and for
/// characters that are read otherwise in names of places, all their readings.
enum HanReadings {
  /// None for a character that is no Han character.
  static func of(_ scalar: Unicode.Scalar) -> [String] {
    if let several = several[Character(scalar)] { return several }
    guard let toned = String(scalar).applyingTransform(.toLatin, reverse: false),
      let plain = toned.applyingTransform(.stripDiacritics, reverse: false)?.lowercased(),
      !plain.isEmpty, plain.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return [] }
    // Keyboards have no ü: people type v.
    let isRounded = toned.decomposedStringWithCanonicalMapping.unicodeScalars.contains { $0.value == 0x308 }
    return isRounded ? [plain, plain.replacing("u", with: "v")] : [plain]
  }

  private static let several: [Character: [String]] = [
    "长": ["chang", "zhang"], "乐": ["le", "yue"], "重": ["chong", "zhong"], "行": ["hang", "xing"],
    "朝": ["chao", "zhao"], "厦": ["sha", "xia"], "都": ["du", "dou"], "大": ["da", "dai"], "单": ["dan", "shan"],
    "曾": ["zeng", "ceng"], "解": ["jie", "xie"], "堡": ["bao", "pu", "bu"], "六": ["liu", "lu"],
    "番": ["fan", "pan"], "会": ["hui", "kuai"], "车": ["che", "ju"], "角": ["jiao", "jue"], "莘": ["xin", "shen"],
    "泊": ["bo", "po"], "荥": ["xing", "ying"], "巷": ["xiang", "hang"], "弄": ["long", "nong"], "沈": ["shen", "chen"],
    "仇": ["qiu", "chou"], "盛": ["sheng", "cheng"], "石": ["shi", "dan"], "铅": ["qian", "yan"], "台": ["tai"],
    "参": ["can", "shen"], "藏": ["cang", "zang"], "传": ["chuan", "zhuan"], "调": ["diao", "tiao"],
    "还": ["huan", "hai"], "间": ["jian"], "降": ["jiang", "xiang"], "强": ["qiang", "jiang"], "省": ["sheng", "xing"],
    "宿": ["su", "xiu"], "校": ["xiao", "jiao"], "兴": ["xing"], "约": ["yue", "yao"], "中": ["zhong"],
  ]
}
