/// Names that mean nothing: a tool or instrument followed by a plant or a sound, each pair used once.
struct MapNames {
  private var placePairs: [(zh: String, en: String)]
  private var communityPairs: [(zh: String, en: String)]
  private var taken = 0

  private static let tools: [(String, String)] = [
    ("橹", "Lu"), ("篷", "Peng"), ("蓑", "Suo"), ("棹", "Zhao"), ("桨", "Jiang"), ("梭", "Suo"), ("杼", "Zhu"),
    ("纱", "Sha"), ("绡", "Xiao"), ("箫", "Xiao"), ("笙", "Sheng"), ("筝", "Zheng"), ("笛", "Di"), ("弦", "Xian"),
    ("砚", "Yan"), ("墨", "Mo"), ("笺", "Jian"), ("砧", "Zhen"), ("篱", "Li"), ("钵", "Bo"), ("簪", "Zan"),
    ("缆", "Lan"),
  ]
  private static let plants: [(String, String)] = [
    ("麦", "mai"), ("荞", "qiao"), ("粟", "su"), ("芋", "yu"), ("苎", "zhu"), ("葵", "kui"), ("蓼", "liao"),
    ("荻", "di"), ("菱", "ling"), ("芡", "qian"), ("蕨", "jue"), ("藓", "xian"), ("茴", "hui"), ("苔", "tai"),
    ("莼", "chun"), ("蒲", "pu"), ("薯", "shu"), ("椒", "jiao"), ("楮", "chu"), ("榛", "zhen"), ("枇", "pi"),
    ("桕", "jiu"),
  ]
  private static let sounds: [(String, String)] = [
    ("吟", "yin"), ("谣", "yao"), ("嗡", "weng"), ("呓", "yi"), ("喏", "nuo"),
  ]

  init(_ numbers: inout MapNumbers) {
    placePairs = numbers.shuffled(Self.pairs(Self.tools, Self.plants))
    communityPairs = numbers.shuffled(Self.pairs(Self.tools, Self.sounds))
  }

  private static func pairs(_ first: [(String, String)], _ second: [(String, String)]) -> [(zh: String, en: String)] {
    first.flatMap { one in second.map { (one.0 + $0.0, one.1 + $0.1) } }
  }

  mutating func community() -> (zh: String, en: String) {
    let pair = communityPairs.removeLast()
    return (pair.zh + "社区", pair.en + " Community")
  }

  mutating func place(_ use: MapUse) -> (zh: String, en: String) {
    let pair = placePairs.removeLast()
    taken += 1
    let suffixes = use.suffixes
    let suffix = suffixes[taken % suffixes.count]
    return (pair.zh + suffix.zh, "\(pair.en) \(suffix.en)")
  }
}

/// What a place is for; raw values are the pack's words.
enum MapUse: String {
  case estate, market, school, station, park, hospital, industry, office, village
  case shoppingStreet = "shopping-street"

  var suffixes: [(zh: String, en: String)] {
    switch self {
    case .estate:
      [("苑", "Court"), ("里", "Lane Estate"), ("坊", "Yard"), ("园", "Gardens"), ("居", "Homes"), ("庭", "Place")]
    case .market: [("农贸市场", "Market"), ("集市", "Bazaar")]
    case .school: [("小学", "Primary School"), ("中学", "Middle School"), ("幼儿园", "Kindergarten")]
    case .station: [("站", "Station"), ("公交枢纽", "Bus Interchange")]
    case .park: [("公园", "Park")]
    case .hospital: [("医院", "Hospital"), ("卫生院", "Clinic")]
    case .industry: [("厂区", "Works"), ("产业园", "Industrial Park"), ("仓储园", "Depot")]
    case .office: [("大厦", "Tower"), ("广场", "Plaza")]
    case .village: [("村", "Village"), ("湾村", "Bend Village")]
    case .shoppingStreet: [("步行街", "Shopping Street")]
    }
  }
}
