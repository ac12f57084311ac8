// Where the parts of the workbench lie, for drawing and for the mouse alike.
import LancetCanvas
import LancetCore

extension State {
  /// The area of the screen between header and footer.
  public var area: Rect {
    Rect(column: 0, row: 2, width: size.columns, height: size.rows - 4)
  }

  /// The rows of the Queue's list: below filter line, rule and column titles.
  var listArea: Rect {
    let area = self.area
    return Rect(column: 0, row: area.row + 3, width: area.width, height: area.height - 3)
  }

  /// Scrolls the Queue so that the cursor is drawn.
  mutating func followCursor() { queue.follow(height: listArea.height) }

  /// Scrolls the Queue so that the cursor is in the middle.
  mutating func centreCursor() {
    queue.top = max(0, queue.cursor - listArea.height / 2)
    followCursor()
  }

  /// The tabs with their columns in the header row.
  var tabs: [(columns: Range<Int>, screen: ScreenID)] {
    var column = displayWidth(headerName)
    return ScreenID.allCases.map { screen in
      let width = displayWidth(tabTitle(screen))
      defer { column += width + (size.columns < 100 ? 1 : 2) }
      return (column..<column + width, screen)
    }
  }

  /// What stands before the tabs.
  var headerName: String {
    let name = session.name.count > 20 ? String(session.name.prefix(19)) + "…" : session.name
    return size.columns < 100 ? " \(name) ▸ " : " Lancet  \(name) ▸ "
  }

  /// The words on a tab.
  func tabTitle(_ screen: ScreenID) -> String { "\(screen.rawValue) \(screen.title)" }

  /// The hints that fit into the footer, with their columns, from left to right; those with the
  /// lowest priority are left out first.
  ///
  /// The words at the right end are `flags`.
  var hints: [(columns: Range<Int>, binding: Binding)] {
    let scope = self.scope
    var wanted = bindings.bindings(in: scope).filter { $0.hint != nil && !$0.keys.isEmpty }
    if scope.isScreen {
      wanted += bindings.bindings(in: .global).filter { $0.hint != nil && !$0.keys.isEmpty }
    }
    let room = size.columns - 2 - displayWidth(flags)
    func width(_ binding: Binding) -> Int {
      displayWidth(binding.keys.first?.name ?? "") + 1 + displayWidth(binding.hint?.text ?? "") + 3
    }
    while wanted.reduce(1, { $0 + width($1) }) > room, !wanted.isEmpty {
      var lowest = 0
      for (index, binding) in wanted.enumerated()
      where (binding.hint?.priority ?? 0) < (wanted[lowest].hint?.priority ?? 0) {
        lowest = index
      }
      wanted.remove(at: lowest)
    }
    var column = 1
    return wanted.map { binding in
      let width = width(binding)
      defer { column += width }
      return (column..<column + width - 3, binding)
    }
  }

  /// The words at the right end of the footer: the mode while something is typed, else the place in the list or the
  /// flags of the screen.
  var flags: String {
    let scope = self.scope
    if scope.isText && scope != .palette { return " \(scope.title) " }
    if overlay != nil { return "" }
    switch screen {
    case .queue:
      guard !queue.shown.isEmpty else { return "" }
      return "\(queue.cursor + 1) of \(queue.shown.count)"
    case .review: return review.map { reviewFlags($0, self) } ?? ""
    case .train: return trainFlags(self)
    default: return ""
    }
  }
}
