// How a cell is drawn: a role, perhaps the ground of another role, and attributes. Four bytes, no colour.

/// A role with attributes.
///
/// The theme adds its own attributes to these.
public struct Style: Hashable, Sendable {
  /// What the cell means; its colour comes from here.
  public var role: Role
  /// The role whose background lies under the cell; nil means that of `role`.
  public var ground: Role?
  private var bits: UInt8

  /// A style; `on` names the role whose background lies under it (a selected row, an overlay).
  public init(
    _ role: Role, bold: Bool = false, underline: Bool = false, reverse: Bool = false,
    italic: Bool = false, dim: Bool = false, on ground: Role? = nil
  ) {
    self.role = role
    self.ground = ground
    bits =
      (bold ? 1 : 0) | (underline ? 2 : 0) | (reverse ? 4 : 0) | (italic ? 8 : 0) | (dim ? 16 : 0)
  }

  /// Plain text without attributes.
  public static let plain = Style(.text)

  /// Heavier strokes.
  public var bold: Bool {
    get { bits & 1 != 0 }
    set { set(1, newValue) }
  }
  /// A line below.
  public var underline: Bool {
    get { bits & 2 != 0 }
    set { set(2, newValue) }
  }
  /// Foreground and background swapped.
  public var reverse: Bool {
    get { bits & 4 != 0 }
    set { set(4, newValue) }
  }
  /// Slanted.
  public var italic: Bool {
    get { bits & 8 != 0 }
    set { set(8, newValue) }
  }
  /// Fainter.
  public var dim: Bool {
    get { bits & 16 != 0 }
    set { set(16, newValue) }
  }

  /// The same style over the background of another role.
  public func on(_ ground: Role?) -> Style {
    var copy = self
    copy.ground = ground
    return copy
  }

  /// The same attributes and ground with another role.
  public func role(_ role: Role) -> Style {
    var copy = self
    copy.role = role
    return copy
  }

  private mutating func set(_ bit: UInt8, _ on: Bool) {
    bits = on ? bits | bit : bits & ~bit
  }
}
