// One contiguous edit, as byte ranges on both sides.

/// What an edit does.
public enum DiffHunkKind: String, CaseIterable, Hashable, Sendable {
  case insert, delete, replace
}

/// One contiguous edit.
///
/// Replacing the `minus` bytes of the first text by the `plus` bytes of the second, for all
/// hunks, turns the first text into the second byte for byte, white space included.
public struct DiffHunk: Hashable, Sendable {
  /// The bytes of the first text that go; empty for an insertion.
  public var minus: Range<Int>
  /// The bytes of the second text that come; empty for a deletion.
  public var plus: Range<Int>

  /// A hunk over these bytes.
  public init(minus: Range<Int>, plus: Range<Int>) {
    self.minus = minus
    self.plus = plus
  }

  /// Insert, delete or replace.
  public var kind: DiffHunkKind {
    minus.isEmpty ? .insert : plus.isEmpty ? .delete : .replace
  }
}
