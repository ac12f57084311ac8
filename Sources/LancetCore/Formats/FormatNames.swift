// The formats that are read and written, and where each is read: a new format is its own file and a line here.

/// A format of rows that `lancet import` reads.
public enum ImportFormat: String, CaseIterable, Hashable, Sendable {
  case auto, spot, trl, prm800k
  case stepDPO = "step-dpo"
  case gsm8k, traces, steps, processbench
  case mathShepherd = "math-shepherd"
  case lmEval = "lm-eval"
  case argilla

  /// How a format is told apart and read.
  struct Rule: Sendable {
    /// Whether a row looks like this format by its fields.
    var fits: @Sendable (RowReader) -> Bool
    /// Reads a row of it.
    var read: @Sendable (RowReader) throws(RowError) -> ImportedRow
  }

  /// In the order in which a row is tried: the more particular first.
  static let rules: [(format: ImportFormat, rule: Rule)] = [
    (.prm800k, Rule(fits: PRM800KFormat.fits, read: PRM800KFormat.read)),
    (.processbench, Rule(fits: ProcessBenchFormat.fits, read: ProcessBenchFormat.read)),
    (.steps, Rule(fits: StepsFormat.fits, read: StepsFormat.read)),
    (.mathShepherd, Rule(fits: MathShepherdFormat.fits, read: MathShepherdFormat.read)),
    (.lmEval, Rule(fits: LMEvalFormat.fits, read: LMEvalFormat.read)),
    (.argilla, Rule(fits: ArgillaFormat.fits, read: ArgillaFormat.read)),
    (.spot, Rule(fits: SpotFormat.fits, read: SpotFormat.read)),
    (.stepDPO, Rule(fits: StepDPOFormat.fits, read: StepDPOFormat.read)),
    (.trl, Rule(fits: TRLFormat.fits, read: TRLFormat.read)),
    (.gsm8k, Rule(fits: GSM8KFormat.fits, read: GSM8KFormat.read)),
    (.traces, Rule(fits: TracesFormat.fits, read: TracesFormat.read)),
  ]
}

/// A format of JSON Lines that `lancet export` writes.
public enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  case spot, trl
  case trlUnpaired = "trl-unpaired"
  case stepDPO = "step-dpo"
  case steps
}
