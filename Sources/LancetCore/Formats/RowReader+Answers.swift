// Known answers, answers of models, and what a row claims of them.

extension RowReader {
  // MARK: Known answers

  /// The known answer and the worked solution of a row.
  ///
  /// A solution is the known answer where no other is given. A list of one value is that value; of several nothing
  /// says whether each or all of them are right, so the row is refused, and so is one that knows two answers. A number
  /// beside choices is the number of one of them; true and false are answers too.
  func gold() throws(RowError) -> (answer: String?, solution: String?) {
    var known: (name: String, text: String)?
    var isProof = false
    for name in FieldNames.gold where known == nil && has(name) {
      guard let text = try gold(name) else {
        take(name)
        continue
      }
      isProof = isPlaceholder(text)
      if isProof {
        use.note(prefix + name)
        take(name)
        break
      }
      take(name)
      known = (name, text)
    }
    var answer = known?.text
    var explained: String?
    if let known, let shorter = try compare(known) { (answer, explained) = (shorter, known.text) }
    // The letter of the right choice; one in `label` must be a choice's own.
    for name in ["correct", "label"] where answer == nil && hasAny(FieldNames.choices) {
      guard let letter = peek(name)?.string, Self.verdict(.string(letter)) == nil,
        name == "correct" || Self.isLetter(letter)
      else { continue }
      let isChoice = try choices()?.contains { $0.label.bytesEqual(letter) } ?? false
      guard name == "correct" || isChoice else { continue }
      take(name)
      answer = letter
    }
    if answer == nil, peek("reward_model")?["ground_truth"] != nil {
      // verl's rows.
      let rule = try object("reward_model")
      rule.take("style", "ground_truth")
      answer = try rule.gold("ground_truth")
    }
    var solution = textIfAny(FieldNames.solution) ?? explained
    if solution == nil, let name = FieldNames.solution.first(where: has),
      let list = peek(name)?.array, list.count == 1, let only = list[0].string
    {
      take(name)
      solution = only
    }
    if answer == nil { return isProof ? (nil, solution) : (solution, nil) }
    let worked = solution ?? textIfAny(FieldNames.explanation)
    return (answer, worked.flatMap { $0.bytesEqual(answer ?? "") ? nil : $0 })
  }

  /// What NuminaMath writes where a solution has no answer to compare: no answer that a trace could give.
  private func isPlaceholder(_ text: String) -> Bool {
    (text.bytesEqual("proof") || text.bytesEqual("notfound")) && hasAny(FieldNames.solution)
  }

  /// The known answer under a second name: the same needs no report, another value refuses the row.
  ///
  /// What cannot be compared (a whole solution, a page number, a letter where the other is a value) is left for the
  /// report of ignored columns. Where the first is an explanation in which no answer can be found and the second a value,
  /// the second is the known answer: it is returned.
  private func compare(_ known: (name: String, text: String)) throws(RowError) -> String? {
    for name in FieldNames.gold where has(name) && !isTaken(name) {
      guard let text = try? gold(name) else { continue }
      if text.bytesEqual(known.text) {
        take(name)
        continue
      }
      if let choices = try choices(), let one = Self.choice(known.text, choices),
        let other = Self.choice(text, choices)
      {
        guard one == other else {
          throw .disagreement(field: prefix + known.name, with: prefix + name)
        }
        take(name)
        continue
      }
      if name.utf8.starts(with: "answer_i".utf8) { continue }  // an index without choices
      let grade = LancetCore.grade(gold: known.text, answer: text)
      if grade.verdict == .ungradable, grade.gold == nil, Self.isValue(text) {
        take(name)
        return text
      }
      if grade.verdict == .wrong, Self.isLetter(text) == Self.isLetter(known.text) {
        throw .disagreement(field: prefix + known.name, with: prefix + name)
      }
    }
    return nil
  }

  /// Whether a text can be told from another value.
  private static func isValue(_ text: String) -> Bool {
    isLetter(text) || LancetCore.grade(gold: text, answer: "\\boxed{0}").verdict != .ungradable
  }

  private static func isLetter(_ text: String) -> Bool {
    text.utf8.count == 1 && text.utf8.allSatisfy { (65...90).contains($0 & 0xDF) }
  }

  /// The place of the choice that a text names: by its label or its words.
  private static func choice(_ text: String, _ choices: [(label: String, text: String)]) -> Int? {
    choices.firstIndex { $0.label.bytesEqual(text) }
      ?? choices.firstIndex { $0.text.bytesEqual(text) }
  }

  private func gold(_ name: String) throws(RowError) -> String? {
    guard var value = peek(name) else { return nil }
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
    guard let printed = Self.printedList(text) else {
      return ApprovalRules.isBlank(text) ? nil : text
    }
    guard printed.count == 1 else { throw .several(field: prefix + name, count: printed.count) }
    return printed[0]
  }

  /// The members of a list of texts as Python prints it, `['12']`, which tables hold; nil for any other text.
  private static func printedList(_ text: String) -> [String]? {
    guard text.utf8.starts(with: "['".utf8), text.utf8.suffix(2).elementsEqual("']".utf8) else {
      return nil
    }
    let parts = text.utf8.dropFirst(2).dropLast(2).split(
      separator: 0x27, omittingEmptySubsequences: false)
    let (members, between) = (
      parts.indices.filter { $0 % 2 == 0 }, parts.indices.filter { $0 % 2 == 1 }
    )
    guard parts.count % 2 == 1, between.allSatisfy({ parts[$0].elementsEqual(", ".utf8) }) else {
      return nil
    }
    return members.map { String(decoding: parts[$0], as: UTF8.self) }
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
    // A column that was the known answer (the letter in `correct`) claims nothing.
    for name in FieldNames.claim where peek(name) != nil && !isTaken(name) {
      guard let list = peek(name)?.array else { return try optionalBool([name]) }
      guard list.count == 1, let verdict = Self.verdict(list[0]) else { continue }
      take(name)
      return verdict
    }
    for name in FieldNames.softClaim where !isTaken(name) {
      guard let value = peek(name) else { continue }
      let only = value.array.flatMap { $0.count == 1 ? $0[0] : nil }
      guard let verdict = Self.verdict(only ?? value) else { continue }
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
