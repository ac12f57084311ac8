// The tables of UnicodeData unpacked once into flat arrays: the class of every scalar, and what NFC needs.

/// What the tokenizer's expressions ask about one scalar.
struct ScalarClass: OptionSet, Sendable {
  let rawValue: UInt8
  /// Letters, `\p{L}`.
  static let letter = ScalarClass(rawValue: 1)
  /// Numbers, `\p{N}`.
  static let number = ScalarClass(rawValue: 2)
  /// White space, `\s`.
  static let space = ScalarClass(rawValue: 4)
  /// `\w`, asked only beside added tokens that must be whole words.
  static let word = ScalarClass(rawValue: 8)
  /// Whether NFC may change a text because of this scalar.
  static let unstable = ScalarClass(rawValue: 16)
}

/// Everything Lancet knows about Unicode, made once.
struct UnicodeTables: Sendable {
  static let shared = UnicodeTables()

  /// The classes of all 0x110000 scalars.
  let classes: [UInt8]
  /// Canonical combining classes that are not zero.
  let combining: [UInt32: UInt8]
  /// Canonical decompositions, one step; `second` is 0 for a single scalar.
  let decompositions: [UInt32: (first: UInt32, second: UInt32)]
  /// What two scalars compose to; the key is `first << 32 | second`.
  let compositions: [UInt64: UInt32]

  private init() {
    var classes: [UInt8] = []
    classes.reserveCapacity(0x110000)
    var runs = PackedNumbers(UnicodeData.classes)
    while let length = runs.next(), let kind = runs.next() {
      classes.append(contentsOf: repeatElement(UInt8(truncatingIfNeeded: kind), count: Int(length)))
    }

    var combining: [UInt32: UInt8] = [:]
    var marks = PackedNumbers(UnicodeData.combining)
    var scalar: UInt32 = 0
    while let gap = marks.next(), let length = marks.next(), let kind = marks.next() {
      scalar += gap
      for one in scalar..<scalar + length {
        combining[one] = UInt8(truncatingIfNeeded: kind)
        classes[Int(one)] |= ScalarClass.unstable.rawValue
      }
      scalar += length
    }

    var decompositions: [UInt32: (first: UInt32, second: UInt32)] = [:]
    var compositions: [UInt64: UInt32] = [:]
    var rows = PackedNumbers(UnicodeData.decompositions)
    scalar = 0
    while let gap = rows.next(), let offset = rows.next(), let tail = rows.next() {
      scalar += gap
      let distance = Int(offset >> 1) ^ -Int(offset & 1)
      let first = UInt32(truncatingIfNeeded: Int(scalar) + distance)
      let second = tail >> 1
      decompositions[scalar] = (first, second)
      if tail & 1 == 1 {
        compositions[UInt64(first) << 32 | UInt64(second)] = scalar
        classes[Int(second)] |= ScalarClass.unstable.rawValue
      } else {
        classes[Int(scalar)] |= ScalarClass.unstable.rawValue
      }
    }
    for jamo in Array(Hangul.vowels) + Array(Hangul.finals) {
      classes[Int(jamo)] |= ScalarClass.unstable.rawValue
    }
    self.classes = classes
    self.combining = combining
    self.decompositions = decompositions
    self.compositions = compositions
  }
}

/// The arithmetic of Hangul syllables (The Unicode Standard, 3.12).
enum Hangul {
  static let leads: Range<UInt32> = 0x1100..<0x1113
  static let vowels: Range<UInt32> = 0x1161..<0x1176
  /// Final consonants; the scalar before the first stands for "none".
  static let finals: Range<UInt32> = 0x11A8..<0x11C3
  static let syllables: Range<UInt32> = 0xAC00..<0xD7A4

  /// The syllable of a lead and a vowel, or of an open syllable and a final.
  static func composed(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if leads.contains(first), vowels.contains(second) {
      return syllables.lowerBound
        + ((first - leads.lowerBound) * 21 + second - vowels.lowerBound) * 28
    }
    if syllables.contains(first), finals.contains(second),
      (first - syllables.lowerBound) % 28 == 0
    {
      return first + second - finals.lowerBound + 1
    }
    return nil
  }
}

/// Reads numbers in base 32, low digit first; a digit above 31 says that more follow.
private struct PackedNumbers {
  private var digits: String.UTF8View.Iterator

  init(_ text: String) { digits = text.utf8.makeIterator() }

  mutating func next() -> UInt32? {
    var number: UInt32 = 0
    var shift: UInt32 = 0
    while let byte = digits.next() {
      let digit: UInt32 =
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 48
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65 + 10
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 97 + 36
        case UInt8(ascii: "-"): 62
        default: 63
        }
      number |= (digit & 31) << shift
      if digit < 32 { return number }
      shift += 5
    }
    return nil
  }
}
