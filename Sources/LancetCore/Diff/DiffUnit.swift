// What a diff counts.

/// The unit of a diff and of the change ratio. White space is no unit of `word`.
public enum DiffUnit: String, CaseIterable, Hashable, Sendable {
  /// A maximal run of letters, combining marks and digits, or one other character that is not white space.
  case word
  /// A grapheme cluster.
  case char
  /// A line.
  case line
  /// A token of a model.
  case token
}
