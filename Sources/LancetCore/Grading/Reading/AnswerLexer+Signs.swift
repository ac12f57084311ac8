// Signs beyond ASCII and those that commands stand for, as tokens.

extension AnswerLexer {
  /// Wide letters, digits and signs of Chinese texts as those of ASCII; a wide comma is no separator of thousands and stays.
  static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0xEF) else { return bytes }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0xEF, i + 2 < bytes.count, bytes[i + 1] == 0xBC || bytes[i + 1] == 0xBD {
        let code = (Int(bytes[i + 1]) - 0xBC) * 64 + Int(bytes[i + 2]) - 0x80 + 0x20
        if code > 0x20, code < 0x7F, code != 0x2C, code != 0x3B, code != 0x3F {
          out.append(UInt8(code))
          i += 3
          continue
        }
      }
      out.append(bytes[i])
      i += 1
    }
    return out
  }

  mutating func scalar() {
    let (value, length) = decodeScalar(bytes, at: at, end: end)
    at += length
    if let sign = MathSign.scalar(value) { return putSign(sign) }
    switch value {
    case 0x8D1F where peek().isDigit: put(.symbol(.minus))
    case 0x2026, 0x22EF: put(.command("dots"))
    case 0xFF08: put(.symbol(.openParen))
    case 0xFF09: put(.symbol(.closeParen))
    case 0xFF1F: put(.symbol(.question))
    case 0xFF0C, 0x3001: put(.symbol(.comma))
    case 0x2705, 0x2713, 0x2714, 0xFE0F, 0x1F389: space = true
    case 0x211D:
      put(.command("mathbb"))
      put(.letter("R"))
    case 0x391...0x3C9:
      put(.letter(Unicode.Scalar(value).map { String(Character($0)) } ?? "?"))
    default:
      let text = Unicode.Scalar(value).map { String(Character($0)).lowercased() } ?? "\u{FFFD}"
      if !space, case .word(let word)? = tokens.last?.kind {
        tokens[tokens.count - 1].kind = .word(word + text)
      } else {
        put(.word(text))
      }
    }
  }

  mutating func putSign(_ sign: MathSign) {
    switch sign {
    case .space: space = true
    case .invisible: break
    case .times: put(.symbol(.star))
    case .divide: put(.symbol(.slash))
    case .minus, .dash: put(.symbol(.minus))
    case .percent: put(.symbol(.percent))
    case .less: put(.symbol(.less))
    case .greater: put(.symbol(.greater))
    case .fractionCommand: put(.command("frac"))
    case .root: put(.command("sqrt"))
    case .cubeRoot: put(.command("cbrt"))
    case .fourthRoot: put(.command("fourthroot"))
    case .pi: put(.command("pi"))
    case .infinity: put(.command("infty"))
    case .degree: put(.command("degree"))
    case .plusMinus: put(.command("pm"))
    case .prime: put(.command("prime"))
    case .approximately: put(.command("approx"))
    case .lessOrEqual: put(.command("le"))
    case .greaterOrEqual: put(.command("ge"))
    case .notEqual: put(.command("ne"))
    case .identical: put(.command("equiv"))
    case .arrow: put(.command("to"))
    case .element: put(.command("in"))
    case .union: put(.command("cup"))
    case .intersection: put(.command("cap"))
    case .emptySet: put(.command("emptyset"))
    case .bullet: put(.command("bullet"))
    case .currency(let sign): put(.currency(sign))
    case .cent: put(.word("cent"))
    case .fraction(let upper, let lower): put(.fraction(upper, lower))
    case .power(let digit): putDigit(digit, behind: .caret)
    case .subscripted(let digit): putDigit(digit, behind: .underscore)
    }
  }

  /// A raised or lowered digit as the mark and the number.
  private mutating func putDigit(_ digit: Int, behind mark: UInt8) {
    put(.symbol(mark))
    var token = AnswerToken(.number, spaceBefore: false)
    token.digits = String(digit)
    token.number = WrittenNumber(digits: token.digits.utf8)
    tokens.append(token)
  }
}
