// Bars: a share of 1 with a γ mark, and the progress line.

extension Canvas {
  /// Draws a share of 1 as a bar, `███░░░░│░░░░`, with a mark at `gamma`.
  ///
  /// Any share above zero fills at least one cell, and a share above γ always reaches past the mark.
  public mutating func putBar(
    _ share: Double, gamma: Double? = nil, row: Int, column: Int, width: Int, on ground: Role? = nil
  ) {
    let width = min(max(0, width), Size.limit)
    guard width > 0 else { return }
    let markAt = gamma.map { cellCount($0, width) }.map { min(max(1, $0), width - 1) }
    let share = share.isFinite ? min(max(0, share), 1) : 0
    var filled = cellCount(share, width)
    if share > 0 { filled = max(1, filled) }
    if let markAt, let gamma {
      filled = share > gamma ? max(filled, min(width, markAt + 2)) : min(filled, markAt)
    }
    let over = gamma.map { share > $0 } ?? false
    for index in 0..<width {
      let isFull = index < filled
      let role: Role = isFull ? (over ? .warning : .bar) : .barEmpty
      let glyph: UInt32 =
        repertoire == .ascii ? (isFull ? 0x23 : 0x2E) : (isFull ? 0x2588 : 0x2591)
      set(Glyph(base: glyph), row: row, column: column + index, Style(role, on: ground))
    }
    if let markAt {
      set(
        Glyph(base: repertoire == .ascii ? 0x7C : 0x2502), row: row, column: column + markAt,
        Style(.gamma, on: ground))
    }
  }

  /// Draws progress as a line, `━━━━╸────`.
  public mutating func putProgress(
    _ share: Double, row: Int, column: Int, width: Int, role: Role = .bar
  ) {
    let width = min(max(0, width), Size.limit)
    let share = share.isFinite ? min(max(0, share), 1) : 0
    let halves = Int((share * Double(2 * width)).rounded(.down))
    for index in 0..<width {
      let isFull = 2 * index + 2 <= halves
      let isHalf = !isFull && 2 * index + 1 <= halves
      let glyph: UInt32 =
        repertoire == .ascii
        ? (isFull ? 0x3D : isHalf ? 0x3E : 0x2D) : (isFull ? 0x2501 : isHalf ? 0x2578 : 0x2500)
      set(
        Glyph(base: glyph), row: row, column: column + index,
        Style(isFull || isHalf ? role : .barEmpty))
    }
  }
}

private func cellCount(_ share: Double, _ width: Int) -> Int {
  guard share.isFinite else { return 0 }
  return Int((min(max(0, share), 1) * Double(width)).rounded())
}
