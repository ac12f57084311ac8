// How the Review screen is shown: what a person sets once and keeps from trace to trace.

import LancetCanvas
import LancetCore

/// The settings of the view.
public struct ReviewOptions: Hashable, Sendable {
  /// How the two texts stand to each other.
  public enum Arrangement: String, CaseIterable, Hashable, Sendable {
    /// Side by side from 120 columns on, else stacked.
    case automatic = "auto"
    /// y⁻ left, the correction right.
    case sideBySide = "split"
    /// The changed line of y⁻ above that of the correction; unchanged lines once.
    case stacked
    /// One text with removed and added words in it.
    case unified
  }

  /// The narrowest width that is shown side by side by itself.
  public static let sideBySideColumns = 120

  /// How the two texts stand to each other.
  public var arrangement = Arrangement.automatic
  /// Whether long lines are wrapped.
  public var wraps = true
  /// What changed words are measured in.
  public var unit = DiffUnit.word
  /// Whether the lines of y⁻ are numbered.
  public var lineNumbers = false
  /// Whether the whole question is shown.
  public var questionOpen = false
  /// The side that zoom shows alone and that copying means.
  public var focus = ReviewSide.plus
  /// Whether only the focused side is shown.
  public var zoomed = false
  /// Folding for all traces; nil leaves it to their length.
  public var folds: Bool?

  /// The settings of a new workbench.
  public init() {}

  /// What `automatic` means at this width.
  public func resolved(columns: Int) -> Arrangement {
    guard arrangement == .automatic else { return arrangement }
    return columns >= Self.sideBySideColumns ? .sideBySide : .stacked
  }
}
