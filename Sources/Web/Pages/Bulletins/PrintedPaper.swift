/// What goes on sheets: the parts of a bulletin, and of an edition of the safety index.
struct PrintedPaper: Sendable {
  let head: String
  let number: String?
  let title: String
  let draft: String?
  let addressees: String?
  let blocks: [PaperBlock]
  let issuer: String
  let date: String
  /// The map under pictures that have one.
  var land = ""
  var ground: [Picture.Shape] = []
}

extension BulletinPaper {
  var printed: PrintedPaper {
    PrintedPaper(head: head, number: number, title: title, draft: draft, addressees: addressees, blocks: blocks,
                 issuer: issuer, date: date)
  }
}
