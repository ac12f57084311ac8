// What a cell means. Screens say roles, themes turn roles into colours; nothing else knows a colour.

/// The meaning of a cell, from which a theme finds its colour.
public enum Role: String, CaseIterable, Hashable, Sendable {
  /// Plain text.
  case text
  /// Text that stands back: hints, units, what is unchanged.
  case muted
  /// Where you are: the one accent.
  case accent
  /// The name of the program, a panel or an overlay.
  case title
  /// Rules and frames.
  case rule
  /// Something is wrong.
  case wrong
  /// Something is right.
  case right
  /// Text that a proposal adds.
  case added
  /// Text that a proposal removes.
  case removed
  /// The words inside added text that changed.
  case changedAdded
  /// The words inside removed text that changed.
  case changedRemoved
  /// Look at this; work can go on.
  case warning
  /// This failed.
  case error
  /// The block or bar where the cursor stands.
  case cursor
  /// The background of the selected row.
  case selection
  /// The γ mark of a bar.
  case gamma
  /// The filled part of a bar.
  case bar
  /// The empty part of a bar.
  case barEmpty
  /// The status line.
  case status
  /// A key in the footer, the help or a menu.
  case key
  /// The first series of a chart.
  case series1
  /// The second series of a chart.
  case series2
  /// The third series of a chart.
  case series3
  /// The fourth series of a chart.
  case series4
  /// The fifth series of a chart.
  case series5
  /// The sixth series of a chart.
  case series6
  /// The headroom marker of the rewards chart.
  case headroom
  /// A mode flag (WORD, WRAP, editing).
  case mode
  /// Text being typed.
  case input
  /// The ground of an overlay.
  case popup
  /// Axes, ticks and their numbers.
  case axis
  /// The crosshair of a chart.
  case crosshair
  /// A run or point drawn for comparison only.
  case dimmed
  /// Something a person tweaked.
  case tweaked
  /// Something nobody decided yet.
  case undecided
  /// Something flagged for another look.
  case flagged
  /// A place that matches the search.
  case match
  /// The match where the search stands.
  case matchCurrent
  /// A character from outside that would be invisible or harmful, made visible.
  case mark
  /// A tab that is not the current screen.
  case tab
  /// The tab of the current screen.
  case tabActive
}
