import Domain
import Features

/// How an edition came to be: in plain words, and behind them in full.
extension EditionSections {
  /// The words of the page, and what they mean.
  var method: PaperBlock {
    let terms = ["report", "ratio", edition.comparison, "interval", "level", "rate", "rank", "hidden", "map"]
    let rows = terms.map { term in
      PaperTable.Row(cells: [
        .init(text: words["editionTerm." + term]), .init(text: words("editionMeaning." + term, edition, values)),
      ])
    }
    return PaperBlock(
      heading: words["editionMethod"], prose: words["editionMethodProse"],
      grid: PaperTable(caption: words["editionMethod"], columns: [
        .init(title: words["editionTerm"], share: 0.24), .init(title: words["editionMeaning"], share: 0.76),
      ], rows: rows, isProse: true))
  }

  var methodInFull: PaperBlock {
    let rows = Self.sources.map { method, source in
      PaperTable.Row(cells: [
        .init(text: words("editionFull." + method, edition)),
        .init(text: words("editionFullHow." + method, edition, values)), .init(text: source),
      ])
    }
    return PaperBlock(
      heading: words["editionFull"], grid: PaperTable(caption: words["editionFull"], columns: [
        .init(title: words["editionFullMethod"], share: 0.16), .init(title: words["editionFullHow"], share: 0.5),
        .init(title: words["editionFullSource"], share: 0.34),
      ], rows: rows, isProse: true), isFolded: true)
  }

  private var values: [String: String] {
    ["k": String(edition.suppressBelow), "cell": EditionPictures.short(edition.grid.cellMetres), "draws": "9,999"]
  }

  private static let sources = [
    ("change", "Clopper, Pearson, Biometrika 26 (1934) 404; Benjamini, Hochberg, JRSS B 57 (1995) 289"),
    ("rate", "Marshall, Applied Statistics 40 (1991) 283; Clayton, Kaldor, Biometrics 43 (1987) 671"),
    ("rank", "Goldstein, Spiegelhalter, JRSS A 159 (1996) 385; Shen, Louis, JRSS B 60 (1998) 455"),
    ("funnel", "Spiegelhalter, Statistics in Medicine 24 (2005) 1185"),
    ("worst", "Hauer, Observational Before–After Studies in Road Safety (1997)"),
    ("map", "Silverman, Density Estimation (1986) 4; Diggle, Applied Statistics 34 (1985) 138"),
    ("hot", "Ord, Getis, Geographical Analysis 27 (1995) 286; Caldas de Castro, Singer, ibid. 38 (2006) 180"),
    ("forecast", "Johnson et al., Home Office (2007); Chainey et al., Security Journal 21 (2008) 4"),
    ("cluster", "Kulldorff et al., PLoS Medicine 2 (2005) e59"),
    ("near", "Ratcliffe, Rengert, Security Journal 21 (2008) 58"),
    ("lorenz", "Bernasco, Steenbeek, Journal of Quantitative Criminology 33 (2017) 451"),
    ("words", "Monroe et al., Political Analysis 16 (2008) 372"),
    ("hidden", "Willenborg, de Waal, Elements of Statistical Disclosure Control (2001) 4"),
  ]
}
