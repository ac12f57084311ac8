// Where the parts of the workbench lie, for drawing and for the mouse alike.
import LancetCanvas
import LancetCore

extension State {
  /// The area of the screen between header and footer.
  public var area: Rect {
    Rect(column: 0, row: 2, width: size.columns, height: size.rows - 4)
  }

  /// The tabs with their columns in the header row.
  var tabs: [(columns: Range<Int>, title: String, screen: Screen)] {
    var column = displayWidth(headerName)
    return Screen.all.enumerated().map { index, screen in
      let title = "\(index + 1) \(screen.title)"
      let width = displayWidth(title)
      defer { column += width + (size.columns < 100 ? 1 : 2) }
      return (column..<column + width, title, screen)
    }
  }

  /// What stands before the tabs.
  var headerName: String {
    let name = session.name.count > 20 ? String(session.name.prefix(19)) + "…" : session.name
    return size.columns < 100 ? " \(name) ▸ " : " Lancet  \(name) ▸ "
  }

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
    return shown.flags(self)
  }
}
