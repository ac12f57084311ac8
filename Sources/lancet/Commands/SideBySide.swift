// Two texts beside each other on a terminal: y⁻ left, y⁺ right, line by line, wrapped, with the changed words marked.

import LancetCanvas
import LancetCore

/// The layout of a diff for a terminal; above each other where the terminal is narrow.
struct SideBySide {
  let diff: TextDiff
  let minus: [UInt8]
  let plus: [UInt8]
  let columns: Int

  /// Unchanged lines kept around a change.
  private static let context = 2
  /// Terminals narrower than this get the sides above each other.
  private static let sideBySideColumns = 76

  /// Lines of both texts that belong together.
  private struct Block {
    var minus: Range<Int>
    var plus: Range<Int>
    var hunks: [DiffHunk]
  }

  /// The whole picture, rows ended by line feeds.
  func text(color: Bool) -> String {
    let blocks = blocks()
    var text = ""
    var at = 0
    while at < blocks.count {
      let near = (at - Self.context...at + Self.context).contains {
        blocks.indices.contains($0) && !blocks[$0].hunks.isEmpty
      }
      if near || diff.hunks.isEmpty && blocks.count <= 2 * Self.context {
        text += rows(of: blocks[at], color: color)
        at += 1
        continue
      }
      var end = at
      while end < blocks.count, blocks[end].hunks.isEmpty,
        !(end...end + Self.context).contains(where: {
          blocks.indices.contains($0) && !blocks[$0].hunks.isEmpty
        })
      {
        end += 1
      }
      let count = max(1, end - at)
      text += "  ⋯ \(counted(count, "unchanged line"))\n"
      at += count
    }
    return text
  }

  /// Cuts both texts where a line ends on both sides outside every hunk.
  private func blocks() -> [Block] {
    var blocks: [Block] = []
    var block = Block(minus: 0..<0, plus: 0..<0, hunks: [])
    var (m, p) = (0, 0)
    func equal(upTo end: Int) {
      while m < end {
        let isLineEnd = minus[m] == 0x0A
        m += 1
        p += 1
        if isLineEnd {
          block.minus = block.minus.lowerBound..<m
          block.plus = block.plus.lowerBound..<p
          blocks.append(block)
          block = Block(minus: m..<m, plus: p..<p, hunks: [])
        }
      }
    }
    for hunk in diff.hunks {
      equal(upTo: hunk.minus.lowerBound)
      block.hunks.append(hunk)
      (m, p) = (hunk.minus.upperBound, hunk.plus.upperBound)
    }
    equal(upTo: minus.count)
    block.minus = block.minus.lowerBound..<minus.count
    block.plus = block.plus.lowerBound..<plus.count
    if !block.minus.isEmpty || !block.plus.isEmpty { blocks.append(block) }
    return blocks
  }

  private func rows(of block: Block, color: Bool) -> String {
    var text = ""
    let changed = !block.hunks.isEmpty
    if columns < Self.sideBySideColumns {
      let width = max(8, columns - 2)
      for row in side(minus, block.minus, block.hunks.map(\.minus), width, "31", color) {
        text += (changed ? "- " : "  ") + row.text + "\n"
      }
      guard changed else { return text }
      for row in side(plus, block.plus, block.hunks.map(\.plus), width, "32", color) {
        text += "+ " + row.text + "\n"
      }
      return text
    }
    let width = (columns - 3) / 2
    let left = side(minus, block.minus, block.hunks.map(\.minus), width, "31", color)
    let right = side(plus, block.plus, block.hunks.map(\.plus), width, "32", color)
    for i in 0..<max(left.count, right.count) {
      let (leftText, leftWidth) = left.indices.contains(i) ? left[i] : ("", 0)
      let rightText = right.indices.contains(i) ? right[i].text : ""
      text += leftText + String(repeating: " ", count: max(0, width - leftWidth))
      text += changed ? " ┃ " : " │ "
      text += rightText + "\n"
    }
    return text
  }

  /// The wrapped rows of one side of a block, its changed bytes coloured and underlined where there is colour.
  private func side(
    _ bytes: [UInt8], _ range: Range<Int>, _ marks: [Range<Int>], _ width: Int, _ sgr: String,
    _ color: Bool
  ) -> [(text: String, width: Int)] {
    var content = bytes[range]
    if content.last == 0x0A { content = content.dropLast() }
    if content.isEmpty { return [] }
    let marked = marks.map { $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound }
    return wrap(String(decoding: content, as: UTF8.self), width: width).map { line in
      var text = ""
      var isMarked = false
      for cell in line.cells {
        let mark = marked.contains { $0.overlaps(cell.bytes) }
        if color, mark != isMarked {
          text += mark ? "\u{1B}[1;4;\(sgr)m" : "\u{1B}[0m"
          isMarked = mark
        }
        for scalar in cell.glyph.scalars { text.unicodeScalars.append(scalar) }
      }
      if color, isMarked { text += "\u{1B}[0m" }
      return (text, line.width)
    }
  }
}
