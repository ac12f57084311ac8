// Sets of characters as Oniguruma, the engine inside `tokenizers`, understands them: categories, classes, ranges, and what is made
// of them.

/// A set of Unicode scalars.
indirect enum ScalarSet: Sendable {
  case ranges([ClosedRange<UInt32>])
  /// One bit a general category, as ``category(of:)`` numbers them.
  case categories(UInt32)
  /// `\p{L}`, `\p{N}` or `\s` from the recorded tables.
  case table(ScalarClass)
  case alphabetic
  case not(ScalarSet)
  case any([ScalarSet])
  case both(ScalarSet, ScalarSet)

  func contains(_ value: UInt32) -> Bool {
    switch self {
    case .ranges(let ranges): ranges.contains { $0.contains(value) }
    case .categories(let mask): mask & 1 << Self.category(of: value) != 0
    case .table(let kind):
      UnicodeTables.shared.classes[Int(value)] & kind.rawValue != 0
    case .alphabetic: UnicodeScalar(value)?.properties.isAlphabetic ?? false
    case .not(let inner): !inner.contains(value)
    case .any(let parts): parts.contains { $0.contains(value) }
    case .both(let a, let b): a.contains(value) && b.contains(value)
    }
  }

  /// The set with both cases of each ASCII letter in it, and the long s and the Kelvin sign, which fold to such letters.
  var foldingCase: ScalarSet {
    var more: [ClosedRange<UInt32>] = []
    for letter in UInt32(65)...90 where contains(letter) || contains(letter + 32) {
      more += [letter...letter, letter + 32...letter + 32]
      if letter == 83 { more.append(0x17F...0x17F) }
      if letter == 75 { more.append(0x212A...0x212A) }
    }
    return more.isEmpty ? self : .any([self, .ranges(more)])
  }

  static let newline = ScalarSet.ranges([10...10])
  static let digit = ScalarSet.categories(mask("Nd"))
  static let space = ScalarSet.table(.space)
  static let word = ScalarSet.any([
    .table(.letter), .categories(mask("M") | mask("Nd") | mask("Pc")),
  ])
  static let punctuationCategories = ScalarSet.categories(mask("P"))
  static let punctuation = ScalarSet.any([
    .categories(mask("P")),
    .ranges([
      0x24...0x24, 0x2B...0x2B, 0x3C...0x3E, 0x5E...0x5E, 0x60...0x60, 0x7C...0x7C, 0x7E...0x7E,
    ]),
  ])

  /// The names of general categories by their number.
  private static let names = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf",
    "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
  ]

  /// The bits of a category such as `Lu`, or of a group such as `L`; 0 for an unknown name.
  static func mask(_ name: String) -> UInt32 {
    names.enumerated().reduce(0) {
      $1.element == name || $1.element.prefix(1) == name ? $0 | 1 << UInt32($1.offset) : $0
    }
  }

  /// The number of a scalar's general category in the version of Unicode that Oniguruma has.
  static func category(of value: UInt32) -> UInt32 {
    guard let scalar = UnicodeScalar(value) else { return 27 }
    let properties = scalar.properties
    guard let age = properties.age, age.major <= 16 else {
      return properties.generalCategory == .privateUse ? 28 : 29
    }
    switch properties.generalCategory {
    case .uppercaseLetter: return 0
    case .lowercaseLetter: return 1
    case .titlecaseLetter: return 2
    case .modifierLetter: return 3
    case .otherLetter: return 4
    case .nonspacingMark: return 5
    case .spacingMark: return 6
    case .enclosingMark: return 7
    case .decimalNumber: return 8
    case .letterNumber: return 9
    case .otherNumber: return 10
    case .connectorPunctuation: return 11
    case .dashPunctuation: return 12
    case .openPunctuation: return 13
    case .closePunctuation: return 14
    case .initialPunctuation: return 15
    case .finalPunctuation: return 16
    case .otherPunctuation: return 17
    case .mathSymbol: return 18
    case .currencySymbol: return 19
    case .modifierSymbol: return 20
    case .otherSymbol: return 21
    case .spaceSeparator: return 22
    case .lineSeparator: return 23
    case .paragraphSeparator: return 24
    case .control: return 25
    case .format: return 26
    case .surrogate: return 27
    case .privateUse: return 28
    default: return 29
    }
  }

  /// `\p{name}`; nil for what is not known here.
  static func property(_ name: String) -> ScalarSet? {
    let name = name.filter { $0 != "_" && $0 != " " && $0 != "-" }
    switch name.lowercased() {
    case "l", "letter": return .table(.letter)
    case "n", "number": return .table(.number)
    case "any": return .ranges([0...0x10FFFF])
    case "alpha", "alphabetic": return .alphabetic
    case "digit": return .digit
    case "space", "whitespace": return .space
    case "word": return .word
    case "punct": return .punctuation
    case "alnum": return .any([.alphabetic, .digit])
    case "xdigit": return hexadecimal
    case "upper", "uppercaseletter": return .categories(mask("Lu"))
    case "lower", "lowercaseletter": return .categories(mask("Ll"))
    case "mark": return .categories(mask("M"))
    case "punctuation": return .categories(mask("P"))
    case "symbol": return .categories(mask("S"))
    case "separator": return .categories(mask("Z"))
    case "han": return .ranges(han)
    case "hiragana":
      return .ranges([
        0x3041...0x3096, 0x309D...0x309F, 0x1B001...0x1B11F, 0x1B132...0x1B132, 0x1B150...0x1B152,
        0x1F200...0x1F200,
      ])
    case "katakana":
      return .ranges([
        0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0x32D0...0x32FE, 0x3300...0x3357,
        0xFF66...0xFF6F, 0xFF71...0xFF9D, 0x1AFF0...0x1AFF3, 0x1AFF5...0x1AFFB, 0x1AFFD...0x1AFFE,
        0x1B000...0x1B000, 0x1B120...0x1B122, 0x1B155...0x1B155, 0x1B164...0x1B167,
      ])
    case "hangul":
      return .ranges([
        0x1100...0x11FF, 0x302E...0x302F, 0x3131...0x318E, 0x3200...0x321E, 0x3260...0x327E,
        0xA960...0xA97C, 0xAC00...0xD7A3, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB, 0xFFA0...0xFFBE,
        0xFFC2...0xFFC7, 0xFFCA...0xFFCF, 0xFFD2...0xFFD7, 0xFFDA...0xFFDC,
      ])
    default:
      let mask = mask(name.prefix(1).uppercased() + name.dropFirst().lowercased())
      return mask == 0 ? nil : .categories(mask)
    }
  }

  static let hexadecimal = ScalarSet.ranges([0x30...0x39, 0x41...0x46, 0x61...0x66])

  private static let han: [ClosedRange<UInt32>] = [
    0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x3005...0x3005, 0x3007...0x3007,
    0x3021...0x3029, 0x3038...0x303B, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFA6D,
    0xFA70...0xFAD9, 0x16FE2...0x16FE3, 0x16FF0...0x16FF1, 0x20000...0x2A6DF, 0x2A700...0x2B739,
    0x2B740...0x2B81D, 0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0, 0x2EBF0...0x2EE5D, 0x2F800...0x2FA1D,
    0x30000...0x3134A, 0x31350...0x323AF,
  ]
}
