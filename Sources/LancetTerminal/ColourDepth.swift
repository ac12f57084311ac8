// How many colours to use. Flag, NO_COLOR, TERM, COLORTERM, in this order.

/// How many colours a terminal gets.
public enum ColourDepth: Int, CaseIterable, Hashable, Sendable, Comparable {
  case mono, sixteen, palette, truecolor

  /// Whether less is richer.
  public static func < (one: ColourDepth, two: ColourDepth) -> Bool { one.rawValue < two.rawValue }

  /// Decides: `flag` (`auto`, `never`, `always`, `16`, `256`, `truecolor`) before NO_COLOR (set and not empty) before not
  /// a terminal or TERM=dumb before COLORTERM before what the terminal type has.
  public static func choose(
    flag: String? = nil, environment: (String) -> String?, isTerminal: Bool, terminalColours: Int
  ) -> ColourDepth {
    switch flag {
    case "never": return .mono
    case "16": return .sixteen
    case "256": return .palette
    case "truecolor": return .truecolor
    case "always": return max(.sixteen, known(environment, terminalColours))
    default: break
    }
    if let no = environment("NO_COLOR"), !no.isEmpty { return .mono }
    let term = environment("TERM") ?? ""
    if !isTerminal || term.isEmpty || term == "dumb" { return .mono }
    return known(environment, terminalColours)
  }

  private static func known(
    _ environment: (String) -> String?, _ terminalColours: Int
  ) -> ColourDepth {
    if let text = environment("COLORTERM"), text == "truecolor" || text == "24bit" {
      return .truecolor
    }
    return terminalColours > 256
      ? .truecolor : terminalColours >= 256 ? .palette : terminalColours >= 8 ? .sixteen : .mono
  }
}
