// A number with its noun, as every sentence for a person says it.

/// `1 hunk`, `3 hunks`; `plural` for a noun that takes more than an s.
public func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) " + (count == 1 ? noun : plural ?? noun + "s")
}
