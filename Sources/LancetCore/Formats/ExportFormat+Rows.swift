// The rows that export writes for an approved pair.

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
    case .aboveGamma(let ratio, let gamma): "change ratio \(ratio) is above \(gamma)"
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
  /// hand, gives ``steps`` the person's ratings.
  public func rows(for pair: Pair, review: Review? = nil) -> [JSON] {
    guard !ApprovalRules.isBlank(pair.rejected), !ApprovalRules.isBlank(pair.chosen) else {
      return []
    }
    switch self {
    case .spot: return [Self.spot(pair)]
    case .trl:
      return [
        .object([
          .init("prompt", Self.message("user", pair.question)),
          .init("chosen", Self.message("assistant", pair.chosen)),
          .init("rejected", Self.message("assistant", pair.rejected)),
        ])
      ]
    case .trlUnpaired:
      return [(pair.chosen, true), (pair.rejected, false)].map { text, label in
        .object([
          .init("prompt", Self.message("user", pair.question)),
          .init("completion", Self.message("assistant", text)),
          .init("label", .bool(label)),
        ])
      }
    case .stepDPO: return [Self.stepDPO(pair)]
    case .steps: return Self.steps(pair, review)
    }
  }

  private static func message(_ role: String, _ text: String) -> JSON {
    .array([.object([.init("role", .string(role)), .init("content", .string(text))])])
  }

  private static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  private static func spot(_ pair: Pair) -> JSON {
    let original = extractAnswer(from: pair.rejected)?.text
    let corrected = extractAnswer(from: pair.chosen)?.text
    let isRight = pair.answer.map { grade(gold: $0, answer: pair.chosen).verdict == .right }
    return .object([
      .init("index", .string(String(pair.id.rawValue))),
      .init("prompt", .string(pair.question)),
      .init("question", .string(pair.question)),
      .init("original_answer", .string(pair.rejected)),
      .init("original_extracted", optional(original)),
      .init("ground_truth", optional(pair.answer)),
      .init("gemini_corrected_answer", .string(pair.chosen)),
      .init("gemini_extracted_answer", optional(corrected)),
      .init("is_correct", isRight.map(JSON.bool) ?? .null),
      .init("data_source", .string(pair.source)),
      .init("oracle", optional(pair.oracle)),
      .init("change_ratio", .double(pair.changeRatio)),
    ])
  }

  /// Where the first edited step begins, which is the same byte in both texts.
  private static func firstEditedStep(_ pair: Pair, _ steps: [Step]) -> Int {
    let shared = zip(pair.rejected.utf8, pair.chosen.utf8).prefix { $0 == $1 }.count
    return steps.last { $0.bytes.lowerBound <= shared }?.bytes.lowerBound ?? 0
  }

  private static func stepDPO(_ pair: Pair) -> JSON {
    let before = splitSteps(pair.rejected)
    let start = firstEditedStep(pair, before)
    func step(_ text: String, _ steps: [Step]) -> (head: String, step: String) {
      let bytes = Array(text.utf8)
      let end = steps.first { $0.bytes.contains(start) }?.bytes.upperBound ?? bytes.count
      return (
        String(decoding: bytes[..<start], as: UTF8.self),
        String(decoding: bytes[start..<end], as: UTF8.self)
      )
    }
    let rejected = step(pair.rejected, before)
    let chosen = step(pair.chosen, splitSteps(pair.chosen))
    return .object([
      .init("prompt", .string(pair.question)),
      .init("initial_reason_steps", .string(rejected.head)),
      .init("chosen", .string(chosen.step.isEmpty ? pair.chosen : chosen.step)),
      .init("rejected", .string(rejected.step.isEmpty ? pair.rejected : rejected.step)),
      .init("full_chosen", .string(pair.chosen)),
      .init("full_rejected", .string(pair.rejected)),
      .init("answer", optional(pair.answer)),
    ])
  }

  /// TRL's stepwise supervision, once for y⁻ and once for y⁺.
  ///
  /// A step of y⁻ is right when the person rated it so or it
  /// stands before the first error: the one they marked, else the first step rated wrong, else the first edited one.
  private static func steps(_ pair: Pair, _ review: Review?) -> [JSON] {
    let before = splitSteps(pair.rejected)
    let rated = review.flatMap { $0.labels.filter { $0.value == .wrong }.keys.min() }
    let error = review?.firstError ?? rated ?? firstEditedStep(pair, before)
    func row(
      _ text: String, _ steps: [Step], _ answer: String, rating: (Step) -> StepLabel?,
      isRight: (Step) -> Bool
    ) -> JSON {
      let bytes = Array(text.utf8)
      return .object([
        .init("prompt", .string(pair.question)),
        .init(
          "completions",
          .array(steps.map { .string(String(decoding: bytes[$0.bytes], as: UTF8.self)) })),
        .init("labels", .array(steps.map { .bool(isRight($0)) })),
        .init("ratings", .array(steps.map { rating($0).map { .int($0.rawValue) } ?? .null })),
        .init("answer", optional(pair.answer)),
        .init("side", .string(answer)),
        .init("pair", .int(Int(pair.id.rawValue))),
      ])
    }
    let label = { (step: Step) in review?.labels[step.bytes.lowerBound] }
    let wrong = row(pair.rejected, before, "rejected", rating: label) { step in
      label(step).map { $0 != .wrong } ?? (step.bytes.upperBound <= error)
    }
    let right = row(
      pair.chosen, splitSteps(pair.chosen), "chosen", rating: { _ in nil }, isRight: { _ in true })
    return [right, wrong].filter { $0["completions"]?.array?.isEmpty == false }
  }
}
