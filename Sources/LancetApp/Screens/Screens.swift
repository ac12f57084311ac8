// The table of screens. A new screen is a folder beside this file and one row here.

extension Screen {
  /// All screens in the order of their tabs; the digit of a tab is its place.
  static let all: [Screen] = [queue, review, inspect, train, jobs]

  /// The row of a screen; the first one for a name that no row has.
  static subscript(id: ScreenID) -> Screen { all.first { $0.id == id } ?? all[0] }
}

extension State {
  /// The row of the screen under the overlays.
  var shown: Screen { Screen[screen] }

  /// Gives an event to every screen.
  mutating func tellScreens(_ event: Event) -> [Effect] {
    var effects: [Effect] = []
    for screen in Screen.all { effects += screen.update(&self, event) }
    return effects
  }

  /// What the screens want of the rim after an event.
  mutating func settleScreens() -> [Effect] {
    var effects: [Effect] = []
    for screen in Screen.all { effects += screen.settle(&self) }
    return effects
  }
}
