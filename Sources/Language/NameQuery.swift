/// How characters are read: for each number the readings of a character, in letters.
struct SoundBook: Sendable {
  private(set) var sounds: [[[UInt8]]] = []
  /// The letters with which a reading may begin, a bit each.
  private(set) var initials: [UInt32] = []
  private var numbers: [UInt32: UInt16] = [:]

  mutating func number(of scalar: UInt32, _ readings: (Unicode.Scalar) -> [String]) -> UInt16 {
    if let number = numbers[scalar] { return number }
    let found = Self.sounds(of: scalar, readings)
    // Beyond what fits, characters have no sound.
    let number = UInt16(min(sounds.count, Int(UInt16.max)))
    if sounds.count <= Int(UInt16.max) {
      let kept = sounds.count == Int(UInt16.max) ? [] : found
      sounds.append(kept)
      initials.append(kept.reduce(0) { $0 | Self.bit($1[0]) })
    }
    numbers[scalar] = number
    return number
  }

  static func sounds(of scalar: UInt32, _ readings: (Unicode.Scalar) -> [String]) -> [[UInt8]] {
    if scalar < 0x80 { return [[UInt8(scalar)]] }
    return Unicode.Scalar(scalar).map { readings($0).map { Array($0.utf8) }.filter { !$0.isEmpty } } ?? []
  }

  static func bit(_ letter: UInt8) -> UInt32 { 1 << UInt32(letter & 31) }
}

/// One word of what was typed, ready to be held against many names.
struct NameQuery: Sendable {
  /// What a place in a name must be read as: one of these sounds, or the letter.
  private enum Atom {
    case sounds([[UInt8]])
    case letter(UInt8)
  }

  let scalars: [UInt32]
  /// As ASCII; empty where it is not.
  let letters: [UInt8]
  var isLatin: Bool { !letters.isEmpty }
  let written: NearlyMatcher?
  let spelled: NearlyMatcher?
  private let atoms: [Atom]
  private let initials: UInt32

  init(_ scalars: [UInt32], _ readings: (Unicode.Scalar) -> [String]) {
    self.scalars = scalars
    letters = scalars.allSatisfy { $0 < 0x80 } ? scalars.map { UInt8($0) } : []
    atoms = scalars.map { scalar in
      scalar < 0x80 ? .letter(UInt8(scalar)) : .sounds(SoundBook.sounds(of: scalar, readings))
    }
    initials = switch atoms[0] {
    case .letter(let letter): SoundBook.bit(letter)
    case .sounds(let sounds): sounds.reduce(0) { $0 | SoundBook.bit($1[0]) }
    }
    written = letters.isEmpty && scalars.count >= 3 ? NearlyMatcher(scalars, errorsMax: 1) : nil
    // Characters that nobody knows how to read are left to the written form.
    let spelling = atoms.flatMap { atom -> [UInt8] in
      switch atom {
      case .letter(let letter): [letter]
      case .sounds(let sounds): sounds.first ?? []
      }
    }
    let isReadable = letters.isEmpty ? spelling.count >= 6 : spelling.count >= 4
    spelled = isReadable ? NearlyMatcher(spelling.map(UInt32.init), errorsMax: spelling.count >= 7 ? 2 : 1) : nil
  }

  func mayBegin(_ sound: UInt16, _ book: SoundBook) -> Bool { initials & book.initials[Int(sound)] != 0 }

  /// Where the name has been read through all of the word; nil where it reads otherwise. Of each character either the
  /// whole reading was typed, or its initial (`z` or `zh`), or, at the end of the word, as much as was reached.
  func end(_ sounds: [UInt16], from place: Int, to limit: Int, _ book: SoundBook) -> Int? {
    end(atom: 0, sounds, place, limit, book)
  }

  private func end(atom: Int, _ sounds: [UInt16], _ place: Int, _ limit: Int, _ book: SoundBook) -> Int? {
    guard atom < atoms.count else { return place }
    guard place < limit else { return nil }
    let readings = book.sounds[Int(sounds[place])]
    switch atoms[atom] {
    case .sounds(let wanted):
      guard wanted.contains(where: readings.contains) else { return nil }
      return end(atom: atom + 1, sounds, place + 1, limit, book)
    case .letter:
      for reading in readings {
        let shared = shared(reading, from: atom)
        for count in stride(from: shared, to: 0, by: -1) where isWhole(count, of: reading, upTo: atom + count) {
          if let end = end(atom: atom + count, sounds, place + 1, limit, book) { return end }
        }
      }
      return nil
    }
  }

  /// How many letters of a reading were typed from here on.
  private func shared(_ reading: [UInt8], from atom: Int) -> Int {
    var count = 0
    while count < reading.count, atom + count < atoms.count, case .letter(reading[count]) = atoms[atom + count] {
      count += 1
    }
    return count
  }

  private func isWhole(_ count: Int, of reading: [UInt8], upTo next: Int) -> Bool {
    count == reading.count || count == 1 || next == atoms.count
      || (count == 2 && reading[1] == UInt8(ascii: "h") && "zcs".utf8.contains(reading[0]))
  }
}
