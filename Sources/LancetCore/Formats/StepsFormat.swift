// Stepwise supervision: TRL's rows and those that `lancet export --format steps` writes.

/// Reads `prompt, completions|steps, labels` (TRL) with Lancet's `ratings, text, answer, side, correction`.
///
/// The row is one trace, cut into the file's own steps, with a rating for each. A label that is missing for a step is
/// no rating; more labels than steps refuse the row.
enum StepsFormat {
  private static let stepNames = ["completions", "steps"]
  private static let labelNames = ["labels", "step_labels", "ratings"]

  static func fits(_ row: RowReader) -> Bool {
    let hasSteps = stepNames.contains { name in
      row.peek(name)?.array?.allSatisfy { $0.string != nil } ?? false
    }
    return hasSteps && labelNames.contains { row.peek($0)?.array != nil }
      && FieldNames.question.contains(where: row.has)
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    var row = ImportedRow(
      try reader.prompt(["prompt"] + FieldNames.question),
      key: try reader.optionalScalar(FieldNames.key))
    try row.takeGold(reader)
    let name = stepNames.first(where: reader.has) ?? stepNames[0]
    let steps = try reader.texts(name)
    guard !steps.isEmpty else { throw .empty(field: name) }
    let whole = reader.textIfAny(["text"])
    let joined = whole.flatMap { JoinedSteps(steps, in: $0) } ?? JoinedSteps(steps, separator: "\n")
    if let whole, !joined.text.bytesEqual(whole) {
      throw .disagreement(field: "text", with: name)
    }
    var trace = ImportedTrace(
      text: joined.text, source: reader.textIfAny(FieldNames.source),
      labels: try labels(reader, joined, steps.count), ownSteps: joined.starts)
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
      for (i, value) in list.enumerated() where value != .null {
        if name == "ratings" {
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
