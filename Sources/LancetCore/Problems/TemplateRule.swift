// Whether a model's chat template is put around texts.

/// How prompts and answers become the text that a model sees.
public enum TemplateRule: String, RunWord {
  /// Through the model's chat template, rows of plain strings too: the paper's runs. A model without one gets ``none``.
  case chat
  /// Question and answer as they are, the end token behind the answer: what TRL makes of rows of plain strings.
  case none
}
