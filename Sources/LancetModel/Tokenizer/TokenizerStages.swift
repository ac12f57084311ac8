// The normalizer, pre-tokenizer and decoder sections of `tokenizer.json`: the few forms that byte-level models use in practice.
// Any other form would silently make other tokens, so it is refused by name.

import LancetCore

extension TokenizerReading {
  /// NFC, nothing, or a sequence of these.
  func composer(_ section: JSON?) throws(ModelError) -> CanonicalComposer? {
    guard let section, section != .null else { return nil }
    switch section["type"]?.string {
    case "NFC": return CanonicalComposer()
    case "Sequence":
      var found: CanonicalComposer?
      for step in (section["normalizers"]?.array ?? []).prefix(16) {
        guard step["type"]?.string == "NFC" else { throw unknown("normalizer", step) }
        found = CanonicalComposer()
      }
      return found
    default: throw unknown("normalizer", section)
    }
  }

  /// Splits, digits and at last the byte alphabet.
  func preTokenizer(_ section: JSON?) throws(ModelError) -> PreTokenizer {
    guard let section, section != .null else {
      throw .unsupported(
        feature: "the pre-tokenizer", found: "(none)",
        supported: "a tokenizer with a byte-level pre-tokenizer")
    }
    let steps: [JSON]
    if section["type"]?.string == "Sequence" {
      steps = section["pretokenizers"]?.array ?? []
    } else {
      steps = [section]
    }
    var stages: [PreTokenizer.Stage] = []
    for (index, step) in steps.enumerated() {
      switch step["type"]?.string {
      case "Split": stages.append(.split(try expression(step)))
      case "Digits":
        guard let individual = step["individual_digits"]?.bool else {
          throw bad("the Digits pre-tokenizer lacks individual_digits")
        }
        stages.append(.digits(individual: individual))
      case "ByteLevel":
        guard index == steps.count - 1 else {
          throw bad("the ByteLevel pre-tokenizer must be the last")
        }
        guard let prefix = step["add_prefix_space"]?.bool else {
          throw bad("the ByteLevel pre-tokenizer lacks add_prefix_space")
        }
        if prefix, !stages.isEmpty {
          throw .unsupported(
            feature: "the pre-tokenizer", found: "add_prefix_space after another step",
            supported: "a tokenizer without it")
        }
        if step["use_regex"]?.bool ?? true { stages.append(.split(.gpt2)) }
        return PreTokenizer(stages: stages, addsPrefixSpace: prefix)
      default: throw unknown("pre-tokenizer", step)
      }
    }
    throw .unsupported(
      feature: "the pre-tokenizer", found: "a sequence without ByteLevel",
      supported: "a byte-level BPE tokenizer")
  }

  private func expression(_ step: JSON) throws(ModelError) -> SplitExpression {
    guard let text = step["pattern"]?["Regex"]?.string else {
      throw .unsupported(
        feature: "the split pattern", found: "that is no regular expression",
        supported: "the expression of GPT-2, Llama 3 or Qwen")
    }
    guard let known = SplitExpression.allCases.first(where: { $0.rawValue.bytesEqual(text) })
    else {
      throw .unsupported(
        feature: "the split expression", found: String(text.prefix(120)),
        supported: "the expression of GPT-2, Llama 3 or Qwen")
    }
    // Each expression matches every character, so keeping only the matches is the same as isolating them.
    let behavior = step["behavior"]?.string
    let inverted = step["invert"]?.bool ?? false
    guard behavior == "Isolated" && !inverted || behavior == "Removed" && inverted else {
      throw .unsupported(
        feature: "the split behavior", found: behavior ?? "(none)", supported: "Isolated")
    }
    return known
  }

  /// Only the byte alphabet is read back.
  func checkDecoder(_ section: JSON?) throws(ModelError) {
    guard let section else { throw unknown("decoder", .null) }
    let steps = section["type"]?.string == "Sequence" ? section["decoders"]?.array ?? [] : [section]
    guard steps.count == 1, steps[0]["type"]?.string == "ByteLevel" else {
      throw unknown("decoder", section)
    }
  }

  private func unknown(_ stage: String, _ found: JSON) -> ModelError {
    .unsupported(
      feature: "the \(stage)", found: found["type"]?.string ?? found.kind,
      supported: "a byte-level BPE tokenizer")
  }
}
