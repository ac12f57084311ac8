// Stepwise supervision: TRL's rows and those that `lancet export --format steps` writes.

/// Reads `prompt, completions|steps, labels` (TRL) with Lancet's `ratings, text, answer, side, correction`.
///
/// The row is one trace, cut into the file's own steps, with a rating for each. A label that is missing for a step is
/// no rating; more labels than steps refuse the row. `steps` may be objects that bring text and rating, and may have no
/// labels where the row has no other trace.
enum StepsFormat {
  private static let stepNames = ["completions", "steps"]
  private static let labelNames = ["labels", "step_labels", "ratings"]
  private static let textNames = ["text", "step", "content", "value"]
  private static let ratingNames = ["label", "rating"] + FieldNames.claim

  static func fits(_ row: RowReader) -> Bool {
    guard FieldNames.question.contains(where: row.has) else { return false }
    let hasLabels = labelNames.contains { row.peek($0)?.array != nil }
    let hasTexts = stepNames.contains { name in
      row.peek(name)?.array?.allSatisfy { $0.string != nil } ?? false
    }
    if hasTexts, hasLabels { return true }
    guard let steps = row.peek("steps")?.array, !steps.isEmpty, !row.has("chosen"),
      !row.hasAny(FieldNames.trace), !row.hasAny(FieldNames.traces)
    else { return false }
    return steps.allSatisfy { $0.string != nil || text(of: $0) != nil }
  }

  private static func text(of step: JSON) -> String? {
    textNames.lazy.compactMap { step[$0]?.string }.first
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    var row = ImportedRow(
      try reader.prompt(["prompt"] + FieldNames.question),
      key: try reader.optionalScalar(FieldNames.key))
    try row.takeGold(reader)
    let name = stepNames.first(where: reader.has) ?? stepNames[0]
    let steps = try texts(reader, name)
    guard !steps.isEmpty else { throw .empty(field: name) }
    let whole = reader.textIfAny(["text"])
    let joined = whole.flatMap { JoinedSteps(steps, in: $0) } ?? JoinedSteps(steps, separator: "\n")
    if let whole, !joined.text.bytesEqual(whole) {
      throw .disagreement(field: "text", with: name)
    }
    var trace = ImportedTrace(
      text: joined.text, source: reader.textIfAny(FieldNames.source),
      labels: try ownRatings(reader, name, joined) + labels(reader, joined, steps.count),
      ownSteps: joined.starts)
    if let correction = reader.textIfAny(FieldNames.proposal) {
      trace.proposals = [
        ImportedProposal(oracle: reader.textIfAny(["oracle"]) ?? "replay", text: correction)
      ]
    }
    trace.claimed = try reader.claim()
    reader.take("side", "pair")
    row.traces = [trace]
    return row
  }

  /// The texts of the steps, which may be objects.
  private static func texts(_ reader: RowReader, _ name: String) throws(RowError) -> [String] {
    guard let list = reader.peek(name)?.array, list.contains(where: { $0.object != nil }) else {
      return try reader.texts(name)
    }
    reader.take(name)
    var texts: [String] = []
    for (i, element) in list.enumerated() {
      let field = "\(name)[\(i)]"
      guard let text = element.string ?? Self.text(of: element) else {
        throw .wrongType(field: field, expected: "a text", found: element.kind)
      }
      guard !ApprovalRules.isBlank(text) else { throw .empty(field: field) }
      texts.append(text)
    }
    return texts
  }

  /// The ratings that steps bring along, and a report of what else they hold.
  private static func ownRatings(
    _ reader: RowReader, _ name: String, _ steps: JoinedSteps
  ) throws(RowError) -> [ImportedLabel] {
    var found: [ImportedLabel] = []
    for (i, element) in (reader.peek(name)?.array ?? []).enumerated() {
      guard element.object != nil else { continue }
      let step = try reader.inner(element, "\(name)[\(i)]")
      if let text = textNames.first(where: { step.peek($0)?.string != nil }) { step.take(text) }
      guard let (rating, value) = step.first(ratingNames) else { continue }
      if value.int == 0, rating == "rating" {
        found.append(steps.label(i, .neutral))
      } else if let verdict = RowReader.verdict(value) {
        found.append(steps.label(i, verdict ? .right : .wrong))
      } else {
        throw .wrongType(
          field: step.prefix + rating, expected: "true or false", found: value.kind)
      }
    }
    return found
  }

  /// The person's ratings where there are some, else the labels.
  private static func labels(
    _ reader: RowReader, _ steps: JoinedSteps, _ count: Int
  ) throws(RowError) -> [ImportedLabel] {
    var found: [StepLabel?] = Array(repeating: nil, count: count)
    for name in labelNames where reader.has(name) {
      let list = try reader.array(name)
      guard list.count <= count else {
        throw .wrongType(
          field: name, expected: "one label a step (\(count))", found: "\(list.count)")
      }
      // A list with a −1 in it has three values, as a person's ratings do: its 0 is neither right nor wrong.
      let isOfThree = list.contains { $0.int == -1 }
      for (i, value) in list.enumerated() where value != .null {
        if name == "ratings" || isOfThree {
          guard let number = value.int, let rating = StepLabel(rawValue: number) else {
            throw .wrongType(
              field: "\(name)[\(i)]", expected: "-1, 0 or 1",
              found: value.int.map(String.init) ?? value.kind)
          }
          found[i] = rating
        } else {
          guard let verdict = RowReader.verdict(value) else {
            throw .wrongType(
              field: "\(name)[\(i)]", expected: "true or false", found: value.kind)
          }
          found[i] = verdict ? .right : .wrong
        }
      }
    }
    return found.enumerated().compactMap { i, label in label.map { steps.label(i, $0) } }
  }
}
