// What stands beside the text: hunk boxes, and the values that wrong arithmetic should have had.

import LancetCanvas
import LancetCore

/// The box of a hunk beside its line.
struct HunkBox: Hashable, Sendable {
  /// The index of the hunk.
  var hunk: Int
  /// The row, from the line's first.
  var row: Int
  /// The columns of the box, from the margin's first.
  var columns: Range<Int>
  /// Whether there is room for its number and a word behind it.
  var isAlone: Bool
}

extension ReviewState {
  /// The boxes of the hunks that begin on a line: one to a row, or side by side when there are more than rows.
  func boxes(of rows: LineRows, context: WrapContext) -> [HunkBox] {
    guard context.zoomed != .minus, layout.lines.indices.contains(rows.line) else { return [] }
    let line = layout.lines[rows.line]
    let hunks = line.hunks.filter { shown.hunks.indices.contains($0) && begins($0, on: rows.line) }
    guard !hunks.isEmpty else { return [] }
    var result: [HunkBox] = []
    var next = rows.boxesFrom
    for hunk in hunks {
      let row = max(next, firstRow(of: hunk, in: rows))
      result.append(HunkBox(hunk: hunk, row: row, columns: 0..<3, isAlone: true))
      next = row + 1
    }
    if next <= rows.height { return result }
    if hunks.count <= rows.height - rows.boxesFrom {
      return hunks.enumerated().map { index, hunk in
        HunkBox(hunk: hunk, row: rows.boxesFrom + index, columns: 0..<3, isAlone: true)
      }
    }
    // Side by side, with the cursor's among those that fit.
    let room = ReviewGeometry.boxes / 3
    let selected = hunks.firstIndex { $0 == cursor.hunk } ?? 0
    let first = min(max(selected - room + 1, 0), max(hunks.count - room, 0))
    return hunks[first..<min(first + room, hunks.count)].enumerated().map { index, hunk in
      HunkBox(
        hunk: hunk, row: rows.boxesFrom, columns: 3 * index..<3 * index + 3, isAlone: false)
    }
  }

  private func begins(_ hunk: Int, on line: Int) -> Bool {
    line == 0 || !layout.lines[line - 1].hunks.contains(hunk)
  }

  /// The row on which a hunk's text begins, from the line's first.
  private func firstRow(of hunk: Int, in rows: LineRows) -> Int {
    guard let piece = layout.piece(ofHunk: hunk) else { return rows.boxesFrom }
    for side in [ReviewSide.plus, .minus] {
      let byte = side == .plus ? piece.plus.lowerBound : piece.minus.lowerBound
      for part in rows.parts.reversed() {
        guard let position = part.ribbon.position(of: byte, on: side),
          let row = part.rows.firstIndex(where: { $0.bytes.contains(position) })
            ?? (part.rows.isEmpty ? nil : part.rows.count - 1)
        else { continue }
        return part.offset + row
      }
    }
    return rows.boxesFrom
  }

  /// The box's three characters.
  func boxText(_ hunk: Int, ascii: Bool) -> String {
    switch shown.hunks[hunk].decision {
    case .undecided: "[ ]"
    case .accepted: ascii ? "[x]" : "[✓]"
    case .rejected: ascii ? "[-]" : "[✗]"
    case .tweaked: "[~]"
    }
  }

  /// The role of a decision.
  func role(of hunk: Int) -> Role {
    switch shown.hunks[hunk].decision {
    case .undecided: .undecided
    case .accepted: .right
    case .rejected: .muted
    case .tweaked: .tweaked
    }
  }

  /// What the hunk is there for; nil when it is rejected, or nobody looked.
  func role(ofHunk hunk: Int) -> HunkRole? {
    shown.hunks.indices.contains(hunk) ? roles?.roles[shown.hunks[hunk].key] : nil
  }

  /// The computed values of the wrong checks whose stated value begins on this row of a part.
  func values(on row: WrappedLine, of part: PaneRows) -> String {
    var result: [String] = []
    for span in part.ribbon.spans where span.side == part.side && span.bytes.overlaps(row.bytes) {
      if case .bracket = span.meaning { continue }
      let shown = span.bytes.clamped(to: row.bytes)
      let from = span.source + shown.lowerBound - span.bytes.lowerBound
      let to = from + shown.count
      for check in layout.checks(statedIn: from..<to, of: part.side)
      where check.verdict == .wrong {
        if let value = check.computed, !result.contains(value) { result.append(value) }
      }
    }
    return result.isEmpty ? "" : "is " + result.joined(separator: ", ")
  }
}

extension Range<Int> {
  /// Whether two ranges share a byte, or an empty one lies within the other.
  func meets(_ other: Range<Int>) -> Bool {
    overlaps(other) || (other.isEmpty && contains(other.lowerBound))
  }
}

extension ReviewLayout {
  /// The checks that these bytes are part of.
  func checks(meeting bytes: Range<Int>, of side: ReviewSide) -> [Check] {
    guard let first = step(at: bytes, of: side) else { return [] }
    var result: [Check] = []
    for step in steps(side)[first...] {
      if step.bytes.lowerBound > bytes.upperBound { break }
      result += step.checks.filter { $0.bytes.meets(bytes) }
    }
    return result
  }

  /// The checks whose stated value begins within these bytes.
  func checks(statedIn bytes: Range<Int>, of side: ReviewSide) -> [Check] {
    guard let first = step(at: bytes, of: side) else { return [] }
    var result: [Check] = []
    for step in steps(side)[first...] {
      if step.bytes.lowerBound >= bytes.upperBound { break }
      result += step.checks.filter { bytes.contains($0.statedBytes.lowerBound) }
    }
    return result
  }
}
