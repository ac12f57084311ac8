// The pairs a run is frozen on: texts with the names they had where they came from.

import LancetCore

/// One pair as the trainer takes it in.
public struct TrainingPair: Sendable, Hashable {
  /// The pair's number in its session, or its line in its file.
  public var id: Int
  /// What stands before x in the prompt.
  public var context: PromptContext
  /// x, y⁺ and y⁻.
  public var question: String
  /// y⁺.
  public var chosen: String
  /// y⁻.
  public var rejected: String

  /// A pair of texts.
  public init(
    id: Int, context: PromptContext = .none, question: String, chosen: String, rejected: String
  ) {
    self.id = id
    self.context = context
    self.question = question
    self.chosen = chosen
    self.rejected = rejected
  }

  /// An approved pair of a session, with the texts that are trained on.
  public init(_ pair: Pair) {
    self.init(
      id: Int(pair.id.rawValue), context: pair.context, question: pair.question,
      chosen: pair.trained.chosen, rejected: pair.trained.rejected)
  }

  /// The line of a run's `pairs.jsonl`: TRL's keys, the prompt as messages when something stands before the question.
  public var json: JSON {
    var members: [JSON.Member] = [
      .init("id", .int(id)),
      .init(
        "prompt",
        context.messages.isEmpty
          ? .string(question) : .array(context.conversation(question).map(\.json))),
      .init("chosen", .string(chosen)), .init("rejected", .string(rejected)),
    ]
    if !context.arguments.isEmpty {
      members.append(.init("template_arguments", .object(context.arguments)))
    }
    return .object(members)
  }

  /// Reads a line that ``json`` wrote, byte for byte; nil for anything else.
  public init?(frozen row: JSON) {
    guard let id = row["id"]?.int, let prompt = row["prompt"], let chosen = row["chosen"]?.string,
      let rejected = row["rejected"]?.string
    else { return nil }
    var messages: [Message] = []
    for entry in prompt.array ?? [] {
      guard let role = entry["role"]?.string, let content = entry["content"]?.string else {
        return nil
      }
      messages.append(Message(role: role, content: content))
    }
    guard let question = prompt.string ?? messages.popLast()?.content else { return nil }
    self.init(
      id: id,
      context: PromptContext(
        messages: messages, arguments: row["template_arguments"]?.object ?? []),
      question: question, chosen: chosen, rejected: rejected)
  }

  /// Reads a row of a pairs file: whatever `lancet import` reads as one trace with one correction.
  ///
  /// Of SPoT's answers one leading blank line is dropped, as the paper's script does (``Pair/trained``).
  /// - Parameters:
  ///   - row: the row.
  ///   - line: its number in the file, from 1, which becomes the id when the row has none.
  ///   - file: for errors.
  public init(row: JSON, line: Int, file: String) throws(TrainerError) {
    var ignored: [String] = []
    try self.init(row: row, line: line, file: file, ignored: &ignored)
  }

  private init(
    row: JSON, line: Int, file: String, ignored: inout [String]
  ) throws(TrainerError) {
    let read: ImportedRow
    do throws(RowError) { read = try ImportFormat.auto.read(row) } catch {
      throw .badPairRow(file: file, line: line, reason: error.what)
    }
    for column in read.ignored where !ignored.contains(column) { ignored.append(column) }
    let pairs = read.traces.flatMap { trace in trace.proposals.map { (trace, $0) } }
    guard pairs.count == 1, let (trace, proposal) = pairs.first else {
      throw .badPairRow(
        file: file, line: line,
        reason: "one pair of answers expected, found \(pairs.count)")
    }
    self.init(
      Pair(
        id: PairID(rawValue: Int64(row["id"]?.int ?? line)), trace: TraceID(rawValue: 0),
        question: read.question, answer: read.answer, rejected: trace.text, chosen: proposal.text,
        changeRatio: 0, oracle: nil, source: file, override: nil, context: read.context,
        isSpot: read.isSpot))
  }

  /// Reads a file of pairs, in any syntax that `lancet import` reads.
  ///
  /// - Parameter onIgnored: is told the columns that nobody reads, when there are some.
  /// - Throws: ``TrainerError/badPairRow(file:line:reason:)`` for the first bad row.
  public static func read(
    _ bytes: [UInt8], file: String, onIgnored: ([String]) -> Void = { _ in }
  ) throws(TrainerError) -> [TrainingPair] {
    var pairs: [TrainingPair] = []
    var ignored: [String] = []
    for line in RowSplitter.rows(of: bytes, name: file) {
      switch line.parsed() {
      case .failure(let problem):
        throw .badPairRow(file: file, line: line.number, reason: problem.reason)
      case .success(let row):
        pairs.append(
          try TrainingPair(row: row, line: line.number, file: file, ignored: &ignored))
      }
    }
    if !ignored.isEmpty { onIgnored(ignored) }
    return pairs
  }
}
