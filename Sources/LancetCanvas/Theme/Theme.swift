// A theme: which colours and attributes each role is drawn with.

/// What a role is drawn with.
///
/// Nil colours leave the terminal's own.
public struct Ink: Hashable, Sendable {
  /// The colour of the strokes.
  public var foreground: RGB?
  /// The colour behind them.
  public var background: RGB?
  /// Heavier strokes.
  public var bold = false
  /// A line below.
  public var underline = false
  /// Foreground and background swapped.
  public var reverse = false
  /// Slanted.
  public var italic = false
  /// Fainter.
  public var dim = false

  /// An ink of these colours without attributes.
  public init(_ foreground: RGB? = nil, on background: RGB? = nil) {
    self.foreground = foreground
    self.background = background
  }
}

/// A set of inks, one for each role.
public struct Theme: Hashable, Sendable {
  /// The name of its file without `.theme`: what settings store and the command line names.
  public let id: String
  /// The name people read.
  public internal(set) var name: String
  /// One line about it.
  public internal(set) var about = ""
  /// Whether it is made for a light ground.
  public internal(set) var isLight = false
  /// The ground painted behind everything; nil leaves the terminal's own.
  public internal(set) var background: RGB?
  /// The ink of each role.
  public internal(set) var inks: [Role: Ink] = [:]

  init(id: String) {
    self.id = id
    name = id
  }

  /// Whether it uses no colour at all; then word marks are also printed as brackets.
  public var monochrome: Bool {
    background == nil
      && inks.values.allSatisfy { $0.foreground == nil && $0.background == nil }
  }

  /// The ground that is behind text: the painted one, or what a terminal of that kind usually has.
  public var assumedBackground: RGB {
    background ?? (isLight ? RGB(255, 255, 255) : RGB(24, 24, 24))
  }

  /// What a cell of this style is drawn with: the role's ink, the ground's background, all attributes.
  public func ink(for style: Style) -> Ink {
    var ink = inks[style.role] ?? inks[.text] ?? Ink()
    if let ground = style.ground, let below = inks[ground] {
      if let colour = below.background, ink.background == nil || ground == .selection {
        ink.background = colour
      }
      ink.reverse = ink.reverse || below.reverse
      if let fore = ink.foreground, let back = ink.background,
        fore.contrast(with: back) < Theme.floor(of: style.role)
      {
        ink.foreground = below.foreground
      }
    }
    if ink.background == nil { ink.background = background }
    ink.bold = ink.bold || style.bold
    ink.underline = ink.underline || style.underline
    ink.reverse = ink.reverse || style.reverse
    ink.italic = ink.italic || style.italic
    ink.dim = ink.dim || style.dim
    return ink
  }

  /// The least contrast a role may have against its ground, so that no theme can hide text.
  public static func floor(of role: Role) -> Double {
    switch role {
    case .rule, .barEmpty: 1.3
    case .dimmed, .muted, .tab, .axis, .headroom: 2
    default: 2.5
    }
  }

  /// The theme used when no other is asked for or readable.
  public static var standard: Theme {
    bundled.first { $0.id == "dusk" } ?? Theme(id: "plain")
  }

  /// The theme without colours, for NO_COLOR and terminals that have none.
  public static var mono: Theme {
    bundled.first { $0.id == "mono" } ?? Theme(id: "plain")
  }
}
