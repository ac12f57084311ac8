// PRM800K's rows (OpenAI): a solution cut into steps, each rated by a person.

/// Reads `question {problem, ground_truth_answer, pre_generated_steps}` and `label {steps, finish_reason}`.
///
/// The trace is the model's own solution: the pre-generated steps, or else at each step the completion that was chosen
/// (the first when none was), joined by line ends. Ratings become labels. Steps a person wrote instead become a
/// proposal of the Oracle `person`.
enum PRM800KFormat {
  static func read(_ json: JSON) throws(RowError) -> ImportedRow {
    let reader = try RowReader(json)
    let question = try reader.object("question")
    let label = try reader.object("label")
    let rated = try steps(label)
    var texts = rated.map(\.text)
    if question.has("pre_generated_steps") {
      let names = try question.array("pre_generated_steps")
      var generated: [String] = []
      for (i, step) in names.enumerated() {
        guard let text = step.string else {
          throw .wrongType(
            field: "question.pre_generated_steps[\(i)]", expected: "a string", found: step.kind)
        }
        generated.append(text)
      }
      if !generated.isEmpty { texts = generated }
    }
    let text = texts.joined(separator: "\n")
    guard !ApprovalRules.isBlank(text) else { throw .empty(field: "label.steps") }
    var labels = StepSnapper(text)
    var at = 0
    for (i, step) in texts.enumerated() {
      if rated.indices.contains(i) {
        let rating = rated[i].ratings.first { $0.text.bytesEqual(step) }?.rating
        if let rating { labels.rate(at..<at + step.utf8.count, rating) }
      }
      at += step.utf8.count + 1
    }
    var proposals: [ImportedProposal] = []
    if rated.contains(where: { $0.written != nil }) {
      // From the first step a person wrote on, the path is the one they followed.
      let path = rated.enumerated().map { i, step in
        step.written ?? (texts.indices.contains(i) && !step.wasChosen ? texts[i] : step.text)
      }
      proposals = [
        ImportedProposal(oracle: "person", text: path.joined(separator: "\n"))
      ]
    }
    return ImportedRow(
      question: try question.text("problem"),
      answer: try question.optionalScalar("ground_truth_answer", "ground_truth_solution"),
      traces: [
        ImportedTrace(
          text: text, source: try reader.optionalScalar("generation").map { "prm800k-\($0)" },
          claimed: try claim(label), proposals: proposals, labels: labels.labels)
      ])
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
      let step = try RowReader(json, prefix: "label.steps[\(i)].")
      var completions: [String] = []
      var ratings: [(String, StepLabel)] = []
      for (j, json) in (step.has("completions") ? try step.array("completions") : []).enumerated() {
        let completion = try RowReader(json, prefix: "\(step.prefix)completions[\(j)].")
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
    case "solution": true
    case "found_error": false
    default: nil
    }
  }
}

/// Puts ratings of stretches of a text on the steps the text is cut into here.
struct StepSnapper {
  private let steps: [Step]
  private let text: [UInt8]
  private var ratings: [Int: StepLabel] = [:]

  init(_ text: String) {
    steps = splitSteps(text)
    self.text = Array(text.utf8)
  }

  /// Rates the step that holds the first visible byte of a stretch.
  ///
  /// Of two ratings of one step the worse stays.
  mutating func rate(_ stretch: Range<Int>, _ rating: StepLabel) {
    guard
      let byte = stretch.first(where: {
        text.indices.contains($0) && text[$0] != 0x20 && text[$0] != 0x0A
      }),
      let step = steps.first(where: { $0.bytes.contains(byte) })
    else { return }
    let known = ratings[step.bytes.lowerBound]?.rawValue ?? rating.rawValue
    ratings[step.bytes.lowerBound] = known < rating.rawValue ? StepLabel(rawValue: known) : rating
  }

  /// The ratings, in the order of the text.
  var labels: [ImportedLabel] {
    ratings.sorted { $0.key < $1.key }.map { ImportedLabel(stepAt: $0.key, label: $0.value) }
  }
}
