// A trace under correction: the original bytes and the replacements made so far.

import LancetCore

/// The original text with edits, in order and apart from each other.
struct EditableTrace {
  private let original: [UInt8]
  private(set) var edits: [OracleProposal.Edit] = []

  init(_ text: String) { original = Array(text.utf8) }

  /// The text with all edits applied.
  var text: String {
    var out: [UInt8] = []
    out.reserveCapacity(original.count + 64)
    var at = 0
    for edit in edits {
      out.append(contentsOf: original[at..<edit.bytes.lowerBound])
      out.append(contentsOf: edit.replacement.utf8)
      at = edit.bytes.upperBound
    }
    out.append(contentsOf: original[at...])
    return String(decoding: out, as: UTF8.self)
  }

  /// Replaces bytes of the text as it is now.
  ///
  /// All ranges refer to the same state of the text.
  mutating func replace(_ changes: [(bytes: Range<Int>, replacement: String)]) {
    var next = edits
    for change in changes.sorted(by: { $0.bytes.lowerBound < $1.bytes.lowerBound }) {
      var shift = 0
      var placed = false
      for (i, edit) in edits.enumerated() {
        let start = edit.bytes.lowerBound + shift
        let end = start + edit.replacement.utf8.count
        if change.bytes.lowerBound < end, change.bytes.upperBound > start {
          // Over an earlier edit: widened to cover both.
          let before = max(start - change.bytes.lowerBound, 0)
          let after = max(change.bytes.upperBound - end, 0)
          guard change.bytes.lowerBound <= start, change.bytes.upperBound >= end else {
            placed = true
            break
          }
          next[i] = OracleProposal.Edit(
            bytes: (edit.bytes.lowerBound - before)..<(edit.bytes.upperBound + after),
            replacement: change.replacement)
          placed = true
          break
        }
        if start >= change.bytes.upperBound { break }
        shift += edit.replacement.utf8.count - edit.bytes.count
      }
      if !placed {
        next.append(
          OracleProposal.Edit(
            bytes: (change.bytes.lowerBound - shift)..<(change.bytes.upperBound - shift),
            replacement: change.replacement))
      }
    }
    edits = next.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  /// Drops edits that change nothing.
  mutating func tidy() {
    edits.removeAll { original[$0.bytes].elementsEqual($0.replacement.utf8) }
  }
}
