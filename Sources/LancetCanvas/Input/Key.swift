// Keys, and their names as the help, the footer and the bindings write them.

/// A key as the terminal reports it.
public enum Key: Hashable, Sendable {
  /// A printable character, the space included.
  case char(Character)
  /// A control combination by its small letter: ctrl-r is `control("r")`.
  case control(Character)
  /// A character with Alt held (or after Escape, at once).
  case alt(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 is `function(1)`.
  case function(Int)

  /// The name people read: `a`, `Space`, `Ctrl-r`, `Alt-x`, `Enter`, `PgDn`, `F1`.
  public var name: String {
    switch self {
    case .char(" "): "Space"
    case .char(let character): String(character)
    case .control(" "): "Ctrl-Space"
    case .control(let character): "Ctrl-\(character)"
    case .alt(" "): "Alt-Space"
    case .alt(let character): "Alt-\(character)"
    case .function(let number): "F\(number)"
    default: Key.named.first { $0.key == self }?.names[0] ?? "?"
    }
  }

  /// Reads a name as `name` writes it; case and a few other spellings do not matter.
  ///
  /// Nil when it is no key.
  public init?(name: String) {
    let lower = name.lowercased()
    if let found = Key.named.first(where: { $0.names.contains { $0.lowercased() == lower } }) {
      self = found.key
    } else if name.count == 1, let character = name.first {
      self = .char(character)
    } else if lower == "space" {
      self = .char(" ")
    } else if let rest = Key.suffix(of: lower, after: ["ctrl-", "ctrl+", "c-", "^"]) {
      guard let character = Key.single(rest) else { return nil }
      self = .control(character)
    } else if Key.suffix(of: lower, after: ["alt-", "alt+", "m-"]) != nil {
      guard let character = Key.single(String(name.drop { $0 != "-" && $0 != "+" }.dropFirst()))
      else { return nil }
      self = .alt(character)
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  private static let named: [(key: Key, names: [String])] = [
    (.enter, ["Enter", "Return"]), (.escape, ["Esc", "Escape"]), (.tab, ["Tab"]),
    (.backTab, ["Shift-Tab", "BackTab", "S-Tab"]), (.backspace, ["Backspace"]),
    (.delete, ["Delete", "Del"]), (.insert, ["Insert", "Ins"]), (.up, ["↑", "Up"]),
    (.down, ["↓", "Down"]), (.left, ["←", "Left"]), (.right, ["→", "Right"]), (.home, ["Home"]),
    (.end, ["End"]), (.pageUp, ["PgUp", "PageUp"]), (.pageDown, ["PgDn", "PageDown"]),
  ]

  private static func suffix(of text: String, after prefixes: [String]) -> String? {
    for prefix in prefixes where text.hasPrefix(prefix) && text.count > prefix.count {
      return String(text.dropFirst(prefix.count))
    }
    return nil
  }

  private static func single(_ text: String) -> Character? {
    if text.lowercased() == "space" { return " " }
    return text.count == 1 ? text.first : nil
  }
}
