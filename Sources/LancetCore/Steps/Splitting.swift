// A trace taken apart into its steps.

/// Splits a trace into steps, each with its checks and verdict.
public func splitSteps(_ text: String) -> [Step] {
  []
}

/// The index of the first step with a wrong check; nil when no check is wrong.
public func firstError(in steps: [Step]) -> Int? {
  steps.first { $0.verdict == .wrong }?.index
}
