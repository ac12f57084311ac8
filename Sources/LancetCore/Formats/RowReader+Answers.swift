// Known answers, answers of models, and what a row claims of them.

extension RowReader {
  // MARK: Known answers

  /// The known answer and the worked solution of a row.
  ///
  /// A solution is the known answer where no other is given. A list of one value is that value; of several nothing
  /// says whether each or all of them are right, so the row is refused. A number beside choices is the number of one
  /// of them; true and false are answers too.
  func gold() throws(RowError) -> (answer: String?, solution: String?) {
    var answer: String?
    for name in FieldNames.gold where answer == nil && has(name) {
      answer = try gold(name)
    }
    if answer == nil, hasAny(FieldNames.choices), let letter = peek("correct")?.string,
      Self.verdict(.string(letter)) == nil
    {
      take("correct")
      answer = letter
    }
    if answer == nil, peek("reward_model")?["ground_truth"] != nil {
      // verl's rows.
      let rule = try object("reward_model")
      rule.take("style")
      answer = try rule.gold("ground_truth")
    }
    // The same answer under a second name needs no report.
    for name in FieldNames.gold {
      if let answer, let same = peek(name).flatMap(Self.scalar), same.bytesEqual(answer) {
        take(name)
      }
    }
    var solution = textIfAny(FieldNames.solution)
    if solution == nil, let name = FieldNames.solution.first(where: has),
      let list = peek(name)?.array, list.count == 1, let only = list[0].string
    {
      take(name)
      solution = only
    }
    if answer == nil { return (solution, nil) }
    let worked = solution ?? textIfAny(FieldNames.explanation)
    return (answer, worked.flatMap { $0.bytesEqual(answer ?? "") ? nil : $0 })
  }

  private func gold(_ name: String) throws(RowError) -> String? {
    guard var (_, value) = first([name]) else { return nil }
    if let list = value.array {
      guard let only = list.first else { return nil }
      guard list.allSatisfy({ $0 == only }) else {
        throw .several(field: prefix + name, count: list.count)
      }
      value = only
    }
    if let truth = value.bool { return truth ? "True" : "False" }
    guard let text = Self.scalar(value) else {
      throw .wrongType(
        field: prefix + name, expected: "a string, a number, true or false", found: value.kind)
    }
    if case .number = value, let index = value.int, let choices = try choices(),
      choices.indices.contains(index)
    {
      // A number that is itself one of the choices could be meant either way.
      if let at = choices.firstIndex(where: { $0.text.bytesEqual(text) }), at != index {
        throw .disagreement(
          field: prefix + name, with: "the choices: \(text) is the number of one and another's text"
        )
      }
      return choices[index].label
    }
    return ApprovalRules.isBlank(text) ? nil : text
  }

  // MARK: A model's answers

  /// An answer: a text, a message, or messages that are one assistant's, which may repeat the prompt before it.
  func answer(_ name: String, after prompt: RowPrompt? = nil) throws(RowError) -> String {
    guard let (_, value) = first([name]) else { throw .missing(field: prefix + name) }
    var text: String
    switch value {
    case .string(let string): text = string
    case .object: text = try assistant([try message(value, name)], name)
    case .array(let list):
      var messages = try messages(list, name)
      if let prompt, messages.count > 1 {
        let asked = prompt.context.conversation(prompt.question)
        // A system message may stand in a column of its own.
        let turns = asked.drop { $0.role == "system" }
        if messages.starts(with: asked) {
          messages.removeFirst(asked.count)
        } else if messages.starts(with: turns) {
          messages.removeFirst(turns.count)
        }
      }
      text = try assistant(messages, name)
    default:
      throw .wrongType(field: prefix + name, expected: "a string", found: value.kind)
    }
    guard !ApprovalRules.isBlank(text) else { throw .empty(field: prefix + name) }
    return text
  }

  /// The text of messages that are one assistant's.
  func assistant(_ messages: [Message], _ name: String) throws(RowError) -> String {
    guard messages.count == 1, messages[0].role == "assistant" else {
      throw .wrongType(
        field: prefix + name, expected: "one assistant message",
        found: messages.isEmpty
          ? "none" : "the roles " + messages.map(\.role).joined(separator: ", "))
    }
    return messages[0].content
  }

  // MARK: Claims

  /// What the row claims of its one trace.
  func claim() throws(RowError) -> Bool? {
    for name in FieldNames.claim where peek(name) != nil && peek(name)?.array == nil {
      return try optionalBool([name])
    }
    for name in FieldNames.softClaim {
      guard let value = peek(name), let verdict = Self.verdict(value) else { continue }
      take(name)
      return verdict
    }
    return nil
  }

  /// What the row claims of each of its traces, from a list as long as theirs; nil without such a list.
  func claims(of count: Int) throws(RowError) -> [Bool?]? {
    for name in FieldNames.claim + FieldNames.softClaim + FieldNames.claims {
      guard let list = peek(name)?.array else { continue }
      // Scores on a scale of their own are no verdicts.
      guard list.allSatisfy({ $0 == .null || Self.verdict($0) != nil }) else {
        if FieldNames.claim.contains(name), list.count == count {
          throw .wrongType(
            field: prefix + name, expected: "a list of true and false", found: "something else")
        }
        continue
      }
      guard list.contains(where: { $0 != .null }) else { continue }
      take(name)
      guard list.count == count else {
        throw .wrongType(
          field: prefix + name, expected: "one verdict a trace (\(count))",
          found: "\(list.count)")
      }
      return list.map(Self.verdict)
    }
    return nil
  }
}
