// The canvas as text, for tests, bug reports and `:snapshot`.

extension Canvas {
  /// The text of one row without the spaces at its end.
  public func text(row: Int) -> String {
    guard row >= 0, row < size.rows else { return "" }
    var text = ""
    for column in 0..<size.columns { self[row: row, column: column].glyph.append(to: &text) }
    while text.utf8.last == 0x20 { text.removeLast() }
    return text
  }

  /// The rows as text, each without the spaces at its end, joined by line feeds.
  ///
  /// With `roles` every run of equal style that is not plain is written as `{role+attributes:text}`; a ground is
  /// written `role/ground`, attributes are `b`old, `u`nderline, `r`everse, `i`talic, `d`im.
  public func snapshot(roles: Bool = false) -> String {
    (0..<size.rows).map { roles ? styledText(row: $0) : text(row: $0) }.joined(separator: "\n")
  }

  private func styledText(row: Int) -> String {
    var text = ""
    var run = ""
    var style = Style.plain
    func close() {
      text += style == .plain ? run : "{\(Canvas.name(of: style)):\(run)}"
      run = ""
    }
    for column in 0..<size.columns {
      let cell = self[row: row, column: column]
      if cell.style != style {
        if !run.isEmpty { close() }
        style = cell.style
      }
      cell.glyph.append(to: &run)
    }
    if !run.isEmpty { close() }
    while text.utf8.last == 0x20 { text.removeLast() }
    return text
  }

  private static func name(of style: Style) -> String {
    var name = style.role.rawValue
    if let ground = style.ground { name += "/" + ground.rawValue }
    let attributes =
      (style.bold ? "b" : "") + (style.underline ? "u" : "") + (style.reverse ? "r" : "")
      + (style.italic ? "i" : "") + (style.dim ? "d" : "")
    return attributes.isEmpty ? name : name + "+" + attributes
  }
}
