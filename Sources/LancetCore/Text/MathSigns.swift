// What a sign of arithmetic means, whether it is written as a Unicode scalar or as a LaTeX command. Answers and prose
// read the same signs from here; what they make of one is theirs.

/// The meaning of a sign.
enum MathSign: Equatable {
  case times, divide, minus
  /// A dash that is no minus between words: an em dash, a bar.
  case dash
  case power(Int)
  case subscripted(Int)
  case fraction(Int, Int)
  case fractionCommand, root, cubeRoot, fourthRoot, pi, infinity, degree, plusMinus, prime
  case percent
  case approximately, less, greater, lessOrEqual, greaterOrEqual, notEqual, identical
  /// An arrow or an implication.
  case arrow
  case element, union, intersection, emptySet
  /// A sign of money in front of or behind a number.
  case currency(String)
  case cent
  case bullet
  /// White space of any width.
  case space
  /// Nothing to read: quotes, marks of direction, joiners.
  case invisible
}

extension MathSign {
  /// The meaning of a scalar beyond ASCII; nil for letters and everything else.
  static func scalar(_ value: UInt32) -> MathSign? {
    switch value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: .space
    case 0x200B...0x200F, 0x2018...0x201F, 0x202A...0x202E, 0x2060...0x2061, 0x2063, 0xFEFF:
      .invisible
    case 0x2010...0x2013, 0x2212, 0xFF0D: .minus
    case 0x2014, 0x2015: .dash
    case 0xD7, 0x22C5, 0xB7, 0x2219, 0x2062, 0x2217: .times
    case 0xF7, 0x2215, 0x2044: .divide
    case 0xB1: .plusMinus
    case 0x221E: .infinity
    case 0x222A: .union
    case 0x2229: .intersection
    case 0x2205: .emptySet
    case 0x221A: .root
    case 0x221B: .cubeRoot
    case 0x221C: .fourthRoot
    case 0xB0, 0x2218, 0xBA: .degree
    case 0x2032, 0x2033: .prime
    case 0x2264, 0x2A7D: .lessOrEqual
    case 0x2265, 0x2A7E: .greaterOrEqual
    case 0x2260: .notEqual
    case 0x2248, 0x2243, 0x2245: .approximately
    case 0x2261: .identical
    case 0x2190...0x21FF, 0x27F5...0x27FC: .arrow
    case 0x2208: .element
    case 0x20AC: .currency("€")
    case 0xA3: .currency("£")
    case 0xA5, 0xFFE5: .currency("¥")
    case 0x20B9: .currency("₹")
    case 0xA2: .cent
    case 0xFF05: .percent
    case 0xBD: .fraction(1, 2)
    case 0xBC: .fraction(1, 4)
    case 0xBE: .fraction(3, 4)
    case 0x2150: .fraction(1, 7)
    case 0x2151: .fraction(1, 9)
    case 0x2152: .fraction(1, 10)
    case 0x2153: .fraction(1, 3)
    case 0x2154: .fraction(2, 3)
    case 0x2155...0x2158: .fraction(Int(value) - 0x2154, 5)
    case 0x2159: .fraction(1, 6)
    case 0x215A: .fraction(5, 6)
    case 0x215B: .fraction(1, 8)
    case 0x215C: .fraction(3, 8)
    case 0x215D: .fraction(5, 8)
    case 0x215E: .fraction(7, 8)
    case 0xB9: .power(1)
    case 0xB2: .power(2)
    case 0xB3: .power(3)
    case 0x2070, 0x2074...0x2079: .power(Int(value) - 0x2070)
    case 0x2080...0x2089: .subscripted(Int(value) - 0x2080)
    case 0x3C0, 0x1D70B: .pi
    case 0x2022, 0x25CF, 0x2023, 0x25AA, 0x25CB: .bullet
    default: nil
    }
  }

  /// The meaning of a LaTeX command, given without its backslash; nil for every other command.
  static func command(_ name: String) -> MathSign? { commands[name] }

  private static let commands: [String: MathSign] = {
    var out: [String: MathSign] = [:]
    func add(_ sign: MathSign, _ names: String) {
      for name in names.split(separator: " ") { out[String(name)] = sign }
    }
    add(.times, "times cdot ast")
    add(.divide, "div")
    add(.fractionCommand, "frac dfrac tfrac cfrac")
    add(.root, "sqrt")
    add(.pi, "pi")
    add(.infinity, "infty")
    add(.degree, "circ degree")
    add(.plusMinus, "pm mp")
    add(.percent, "percent")
    add(.approximately, "approx simeq")
    add(.less, "lt")
    add(.greater, "gt")
    add(.lessOrEqual, "le leq leqslant")
    add(.greaterOrEqual, "ge geq geqslant")
    add(.notEqual, "ne neq")
    add(.identical, "equiv")
    add(.arrow, "to Rightarrow implies rightarrow Longrightarrow longrightarrow iff mapsto")
    add(.element, "in")
    add(.union, "cup")
    add(.intersection, "cap")
    add(.emptySet, "emptyset varnothing")
    add(.currency("€"), "euro")
    add(.currency("£"), "pounds")
    return out
  }()
}
