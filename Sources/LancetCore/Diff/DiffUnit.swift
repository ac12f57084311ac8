// What a diff counts.

/// What a diff counts.
public enum DiffUnit: String, CaseIterable, Hashable, Sendable {
  /// A maximal run of letters, combining marks and digits, or one other character; white space is no unit.
  case word
  /// A grapheme cluster.
  case char
  /// A line with its line end.
  case line
  /// A token of a model; the caller brings the ranges.
  case token
}
