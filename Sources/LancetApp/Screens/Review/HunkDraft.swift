// A hunk being typed in place, and a part of a hunk being selected.

import LancetCanvas
import LancetCore

/// A hunk whose text is being typed; everything on screen shows the correction with it.
struct HunkDraft: Sendable {
  /// The hunk.
  var key: HunkKey
  /// Its text so far.
  var field: TextField
  /// The text it began with.
  let original: String

  init(key: HunkKey, text: String) {
    self.key = key
    self.original = text
    field = TextField(text, multiline: true)
  }
}

/// A range of the smallest pieces of a hunk.
struct HunkRange: Hashable, Sendable {
  /// The hunk.
  var key: HunkKey
  /// Its smallest pieces, in order.
  var pieces: [HunkKey]
  /// The piece where the selection began, and the one it reaches.
  var anchor = 0
  var head = 0

  /// The selected pieces.
  var selected: ClosedRange<Int> { min(anchor, head)...max(anchor, head) }

  /// The hunk cut into what is before the selection, the selection, and what is behind it.
  var cut: (all: [HunkKey], selected: HunkKey) {
    let parts = [
      Self.covering(pieces[..<selected.lowerBound]), Self.covering(pieces[selected]),
      Self.covering(pieces[(selected.upperBound + 1)...]),
    ]
    return (parts.compactMap { $0 }, parts[1] ?? key)
  }

  private static func covering(_ pieces: ArraySlice<HunkKey>) -> HunkKey? {
    guard let first = pieces.first, let last = pieces.last else { return nil }
    return HunkKey(
      proposal: first.proposal, minus: first.minus.lowerBound..<last.minus.upperBound,
      plus: first.plus.lowerBound..<last.plus.upperBound)
  }
}
