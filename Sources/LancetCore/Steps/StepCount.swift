// How many steps a trace has, for lists: without looking for the arithmetic in them, which takes most of the time.

/// The number of steps that `splitSteps` gives.
public func stepCount(of text: String) -> Int {
  StepSplitter(Array(text.utf8)).ranges().count
}

/// The number of steps of a trace whose file may have given them.
public func stepCount(of trace: Trace) -> Int {
  trace.ownSteps?.count ?? stepCount(of: trace.text)
}
