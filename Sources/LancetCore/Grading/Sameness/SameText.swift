// The same text is the same answer, whatever it says: compared without white space that means nothing and without the
// marks and commands that change only how a formula looks.

enum SameText {
  /// Whether two texts are the same in this sense; texts without a letter, a digit or a sign beyond ASCII never are.
  static func isSame(_ a: String, _ b: String) -> Bool {
    guard a.utf8.contains(where: isWord) else { return false }
    if a == b { return true }
    // Longer texts are no spellings of one value.
    guard a.utf8.count < 20_000, b.utf8.count < 20_000 else { return false }
    // What is cut off or crossed out is the same as nothing but itself.
    guard isWhole(a), isWhole(b) else { return false }
    return canonical(a) == canonical(b)
  }

  private static func isWhole(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return AnswerLexer.closesFormulas(bytes)
      && ByteText(bytes).find("~~", from: 0, to: bytes.count) == nil
  }

  private static let invisible: Set<String> = [
    "left", "right", "displaystyle", "textstyle", "limits", "bigl", "bigr", "Bigl", "Bigr", "big",
    "Big", "text", "mathrm", "textrm", "mbox", "textbf", "mathbf",
  ]

  private static func canonical(_ text: String) -> [UInt8] {
    var writer = Writer(Array(text.utf8))
    writer.run()
    return writer.out
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte >= 0x80
  }

  private struct Writer {
    let bytes: [UInt8]
    private(set) var out: [UInt8] = []
    private var space = false
    private var at = 0

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      out.reserveCapacity(bytes.count)
    }

    private mutating func put(_ byte: UInt8) {
      if space, let last = out.last, isWord(last), isWord(byte) { out.append(.space) }
      space = false
      out.append(byte)
    }

    mutating func run() {
      while at < bytes.count {
        let byte = bytes[at]
        at += 1
        if byte.isBlank || byte == .tilde {
          space = true
        } else if byte == .backslash, at < bytes.count {
          command()
        } else if byte != .dollar {
          put(byte)
        }
      }
      while let last = out.last, last == .dot, out.count > 1, out[out.count - 2] != .dot {
        out.removeLast()
      }
    }

    /// Passes over a command, or puts it by the one name of all that mean the same.
    private mutating func command() {
      let next = bytes[at]
      guard next.isLetter else {
        at += 1
        switch next {
        case .exclamation, .openParen, .closeParen, .openBracket, .closeBracket: break
        case .comma, .semicolon, .colon, .space: space = true
        default:
          put(.backslash)
          put(next)
        }
        return
      }
      let start = at
      while at < bytes.count, bytes[at].isLetter { at += 1 }
      var name = String(decoding: bytes[start..<at], as: UTF8.self)
      if invisible.contains(name) { return }
      switch name {
      case "quad", "qquad":
        space = true
        return
      case "dfrac", "tfrac", "cfrac": name = "frac"
      case "ldots", "cdots": name = "dots"
      case "le", "leqslant": name = "leq"
      case "ge", "geqslant": name = "geq"
      case "ne": name = "neq"
      default: break
      }
      put(.backslash)
      for byte in name.utf8 { put(byte) }
      // A command ends where a blank or anything but a letter stands: "\\pi r" and "\\pir" differ.
      space = at < bytes.count && bytes[at].isBlank
    }
  }
}
