// The arithmetic of a trace, recomputed.

/// Every `expression = value` of a text, in order, with its verdict.
public func checks(in text: String) -> [Check] {
  []
}
