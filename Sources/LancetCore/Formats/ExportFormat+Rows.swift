// The rows that export writes for an approved pair.

/// A ratio with two digits, or as many as show that it is above the limit.
private func rounded(_ ratio: Double, above limit: Double) -> Double {
  for scale in [1e2, 1e3, 1e4, 1e6] {
    let value = (ratio * scale).rounded() / scale
    if value > limit { return value }
  }
  return ratio
}

/// Why a pair is not exported.
public enum ExportRefusal: Hashable, Sendable {
  /// A side has no text.
  case emptySide
  /// Both sides are the same text.
  case noChange
  /// R is above γ and nobody overrode it.
  case aboveGamma(ratio: Double, gamma: Double)

  /// The refusal in words, as `skipped` of `lancet export` gives it.
  public var reason: String {
    switch self {
    case .emptySide: "a side is empty"
    case .noChange: "both sides are the same text"
    case .aboveGamma(let ratio, let gamma):
      "change ratio \(rounded(ratio, above: gamma)) is above \(gamma)"
    }
  }
}

extension ExportFormat {
  /// Why a pair may not be written; nil when it may.
  ///
  /// An approval with a reason also sets γ aside.
  public static func refusal(for pair: Pair, gamma: Double) -> ExportRefusal? {
    if ApprovalRules.isBlank(pair.rejected) || ApprovalRules.isBlank(pair.chosen) {
      return .emptySide
    }
    if pair.rejected.bytesEqual(pair.chosen) { return .noChange }
    if pair.changeRatio > gamma, pair.override == nil {
      return .aboveGamma(ratio: pair.changeRatio, gamma: gamma)
    }
    return nil
  }

  /// The rows of a pair.
  ///
  /// One, or two for ``trlUnpaired`` and ``steps``; none when a side is empty. The review, when at
  /// hand, gives ``stepDPO`` and ``steps`` the person's ratings. Message formats write the answers as they are trained
  /// on (``Pair/trained``); a thinking part stays inside the text, where every template finds it.
  public func rows(for pair: Pair, review: Review? = nil) -> [JSON] {
    guard !ApprovalRules.isBlank(pair.rejected), !ApprovalRules.isBlank(pair.chosen) else {
      return []
    }
    let prompt = JSON.array(pair.context.conversation(pair.question).map(\.json))
    let trained = pair.trained
    switch self {
    case .spot: return [Self.spot(pair)]
    case .trl:
      return [
        .object(
          [
            .init("prompt", prompt), .init("chosen", Self.reply(trained.chosen)),
            .init("rejected", Self.reply(trained.rejected)),
          ] + Self.arguments(pair))
      ]
    case .trlUnpaired:
      return [(trained.chosen, true), (trained.rejected, false)].map { text, label in
        .object(
          [
            .init("prompt", prompt), .init("completion", Self.reply(text)),
            .init("label", .bool(label)),
          ] + Self.arguments(pair))
      }
    case .stepDPO: return [Self.stepDPO(pair, review)]
    case .steps: return Self.steps(pair, review)
    }
  }

  private static func reply(_ text: String) -> JSON {
    .array([Message(role: "assistant", content: text).json])
  }

  private static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  /// The template's arguments, under the names that TRL's rows have for them.
  private static func arguments(_ pair: Pair) -> [JSON.Member] {
    let tools = pair.context.arguments.filter { $0.key == "tools" }
    let others = pair.context.arguments.filter { $0.key != "tools" }
    return tools + (others.isEmpty ? [] : [.init("chat_template_kwargs", .object(others))])
  }

  /// The context for formats whose prompt is one text: `system`, `history`, template arguments; nothing when there is
  /// none.
  private static func context(_ pair: Pair) -> [JSON.Member] {
    var members: [JSON.Member] = []
    var turns = pair.context.messages[...]
    if let first = turns.first, first.role == "system" {
      members.append(.init("system", .string(first.content)))
      turns = turns.dropFirst()
    }
    if !turns.isEmpty { members.append(.init("history", .array(turns.map(\.json)))) }
    return members + arguments(pair)
  }

  private static func spot(_ pair: Pair) -> JSON {
    let original = extractAnswer(from: pair.rejected)?.text
    let corrected = extractAnswer(from: pair.chosen)?.text
    let isRight = pair.answer.map { grade(gold: $0, answer: pair.chosen).verdict == .right }
    return .object(
      [
        .init("index", .string(String(pair.id.rawValue))),
        .init("prompt", .string(pair.question)),
        .init("question", .string(pair.question)),
        .init("original_answer", .string(pair.rejected)),
        .init("original_extracted", optional(original)),
        .init("ground_truth", optional(pair.answer)),
        .init("gemini_corrected_answer", .string(pair.chosen)),
        .init("gemini_extracted_answer", optional(corrected)),
        .init("is_correct", isRight.map(JSON.bool) ?? .null),
        .init("data_source", .string(pair.dataset ?? pair.source)),
        .init("oracle", optional(pair.oracle)),
        .init("change_ratio", .double(pair.changeRatio)),
      ] + (pair.dataset == nil ? [] : [.init("source", .string(pair.source))]) + context(pair))
  }

  private static func stepDPO(_ pair: Pair, _ review: Review?) -> JSON {
    let before = splitSteps(pair.rejected, at: pair.ownSteps)
    let start = firstWrongStep(pair, before, review)
    let (minus, plus) = (Array(pair.rejected.utf8), Array(pair.chosen.utf8))
    // As the answers are trained on: the blank line that SPoT's rows begin with belongs to no step.
    func text(_ bytes: ArraySlice<UInt8>) -> String {
      let text = String(decoding: bytes, as: UTF8.self)
      return pair.isSpot ? withoutBlankLine(text) : text
    }
    let trained = pair.trained
    let end = before.first { $0.bytes.contains(start) }?.bytes.upperBound ?? minus.count
    let chosen = counterpart(of: start, in: pair)
    return .object(
      [
        .init("prompt", .string(pair.question)),
        .init("initial_reason_steps", .string(text(minus[..<start]))),
        .init("chosen", .string(chosen.isEmpty ? trained.chosen : text(plus[chosen]))),
        .init("rejected", .string(end > start ? text(minus[start..<end]) : trained.rejected)),
        .init("full_chosen", .string(trained.chosen)),
        .init("full_rejected", .string(trained.rejected)),
        .init("answer", optional(pair.answer)),
        .init("pair", .int(Int(pair.id.rawValue))),
        .init("source", .string(pair.source)), .init("oracle", optional(pair.oracle)),
      ] + context(pair))
  }

  /// The step of y⁺ that stands in the place of the step of y⁻ that begins at a byte.
  private static func counterpart(of start: Int, in pair: Pair) -> Range<Int> {
    let hunks = TextDiff(minus: pair.rejected, plus: pair.chosen, mergeIslands: true).hunks
    var shift = 0
    for hunk in hunks where hunk.minus.upperBound <= start && hunk.minus.lowerBound < start {
      shift = hunk.plus.upperBound - hunk.minus.upperBound
    }
    // A hunk that begins before the step and ends in it takes the step's beginning along.
    let cut = hunks.first { $0.minus.lowerBound < start && $0.minus.upperBound > start }
    let at = cut.map(\.plus.lowerBound) ?? start + shift
    let steps = splitSteps(pair.chosen)
    return
      (steps.first { $0.bytes.contains(at) } ?? steps.first { $0.bytes.lowerBound >= at })?.bytes
      ?? 0..<0
  }

  /// TRL's stepwise supervision, once for y⁻ and once for y⁺.
  ///
  /// A step of y⁻ is right when the person rated it so or it stands before the first wrong one. `text` is the whole
  /// answer, white space included, and y⁻ carries its `correction`: so the rows can be read back without loss.
  private static func steps(_ pair: Pair, _ review: Review?) -> [JSON] {
    let before = splitSteps(pair.rejected, at: pair.ownSteps)
    let error = firstWrongStep(pair, before, review)
    func row(
      _ text: String, _ steps: [Step], _ side: String, rating: (Step) -> StepLabel?,
      isRight: (Step) -> Bool
    ) -> JSON {
      let bytes = Array(text.utf8)
      return .object(
        [
          .init("prompt", .string(pair.question)),
          .init(
            "completions",
            .array(steps.map { .string(String(decoding: bytes[$0.bytes], as: UTF8.self)) })),
          .init("labels", .array(steps.map { .bool(isRight($0)) })),
          .init("ratings", .array(steps.map { rating($0).map { .int($0.rawValue) } ?? .null })),
          .init("answer", optional(pair.answer)),
          .init("side", .string(side)),
          .init("pair", .int(Int(pair.id.rawValue))),
          .init("text", .string(text)),
        ] + context(pair))
    }
    let label = { (step: Step) in review?.labels[step.bytes.lowerBound] }
    var wrong = row(pair.rejected, before, "rejected", rating: label) { step in
      label(step).map { $0 != .wrong } ?? (step.bytes.upperBound <= error)
    }
    if case .object(let members) = wrong {
      wrong = .object(
        members + [
          .init("correction", .string(pair.chosen)), .init("oracle", optional(pair.oracle)),
          .init("source", .string(pair.source)),
        ])
    }
    let right = row(
      pair.chosen, splitSteps(pair.chosen), "chosen", rating: { _ in nil }, isRight: { _ in true })
    return [right, wrong].filter { $0["completions"]?.array?.isEmpty == false }
  }
}
