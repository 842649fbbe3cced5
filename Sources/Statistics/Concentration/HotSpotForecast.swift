import RealModule

/// A map of where events will happen next: what each cell had before, the old weighing less, a part of it shared with
/// the cells around.
///
/// score = (1 − m)·w + m·(w blurred by a Gaussian of h cells), w = Σ e^(−age/τ) over the events of the cell. τ, h and m
/// are chosen by how good the maps of earlier days would have been.
/// Source: S. D. Johnson et al., "Prospective crime mapping in operational context" (Home Office, 2007), for memory
/// that fades; M. Stone, Journal of the Royal Statistical Society B 36 (1974) 111–147, for choosing by what was not
/// seen.
public struct HotSpotForecast: Sendable, Hashable {
  /// τ in days.
  public let memory: Double
  /// h in cells.
  public let blur: Double
  /// m, 0 … 1.
  public let shared: Double

  public init(memory: Double, blur: Double, shared: Double) {
    precondition(memory > 0 && blur > 0 && (0...1).contains(shared), "a memory and a blur")
    self.memory = memory
    self.blur = blur
    self.shared = shared
  }

  /// Those that are tried.
  public static let options = [365.0, 730, 1_095, 1_460, 2_190].flatMap { memory in
    [(1.0, 0.0), (1, 0.1), (1, 0.2), (1, 0.3), (2, 0.2), (2, 0.4), (3, 0.3)].map { blur, shared in
      HotSpotForecast(memory: memory, blur: blur, shared: shared)
    }
  }

  /// - Parameters:
  ///   - cells: of each event, its index on the grid.
  ///   - days: of each event.
  ///   - day: the day of the map; only what lies before it counts.
  /// - Returns: a score for each cell of the grid.
  public func scores(cells: [Int], days: [Double], before day: Double, on grid: Grid) -> [Double] {
    precondition(cells.count == days.count, "a cell and a day of each event")
    var weights = [Double](repeating: 0, count: grid.count)
    for (cell, time) in zip(cells, days) where time < day { weights[cell] += .exp((time - day) / memory) }
    guard shared > 0 else { return weights }
    let wide = blurred(weights, grid)
    return zip(weights, wide).map { (1 - shared) * $0 + shared * $1 }
  }

  /// The option whose maps of earlier days had the highest PAI in the mean, each judged by the days after it.
  ///
  /// - Parameters:
  ///   - mapDays: the days of those maps; the study area of each is the cells that had an event before it.
  ///   - horizon: how many days after it are to be foretold; all of them have to be over.
  ///   - area: the share of the cells that a map may choose.
  public static func chosen(
    cells: [Int], days: [Double], on grid: Grid, mapDays: [Double], horizon: Double, area: Double
  ) -> HotSpotForecast {
    let merits = options.map { option in
      mapDays.reduce(0.0) { sum, day in
        sum + (option.accuracy(cells: cells, days: days, on: grid, day: day, horizon: horizon, area: area)?.pai ?? 0)
      }
    }
    let best = merits.indices.max { merits[$0] < merits[$1] } ?? 0
    return options[best]
  }

  /// How good the map of a day was for the days after it, over the cells that had an event before it.
  public func accuracy(
    cells: [Int], days: [Double], on grid: Grid, day: Double, horizon: Double, area: Double
  ) -> HotSpotAccuracy? {
    let scores = scores(cells: cells, days: days, before: day, on: grid)
    return Self.accuracy(of: scores, cells: cells, days: days, day: day, horizon: horizon, area: area)
  }

  /// The same of any map: `scores` for each cell of the grid.
  public static func accuracy(
    of scores: [Double], cells: [Int], days: [Double], day: Double, horizon: Double, area: Double
  ) -> HotSpotAccuracy? {
    var isStudied = [Bool](repeating: false, count: scores.count)
    var later = [Int](repeating: 0, count: scores.count)
    for (cell, time) in zip(cells, days) {
      if time < day { isStudied[cell] = true } else if time < day + horizon { later[cell] += 1 }
    }
    let studied = scores.indices.filter { isStudied[$0] }
    guard !studied.isEmpty else { return nil }
    let events = studied.map { later[$0] }
    return HotSpotAccuracy(
      scores: studied.map { scores[$0] }, events: events, outside: later.reduce(0, +) - events.reduce(0, +),
      cells: max(1, Int((Double(studied.count) * area).rounded(.toNearestOrEven))))
  }

  private func blurred(_ values: [Double], _ grid: Grid) -> [Double] {
    let reach = Int((4 * blur).rounded(.up))
    let bell = (0...reach).map { Double.exp(-Double($0 * $0) / (2 * blur * blur)) }
    let sum = 2 * bell.reduce(0, +) - 1
    func pass(_ values: [Double], along step: Int, _ position: (Int) -> Int, _ length: Int) -> [Double] {
      var result = [Double](repeating: 0, count: values.count)
      for cell in values.indices where values[cell] > 0 {
        let at = position(cell)
        for offset in max(-reach, -at)...min(reach, length - 1 - at) {
          result[cell + offset * step] += bell[abs(offset)] / sum * values[cell]
        }
      }
      return result
    }
    let across = pass(values, along: 1, { $0 % grid.columns }, grid.columns)
    return pass(across, along: grid.columns, { $0 / grid.columns }, grid.rows)
  }
}
