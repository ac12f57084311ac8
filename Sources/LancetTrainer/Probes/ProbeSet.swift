// Probes: small fixed evaluations repeated during a run, so that learning is seen against forgetting.

import LancetCore
import LancetModel
import LancetSystem

/// One problem of a suite.
public struct ProbeProblem: Sendable, Hashable {
  /// What is asked.
  public var question: String
  /// The known answer.
  public var answer: String
  /// What stands before the question in the prompt.
  public var context: PromptContext
  /// The suite's name: `in-domain`, `OOD`, `instruction`, or any other.
  public var suite: String

  /// Values given one by one.
  public init(
    question: String, answer: String, suite: String, context: PromptContext = .none
  ) {
    self.context = context
    self.question = question
    self.answer = answer
    self.suite = suite
  }

  /// Reads a file of problems: any row that `lancet import` reads and that knows its answer.
  ///
  /// A row without a `suite` belongs to the suite of the file's name.
  /// - Parameter onIgnored: is told the columns that nobody reads, when there are some.
  public static func read(
    _ bytes: [UInt8], file: String, onIgnored: ([String]) -> Void = { _ in }
  ) throws(TrainerError) -> [ProbeProblem] {
    var problems: [ProbeProblem] = []
    var ignored: [String] = []
    let fallback = suiteName(of: file)
    for line in RowSplitter.rows(of: bytes, name: file) {
      let row: JSON
      switch line.parsed() {
      case .success(let json): row = json
      case .failure(let problem):
        throw .badProbe(file: file, line: line.number, reason: problem.reason)
      }
      let read: ImportedRow
      do throws(RowError) { read = try ImportFormat.auto.read(row) } catch {
        throw .badProbe(file: file, line: line.number, reason: error.what)
      }
      for column in read.ignored where column != "suite" && !ignored.contains(column) {
        ignored.append(column)
      }
      guard let answer = read.answer else {
        throw .badProbe(file: file, line: line.number, reason: "answer is missing")
      }
      problems.append(
        ProbeProblem(
          question: read.question, answer: answer, suite: row["suite"]?.string ?? fallback,
          context: read.context))
    }
    guard !problems.isEmpty else { throw .badProbe(file: file, line: 1, reason: "no problems") }
    if !ignored.isEmpty { onIgnored(ignored) }
    return problems
  }

  static func suiteName(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}

/// The probes of a run, as tokens.
struct ProbeSet {
  /// The most tokens of an answer.
  static let answerLimit = 256
  /// The most tokens of a continuation that the kl is measured on.
  static let continuationLimit = 64
  /// A plain text is read in rows of this many tokens.
  static let textRow = 256

  private struct Question {
    let prompt: [Int32]
    let answer: String
    let answerTokens: [Int32]
    var continuation: [Int32] = []
    var referenceLogProb = 0.0
  }

  private struct Suite {
    let name: String
    var questions: [Question] = []
    var textRows: [[Int32]] = []
  }

  private var suites: [Suite] = []
  private let tokenizer: Tokenizer
  private let stopIDs: Set<Int32>
  private let repetitionPenalty: Float

  /// Reads probe files: rows when the first character is `{` or `[` or the file is a table, else plain text.
  init(files: [String], setup: PairSetup) throws {
    tokenizer = setup.tokenizer
    stopIDs = setup.stopIDs
    repetitionPenalty = Float(setup.generation.repetitionPenalty ?? 1)
    for file in files {
      let bytes = try withFiles { () throws(FileFailure) in
        try Files.read(file, limit: 64 << 20)
      }
      guard
        bytes.first(where: { $0 > 32 }).map({ $0 == 0x7B || $0 == 0x5B }) == true
          || RowSyntax.detect(Array(bytes.prefix(RowSyntax.beginning)), name: file) != .jsonLines
      else {
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty else {
          throw TrainerError.badProbe(file: file, line: 1, reason: "empty, or not UTF-8")
        }
        let ids = tokenizer.encode(text)
        var suite = Suite(name: ProbeProblem.suiteName(of: file))
        for first in stride(from: 0, to: ids.count, by: Self.textRow) {
          let row = Array(ids[first..<min(first + Self.textRow, ids.count)])
          if row.count > 1 { suite.textRows.append(row) }
        }
        suites.append(suite)
        continue
      }
      for problem in try ProbeProblem.read(bytes, file: file) {
        let question = Question(
          prompt: try setup.prompt(problem.question, after: problem.context),
          answer: problem.answer,
          answerTokens: tokenizer.encode(problem.answer))
        if let index = suites.firstIndex(where: { $0.name == problem.suite }) {
          suites[index].questions.append(question)
        } else {
          suites.append(Suite(name: problem.suite, questions: [question]))
        }
      }
    }
  }

  /// Samples one continuation a question from the starting model and keeps its log-probability.
  mutating func computeReference(_ model: Transformer) throws {
    for s in suites.indices {
      for q in suites[s].questions.indices {
        let prompt = suites[s].questions[q].prompt
        let options = SamplingOptions(
          temperature: 1, topP: 1, seed: UInt64(q), maxNewTokens: Self.continuationLimit,
          stopIDs: stopIDs)
        let continuation = try model.generate(prompt: prompt, options: options).tokens
        suites[s].questions[q].continuation = continuation
        suites[s].questions[q].referenceLogProb = try logProb(model, prompt, continuation)
      }
    }
  }

  /// Measures every suite; nil when there are no probes.
  func measure(_ model: Transformer, step: Int) throws -> ProbeResult? {
    guard !suites.isEmpty else { return nil }
    return ProbeResult(step: step, suites: try suites.map { try measure($0, model) })
  }

  private func measure(_ suite: Suite, _ model: Transformer) throws -> SuiteResult {
    var right = 0
    var loss = 0.0
    var lossTokens = 0
    var kl = 0.0
    var klTokens = 0
    for question in suite.questions {
      let answer = try greedyAnswer(
        model, tokenizer, prompt: question.prompt, stopIDs: stopIDs, limit: Self.answerLimit,
        repetitionPenalty: repetitionPenalty)
      if let answer, grade(gold: question.answer, answer: answer).verdict == .right { right += 1 }
      loss -= try logProb(model, question.prompt, question.answerTokens)
      lossTokens += question.answerTokens.count
      kl +=
        question.referenceLogProb - (try logProb(model, question.prompt, question.continuation))
      klTokens += question.continuation.count
    }
    for row in suite.textRows {
      loss -= try logProb(model, [row[0]], Array(row.dropFirst()))
      lossTokens += row.count - 1
    }
    return SuiteResult(
      suite: suite.name, right: right, total: suite.questions.count,
      logLoss: loss / Double(max(1, lossTokens)),
      kl: suite.questions.isEmpty ? nil : kl / Double(max(1, klTokens)))
  }

  /// log p of an answer after a prompt, in nats.
  private func logProb(
    _ model: Transformer, _ prompt: [Int32], _ answer: [Int32]
  ) throws -> Double {
    guard !answer.isEmpty else { return 0 }
    let tree = TokenTree(shared: prompt + answer, scoreFrom: prompt.count)
    let logs = try model.forward([tree], keepForBackward: false)
    return logs.first.map { $0.shared.reduce(0) { $0 + Double($1) } } ?? 0
  }
}

/// The model's likeliest answer to a prompt, without the token that ended it; nil when its scores are not finite.
public func greedyAnswer(
  _ model: Transformer, _ tokenizer: Tokenizer, prompt: [Int32], stopIDs: Set<Int32>, limit: Int,
  repetitionPenalty: Float = 1
) throws -> String? {
  let generation = try model.generate(
    prompt: prompt,
    options: SamplingOptions(
      repetitionPenalty: repetitionPenalty, maxNewTokens: limit, stopIDs: stopIDs))
  guard generation.end != .nonFinite else { return nil }
  var tokens = generation.tokens
  if let last = tokens.last, stopIDs.contains(last) { tokens.removeLast() }
  return tokenizer.decode(tokens)
}
