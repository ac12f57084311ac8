// What people call the parts of a row. One list for every format, so that a name means the same wherever it stands.

/// The names a field may have; the first of each list is the one to write.
enum FieldNames {
  static let question = [
    "question", "problem", "prompt", "query", "instruction", "input", "question_stem",
  ]
  /// What belongs in front of the question: a story, a passage.
  static let body = [
    "body", "context", "passage", "background", "premise", "story", "paragraph", "article",
    "document", "reading_passage",
  ]
  static let choices = ["choices", "options"]
  /// Choices in columns of their own, the first of a list first: `A`, `B` … or `option_a`, `option_b` ….
  static let choiceColumns: [[String]] = "ABCDEFGHIJ".unicodeScalars.map { letter in
    [String(letter)]
      + ["option_", "option", "choice_", "choice", "op"].map { "\($0)\(lower(letter))" }
  }
  static let system = ["system", "system_prompt", "system_message"]
  /// The system message of one completion of several.
  static let ownSystem = "custom_system_prompt"
  static let conversation = ["messages", "conversations", "conversation"]
  static let gold = [
    "answer", "ground_truth", "gold", "expected", "reference", "target", "final_answer",
    "expected_answer", "correct_answer", "reference_answer", "gold_answer", "ground_truth_answer",
    "ref_answer", "gt", "gts", "gt_answer", "answerkey", "answer_key", "gold_label",
    "correct_option",
    "answer_idx", "answer_index", "ideal", "expected_output",
  ]
  static let solution = [
    "solution", "reference_solution", "ground_truth_solution", "gold_solution",
  ]
  /// What explains a known answer that stands elsewhere.
  static let explanation = ["rationale", "explanation"]
  static let trace = [
    "trace", "response", "completion", "output", "generation", "model_answer", "model_output",
    "model_response", "model_solution", "original_answer", "prediction", "generated_text",
    "generated_solution", "generated_answer", "actual_output", "code",
  ]
  static let traces = [
    "traces", "responses", "completions", "outputs", "samples", "generations",
    "model_answers", "predictions",
  ]
  static let proposal = ["proposal", "correction", "corrected", "rewrite"]
  static let reasoning = ["reasoning_content", "reasoning", "thinking", "thinking_content"]
  /// Claims that must be verdicts.
  static let claim = ["is_correct", "correct", "claimed", "final_answer_correct", "is_right"]
  /// Names that hold a verdict in some files and something else in others.
  static let softClaim = [
    "label", "reward", "score", "correctness", "correctness_math_verify", "correctness_llama",
    "passed", "acc", "exact_match", "verdict",
  ]
  /// The same for several traces.
  static let claims = [
    "labels", "rewards", "scores", "verdicts", "claims",
  ]
  /// Every name under which a verdict, or a list of them, may stand.
  static let verdicts = Set(claim + softClaim + claims + ["step_labels", "ratings"])
  static let source = ["source", "model", "generator", "model_name"]
  static let dataset = ["data_source", "dataset"]
  /// Names under which a conversation may stand.
  static let messages = Set(question + trace + conversation + ["chosen", "rejected", "history"])
  static let key = ["id", "index", "idx", "uuid"]
  /// What a row has when a part of its problem is no text.
  static let notText = [
    "image", "images", "audio", "audios", "video", "videos", "picture", "pictures", "img",
    "decoded_image",
  ]

  /// Every name that a format asks for, in small letters.
  static let all: Set<String> = Set(
    question + body + choices + system + conversation + gold + solution + explanation + trace
      + traces + proposal + choiceColumns.flatMap { $0.dropFirst() }
      + reasoning + claim + softClaim + claims + source + dataset + key + notText
      + ["chosen", "rejected", "chosen_model", "rejected_model", "history", "proposals", "tools"])

  /// A row whose names are written as in these lists: `Question` and `Chosen-Model` are `question` and `chosen_model`.
  ///
  /// Names of other columns (a model's, a metric's) stay as they are.
  static func folded(_ members: [JSON.Member]) -> [JSON.Member] {
    guard members.contains(where: { needsFolding($0.key) }) else { return members }
    let written = Set(members.map(\.key))
    return members.map { member in
      guard needsFolding(member.key) else { return member }
      let name = String(
        String.UnicodeScalarView(
          member.key.unicodeScalars.map { $0 == " " || $0 == "-" ? "_" : lower($0) }))
      return all.contains(name) && !written.contains(name)
        ? JSON.Member(name, member.value) : member
    }
  }

  private static func needsFolding(_ key: String) -> Bool {
    key.utf8.contains { $0 == 32 || $0 == 45 || (65...90).contains($0) }
  }

  private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    (65...90).contains(scalar.value)
      ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
  }
}
