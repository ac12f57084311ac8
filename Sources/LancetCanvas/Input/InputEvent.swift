// What a person does to the program: keys, pastes, the mouse, and the window itself.

/// One thing that came in from the terminal.
public enum InputEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// A text was pasted (bracketed paste); it is data and runs no command.
  case paste(String)
  /// The mouse did something.
  case mouse(MouseEvent)
  /// The window has this size now.
  case resize(Size)
  /// The window gained or lost the focus.
  case focus(Bool)
}

/// What the mouse did, and where.
public struct MouseEvent: Hashable, Sendable {
  /// What happened.
  public enum Kind: Hashable, Sendable { case press, release, drag, wheelUp, wheelDown }
  /// Which button.
  public enum Button: Hashable, Sendable { case left, middle, right, none }
  /// The keys held meanwhile.
  public struct Modifiers: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Modifiers from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Shift (most terminals keep it for themselves).
    public static let shift = Modifiers(rawValue: 1)
    /// Alt.
    public static let alt = Modifiers(rawValue: 2)
    /// Control.
    public static let control = Modifiers(rawValue: 4)
  }

  /// What happened.
  public var kind: Kind
  /// The button of a press, release or drag.
  public var button: Button
  /// The row from the top, from 0.
  public var row: Int
  /// The column from the left, from 0.
  public var column: Int
  /// The keys held meanwhile.
  public var modifiers: Modifiers
  /// How many equal events this one stands for (wheel bursts are added up).
  public var count: Int

  /// A mouse event.
  public init(
    _ kind: Kind, button: Button = .none, row: Int, column: Int, modifiers: Modifiers = [],
    count: Int = 1
  ) {
    self.kind = kind
    self.button = button
    self.row = row
    self.column = column
    self.modifiers = modifiers
    self.count = count
  }
}
