// The normalizer, pre-tokenizer and decoder sections of `tokenizer.json`, in the forms that byte-level models use. Any other form
// would silently make other tokens, so it is refused by name.

import LancetCore

extension TokenizerReading {
  /// The steps of a normalizer; nil where there is none.
  func normalizer(_ section: JSON?) throws(ModelError) -> TextNormalizer? {
    guard let section, section != .null else { return nil }
    var steps: [TextNormalizer.Step] = []
    try collect(section, into: &steps, depth: 0)
    return steps.isEmpty ? nil : TextNormalizer(steps: steps)
  }

  private func collect(_ step: JSON, into steps: inout [TextNormalizer.Step], depth: Int)
    throws(ModelError)
  {
    guard steps.count < 64, depth < 8 else { throw bad("the normalizer has too many steps") }
    switch step["type"]?.string {
    case "NFC": steps.append(.composed)
    case "NFD": steps.append(.decomposed)
    case "Lowercase": steps.append(.lowercase)
    case "Strip":
      steps.append(
        .strip(
          left: step["strip_left"]?.bool ?? false, right: step["strip_right"]?.bool ?? false))
    case "Prepend":
      guard let text = step["prepend"]?.string else { throw bad("Prepend lacks its text") }
      steps.append(.prepend(Array(text.utf8)))
    case "Replace":
      guard let text = step["content"]?.string else { throw bad("Replace lacks its content") }
      steps.append(.replace(try pattern(step), Array(text.utf8)))
    case "Sequence":
      for inner in (step["normalizers"]?.array ?? []).prefix(64) {
        try collect(inner, into: &steps, depth: depth + 1)
      }
    default: throw unknown("normalizer", step)
    }
  }

  /// The stages of a pre-tokenizer, the byte alphabet among them.
  func preTokenizer(_ section: JSON?) throws(ModelError) -> PreTokenizer {
    guard let section, section != .null else {
      throw .unsupported(
        feature: "the pre-tokenizer", found: "(none)",
        supported: "a tokenizer with a byte-level pre-tokenizer")
    }
    var steps: [JSON] = []
    try flatten(section, into: &steps, depth: 0)
    // A single ByteLevel asks the folder about the space in front; inside a sequence it says so itself.
    let alone = section["type"]?.string == "ByteLevel"
    var stages: [PreTokenizer.Stage] = []
    var bytes: Int?
    for step in steps {
      switch step["type"]?.string {
      case "Split": stages.append(try split(step))
      case "Punctuation":
        stages.append(.punctuation(try behavior(step, default: .isolated)))
      case "Digits":
        guard let individual = step["individual_digits"]?.bool else {
          throw bad("the Digits pre-tokenizer lacks individual_digits")
        }
        stages.append(.digits(individual: individual))
      case "ByteLevel":
        guard bytes == nil else { throw bad("there are two ByteLevel pre-tokenizers") }
        guard let stated = step["add_prefix_space"]?.bool else {
          throw bad("the ByteLevel pre-tokenizer lacks add_prefix_space")
        }
        let prefix = alone ? additions.addsPrefixSpace ?? stated : stated
        let usesRegex = step["use_regex"]?.bool ?? true
        if steps.count == 1 {
          return PreTokenizer(stages: usesRegex ? [.split(.gpt2)] : [], addsPrefixSpace: prefix)
        }
        bytes = stages.count
        if prefix { stages.append(.prefixSpace) }
        if usesRegex { stages.append(.split(.gpt2)) }
        stages.append(.letters)
      default: throw unknown("pre-tokenizer", step)
      }
    }
    guard bytes != nil else {
      throw .unsupported(
        feature: "the pre-tokenizer", found: "a sequence without ByteLevel",
        supported: "a byte-level BPE tokenizer")
    }
    // At the end the alphabet changes no border, and the quick road needs no letters.
    if case .letters? = stages.last { stages.removeLast() }
    return PreTokenizer(stages: stages)
  }

  private func flatten(_ section: JSON, into steps: inout [JSON], depth: Int) throws(ModelError) {
    guard section["type"]?.string == "Sequence" else {
      steps.append(section)
      return
    }
    guard depth < 8, steps.count < 64 else { throw bad("the pre-tokenizer has too many steps") }
    for inner in (section["pretokenizers"]?.array ?? []).prefix(64) {
      try flatten(inner, into: &steps, depth: depth + 1)
    }
  }

  private func behavior(_ step: JSON, default fallback: SplitBehavior? = nil) throws(ModelError)
    -> SplitBehavior
  {
    guard let text = step["behavior"]?.string else {
      guard let fallback else { throw bad("the Split pre-tokenizer lacks its behavior") }
      return fallback
    }
    guard let behavior = SplitBehavior(rawValue: text) else {
      throw .unsupported(
        feature: "the split behavior", found: String(text.prefix(40)),
        supported: "Isolated, Removed, MergedWithPrevious, MergedWithNext or Contiguous")
    }
    return behavior
  }

  private func split(_ step: JSON) throws(ModelError) -> PreTokenizer.Stage {
    let behavior = try behavior(step)
    let inverted = step["invert"]?.bool ?? false
    let text = step["pattern"]?["Regex"]?.string ?? ""
    // Each known expression matches every character, so keeping only the matches is the same as isolating them.
    if behavior == .isolated && !inverted || behavior == .removed && inverted,
      let known = SplitExpression.allCases.first(where: { $0.rawValue.bytesEqual(text) })
    {
      return .split(known)
    }
    return .pattern(try pattern(step), behavior, inverted: inverted)
  }

  /// The expression or the text a step looks for.
  private func pattern(_ step: JSON) throws(ModelError) -> SplitPattern {
    if let text = step["pattern"]?["String"]?.string {
      guard !text.isEmpty else { throw bad("a step looks for the empty text") }
      return SplitPattern(literal: text)
    }
    guard let text = step["pattern"]?["Regex"]?.string else {
      throw bad("a step lacks its pattern")
    }
    do {
      return try SplitPattern(expression: text)
    } catch {
      throw .unsupported(
        feature: "the split expression", found: "\(text.prefix(120)) (\(error.reason))",
        supported: "an expression of characters, classes, choices and repeats")
    }
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
