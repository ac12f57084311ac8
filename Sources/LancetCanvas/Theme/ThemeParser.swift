// Reading a `.theme` file: `role = colour [on colour] [bold|underline|reverse|italic|dim]`, comments after `#`.
// A bad line costs one warning and leaves the default; a theme can never fail the start.

/// What was wrong with one line of a theme.
public struct ThemeWarning: Hashable, Sendable {
  /// What was wrong, as facts; `sentence` puts them in words.
  public enum Problem: Hashable, Sendable {
    case tooLarge(bytes: Int)
    case tooManyLines
    case controlCharacter
    case noEqualsSign
    case unknownRole(String)
    case unknownColour(String)
    case unknownAttribute(String)
    case repeated(Role)
    case tooLittleContrast(Role)
  }

  /// The line, from 1; 0 means the file as a whole.
  public let line: Int
  /// What was wrong.
  public let problem: Problem

  /// The warning in words.
  public var sentence: String {
    let place = line > 0 ? "line \(line): " : ""
    return place
      + {
        switch problem {
        case .tooLarge(let bytes):
          "the theme has \(bytes) bytes, the limit is \(Theme.byteLimit); the default is used"
        case .tooManyLines: "more than \(Theme.lineLimit) lines; the rest is ignored"
        case .controlCharacter: "control characters are not allowed; the line is ignored"
        case .noEqualsSign: "expected `role = colour`; the line is ignored"
        case .unknownRole(let name): "unknown role \(name); the line is ignored"
        case .unknownColour(let name):
          "unknown colour \(name), write #rrggbb or default; the line is ignored"
        case .unknownAttribute(let name): "unknown attribute \(name); it is ignored"
        case .repeated(let role): "\(role.rawValue) was set before; the last one counts"
        case .tooLittleContrast(let role):
          "\(role.rawValue) cannot be read on its background; a readable colour is used"
        }
      }()
  }
}

extension Theme {
  /// A theme file larger than this is not read.
  public static let byteLimit = 64 << 10
  /// Lines after this many are ignored.
  public static let lineLimit = 1_000

  /// Reads the text of a theme.
  ///
  /// What it does not set, or sets badly, comes from `base` (the default theme).
  public static func parse(
    _ text: String, id: String, base: Theme? = nil
  ) -> (theme: Theme, warnings: [ThemeWarning]) {
    var theme = Theme(id: id)
    theme.inks = base?.inks ?? [:]
    var warnings: [ThemeWarning] = []
    guard text.utf8.count <= byteLimit else {
      warnings.append(ThemeWarning(line: 0, problem: .tooLarge(bytes: text.utf8.count)))
      theme.background = base?.background
      return (theme, warnings)
    }
    var setAt: [Role: Int] = [:]
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() {
      let number = index + 1
      guard number <= lineLimit else {
        warnings.append(ThemeWarning(line: number, problem: .tooManyLines))
        break
      }
      let bytes = bytes.last == 0x0D ? bytes.dropLast() : bytes
      if bytes.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) {
        warnings.append(ThemeWarning(line: number, problem: .controlCharacter))
        continue
      }
      let line = trimmed(String(Substring(bytes)))
      if line.isEmpty { continue }
      if line.hasPrefix("#") {
        theme.readMetadata(String(line.dropFirst()))
      } else {
        theme.readLine(line, number: number, setAt: &setAt, warnings: &warnings)
      }
    }
    theme.keepContrast(lines: setAt, warnings: &warnings)
    return (theme, warnings)
  }

  private mutating func readMetadata(_ comment: String) {
    guard let colon = comment.firstIndex(of: ":") else { return }
    let value = String(trimmed(String(comment[comment.index(after: colon)...])).prefix(100))
    switch trimmed(String(comment[..<colon])) {
    case "name" where !value.isEmpty: name = value
    case "about": about = value
    case "ground": isLight = value == "light"
    default: break
    }
  }

  private mutating func readLine(
    _ line: String, number: Int, setAt: inout [Role: Int], warnings: inout [ThemeWarning]
  ) {
    func warn(_ problem: ThemeWarning.Problem) {
      warnings.append(ThemeWarning(line: number, problem: problem))
    }
    guard let equals = line.firstIndex(of: "=") else { return warn(.noEqualsSign) }
    let key = trimmed(String(line[..<equals]))
    let words = line[line.index(after: equals)...].split { $0 == " " || $0 == "\t" }
    if key == "background" {
      let word = words.first.map(String.init) ?? ""
      let isNone = word == "default" || word == "none"
      guard isNone || RGB(hex: word) != nil else { return warn(.unknownColour(shown(word))) }
      background = RGB(hex: word)
      return
    }
    guard let role = Role(rawValue: key) else { return warn(.unknownRole(shown(key))) }
    var ink = Ink()
    var place = 0
    while place < words.count {
      let word = String(words[place])
      let isGround = word == "on"
      if isGround { place += 1 }
      if place == 0 || isGround {
        let name = place < words.count ? String(words[place]) : ""
        let colour = RGB(hex: name)
        guard colour != nil || name == "default" else { return warn(.unknownColour(shown(name))) }
        if isGround { ink.background = colour } else { ink.foreground = colour }
      } else {
        switch word {
        case "bold": ink.bold = true
        case "underline": ink.underline = true
        case "reverse": ink.reverse = true
        case "italic": ink.italic = true
        case "dim": ink.dim = true
        default: warn(.unknownAttribute(shown(word)))
        }
      }
      place += 1
    }
    guard !words.isEmpty else { return warn(.unknownColour("")) }
    if setAt[role] != nil { warn(.repeated(role)) }
    setAt[role] = number
    inks[role] = ink
  }

  /// Replaces colours that cannot be read on their ground, with one warning for each line that set one.
  private mutating func keepContrast(lines: [Role: Int], warnings: inout [ThemeWarning]) {
    for role in Role.allCases {
      guard let ink = inks[role], let colour = ink.foreground else { continue }
      let ground = ink.background ?? assumedBackground
      guard colour.contrast(with: ground) < Theme.floor(of: role) else { continue }
      let white = RGB(255, 255, 255)
      let black = RGB(0, 0, 0)
      inks[role]?.foreground =
        white.contrast(with: ground) > black.contrast(with: ground) ? white : black
      if let line = lines[role] {
        warnings.append(ThemeWarning(line: line, problem: .tooLittleContrast(role)))
      }
    }
  }
}

private func trimmed(_ text: String) -> String {
  var slice = Substring(text)
  while let first = slice.first, first == " " || first == "\t" { slice.removeFirst() }
  while let last = slice.last, last == " " || last == "\t" { slice.removeLast() }
  return String(slice)
}

/// A word of a theme as a warning may print it: visible and short.
private func shown(_ word: String) -> String {
  var text = ""
  for cell in VisibleText(String(word.prefix(40))).cells { cell.glyph.append(to: &text) }
  return "`\(text)`"
}
