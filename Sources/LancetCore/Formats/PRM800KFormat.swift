// PRM800K's rows (OpenAI): a solution cut into steps, each rated by a person.

/// Reads `question {problem, ground_truth_answer, pre_generated_steps}` and `label {steps, finish_reason}`.
///
/// The trace is the model's own solution: the pre-generated steps, or else at each step the completion that was chosen
/// (the first when none was), joined by line ends. Ratings become labels. Steps a person wrote instead become a
/// proposal of the Oracle `person`.
enum PRM800KFormat {
  static func fits(_ row: RowReader) -> Bool {
    row.peek("question")?.object != nil && row.peek("label")?.object != nil
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    let question = try reader.object("question")
    let label = try reader.object("label")
    let rated = try steps(label)
    let texts = try generated(question) ?? rated.map(\.text)
    let joined = JoinedSteps(texts, separator: "\n")
    guard !ApprovalRules.isBlank(joined.text) else { throw .empty(field: "label.steps") }
    var labels: [ImportedLabel] = []
    for (i, step) in texts.enumerated() where rated.indices.contains(i) {
      if let rating = rated[i].ratings.first(where: { $0.text.bytesEqual(step) })?.rating {
        labels.append(joined.label(i, rating))
      }
    }
    var proposals: [ImportedProposal] = []
    if rated.contains(where: { $0.written != nil }) {
      // From the first step a person wrote on, the path is the one they followed.
      let path = rated.enumerated().map { i, step in
        step.written ?? (texts.indices.contains(i) && !step.wasChosen ? texts[i] : step.text)
      }
      proposals = [
        ImportedProposal(oracle: "person", text: JoinedSteps(path, separator: "\n").text)
      ]
    }
    var row = ImportedRow(question: try question.text("problem"))
    (row.answer, row.solution) = try question.gold()
    row.key = try reader.optionalScalar(FieldNames.key)
    row.traces = [
      ImportedTrace(
        text: joined.text,
        source: try reader.optionalScalar(["generation"]).map { "prm800k-\($0)" },
        claimed: try claim(label), proposals: proposals, labels: labels, ownSteps: joined.starts,
        comment: alternatives(rated, texts))
    ]
    // What these say is in the steps.
    question.take("pre_generated_steps", "pre_generated_answer")
    return row
  }

  /// The steps the model wrote before anybody rated them; nil when the row has none.
  private static func generated(_ question: RowReader) throws(RowError) -> [String]? {
    guard question.has("pre_generated_steps") else { return nil }
    let steps = try question.texts("pre_generated_steps")
    return steps.isEmpty ? nil : steps
  }

  /// The completions that are not in the trace, with their ratings: kept as words, since they are no traces.
  private static func alternatives(_ rated: [RatedStep], _ texts: [String]) -> String? {
    var lines: [String] = []
    for (i, step) in rated.enumerated() {
      for (text, rating) in step.ratings
      where !(texts.indices.contains(i) && texts[i].bytesEqual(text)) {
        lines.append("step \(i + 1), another completion, rated \(rating.rawValue): \(text)")
      }
    }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  private struct RatedStep {
    var text: String
    var wasChosen: Bool
    var written: String?
    var ratings: [(text: String, rating: StepLabel)]
  }

  private static func steps(_ label: RowReader) throws(RowError) -> [RatedStep] {
    var steps: [RatedStep] = []
    for (i, json) in try label.array("steps").enumerated() {
      let step = try label.inner(json, "steps[\(i)]")
      var completions: [String] = []
      var ratings: [(String, StepLabel)] = []
      for (j, json) in (step.has("completions") ? try step.array("completions") : []).enumerated() {
        let completion = try step.inner(json, "completions[\(j)]")
        let text = try completion.optionalText(["text"]) ?? ""
        completions.append(text)
        if let (_, value) = completion.first(["rating"]) {
          guard let number = value.int, let rating = StepLabel(rawValue: number) else {
            throw .wrongType(
              field: completion.prefix + "rating", expected: "-1, 0 or 1",
              found: value.int.map(String.init) ?? value.kind)
          }
          ratings.append((text, rating))
        }
      }
      let chosen = step.first(["chosen_completion"])?.value.int
      let written =
        step.has("human_completion")
        ? try step.object("human_completion").optionalText(["text"]) : nil
      guard !completions.isEmpty || written != nil else { continue }
      let isChosen = chosen.map(completions.indices.contains) ?? false
      let own = isChosen ? chosen.map { completions[$0] } : completions.first
      steps.append(
        RatedStep(
          text: own ?? written ?? "", wasChosen: isChosen, written: isChosen ? nil : written,
          ratings: ratings))
    }
    return steps
  }

  private static func claim(_ label: RowReader) throws(RowError) -> Bool? {
    switch try label.optionalText(["finish_reason"]) {
    case "solution": return true
    case "found_error": return false
    case nil: return nil
    default:
      label.use.note("label.finish_reason")
      return nil
    }
  }
}
