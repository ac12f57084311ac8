// The names of the formats that are read and written.

/// A format of JSON Lines that `lancet import` reads.
public enum ImportFormat: String, CaseIterable, Hashable, Sendable {
  case auto, spot, trl, prm800k
  case stepDPO = "step-dpo"
  case gsm8k, traces
}

/// A format of JSON Lines that `lancet export` writes.
public enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  case spot, trl
  case trlUnpaired = "trl-unpaired"
  case stepDPO = "step-dpo"
  case steps
}
