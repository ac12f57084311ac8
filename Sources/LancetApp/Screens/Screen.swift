// What a screen is to the shell: one row of a table. Header, footer, keys, mouse and events ask the row, so that nothing
// outside a screen's own folder knows it by name.
import LancetCanvas
import LancetCore

/// The name of a screen, and of its tab's binding: `queue` has `tab.queue`.
///
/// Each screen's folder adds its own as a static member.
public struct ScreenID: Hashable, Sendable {
  /// A word in lower case.
  public let name: String

  /// A screen's name.
  public init(_ name: String) { self.name = name }
}

/// A row of the table of screens.
struct Screen: Sendable {
  /// Its name.
  var id: ScreenID
  /// The word on its tab.
  var title: String
  /// What its tab leads to, in a few words, for the help.
  var summary: String
  /// Whether it only says that a later version brings it; its tab is muted.
  var isLater = false
  /// Why it cannot be shown just now; nil when it can.
  var refusal: @Sendable (State) -> String?
  /// What can be done on it, in the order of its help.
  var bindings: [Binding]
  /// Who takes the keys while nothing lies over it.
  var scope: @Sendable (State) -> Scope
  /// Draws its area, which is the window without header and footer.
  var draw: @Sendable (State, Rect, inout Canvas) -> Void
  /// Takes keys that are text (in a scope that is text) and pastes.
  var input: @Sendable (inout State, InputEvent) -> [Effect]
  /// Takes the mouse in its area.
  var mouse: @Sendable (inout State, MouseEvent) -> [Effect]
  /// Takes an event, also while another screen is on: reports of the rim, new sizes.
  var update: @Sendable (inout State, Event) -> [Effect]
  /// Goes to it.
  var show: @Sendable (inout State) -> [Effect]
  /// What it wants of the rim now; asked after every event.
  var settle: @Sendable (inout State) -> [Effect]
  /// The words at the right end of the footer.
  var flags: @Sendable (State) -> String
  /// The place within the session, for the header; nil for none.
  var place: @Sendable (State) -> String?

  /// A screen; what is left out does nothing.
  init(
    _ id: ScreenID, _ title: String, _ summary: String, bindings: [Binding],
    refusal: @escaping @Sendable (State) -> String? = { _ in nil },
    scope: @escaping @Sendable (State) -> Scope,
    draw: @escaping @Sendable (State, Rect, inout Canvas) -> Void,
    input: @escaping @Sendable (inout State, InputEvent) -> [Effect] = { _, _ in [] },
    mouse: @escaping @Sendable (inout State, MouseEvent) -> [Effect] = { _, _ in [] },
    update: @escaping @Sendable (inout State, Event) -> [Effect] = { _, _ in [] },
    show: (@Sendable (inout State) -> [Effect])? = nil,
    settle: @escaping @Sendable (inout State) -> [Effect] = { _ in [] },
    flags: @escaping @Sendable (State) -> String = { _ in "" },
    place: @escaping @Sendable (State) -> String? = { _ in nil }
  ) {
    self.id = id
    self.title = title
    self.summary = summary
    self.bindings = bindings
    self.refusal = refusal
    self.scope = scope
    self.draw = draw
    self.input = input
    self.mouse = mouse
    self.update = update
    self.show =
      show ?? { state in
        state.screen = id
        return []
      }
    self.settle = settle
    self.flags = flags
    self.place = place
  }
}
