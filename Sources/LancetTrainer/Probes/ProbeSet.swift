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
  /// The suite's name: `in-domain`, `OOD`, `instruction`, or any other.
  public var suite: String

  /// Values given one by one.
  public init(question: String, answer: String, suite: String) {
    self.question = question
    self.answer = answer
    self.suite = suite
  }

  /// Reads a file of rows `{"question", "answer", "suite"}`; a row without a suite belongs to the suite of the file's name.
  public static func read(_ bytes: [UInt8], file: String) throws(TrainerError) -> [ProbeProblem] {
    var problems: [ProbeProblem] = []
    let fallback = suiteName(of: file)
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    for (index, raw) in lines.enumerated() {
      let line = raw.last == 13 ? raw.dropLast() : raw
      if line.allSatisfy({ $0 == 32 || $0 == 9 }) { continue }
      let row: JSON
      do throws(JSONError) {
        row = try JSON.parse(line)
      } catch {
        throw .badProbe(file: file, line: index + 1, reason: error.what)
      }
      guard let question = row["question"]?.string, let answer = row["answer"]?.string,
        !question.isEmpty, !answer.isEmpty
      else {
        throw .badProbe(
          file: file, line: index + 1, reason: "\"question\" and \"answer\" must be text")
      }
      problems.append(
        ProbeProblem(question: question, answer: answer, suite: row["suite"]?.string ?? fallback))
    }
    guard !problems.isEmpty else { throw .badProbe(file: file, line: 1, reason: "no problems") }
    return problems
  }

  static func suiteName(of file: String) -> String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}

/// What one suite showed at one moment.
public struct SuiteResult: Sendable, Hashable {
  /// The suite's name.
  public var suite: String
  /// Problems answered rightly, and all; zero of zero for a plain text.
  public var right: Int
  /// All problems of the suite.
  public var total: Int
  /// −log p per token of the known answers, or of the text, in nats.
  public var logLoss: Double
  /// KL(π_ref ‖ π_θ) per token in nats, estimated on continuations sampled from the reference; nil for a plain text.
  public var divergence: Double?
}

/// What all probes showed after one update.
public struct ProbeResult: Sendable, Hashable {
  /// Updates taken, this one included.
  public var step: Int
  /// One result a suite.
  public var suites: [SuiteResult]

  /// The line in `metrics.jsonl`.
  public var json: JSON {
    let body = suites.map { suite in
      JSON.Member(
        suite.suite,
        .object([
          .init("right", .int(suite.right)), .init("total", .int(suite.total)),
          .init(
            "accuracy",
            suite.total > 0 ? .double(Double(suite.right) / Double(suite.total)) : .null),
          .init("log_loss", .double(suite.logLoss)),
          .init("kl", suite.divergence.map(JSON.double) ?? .null),
        ]))
    }
    return .object([.init("step", .int(step)), .init("probe", .object(body))])
  }
}

/// The probes of a run, as tokens.
struct ProbeSet {
  /// The most tokens of an answer, and of a continuation the divergence is measured on.
  static let answerLimit = 256
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

  /// Reads probe files: JSON Lines when the first character is `{`, else plain text.
  init(files: [String], setup: PairSetup) throws {
    tokenizer = setup.tokenizer
    stopIDs = setup.stopIDs
    repetitionPenalty = Float(setup.generation.repetitionPenalty ?? 1)
    for file in files {
      let bytes = try withFiles { () throws(FileFailure) in
        try Files.read(file, limit: 64 << 20)
      }
      guard bytes.first(where: { $0 > 32 }) == UInt8(ascii: "{") else {
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
          prompt: try setup.prompt(problem.question), answer: problem.answer,
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
    var divergence = 0.0
    var divergenceTokens = 0
    for question in suite.questions {
      let answer = try greedyAnswer(
        model, tokenizer, prompt: question.prompt, stopIDs: stopIDs, limit: Self.answerLimit,
        repetitionPenalty: repetitionPenalty)
      if grade(gold: question.answer, answer: answer).verdict == .right { right += 1 }
      loss -= try logProb(model, question.prompt, question.answerTokens)
      lossTokens += question.answerTokens.count
      divergence +=
        question.referenceLogProb - (try logProb(model, question.prompt, question.continuation))
      divergenceTokens += question.continuation.count
    }
    for row in suite.textRows {
      loss -= try logProb(model, [row[0]], Array(row.dropFirst()))
      lossTokens += row.count - 1
    }
    return SuiteResult(
      suite: suite.name, right: right, total: suite.questions.count,
      logLoss: loss / Double(max(1, lossTokens)),
      divergence: suite.questions.isEmpty ? nil : divergence / Double(max(1, divergenceTokens)))
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

/// The model's likeliest answer to a prompt, without the token that ended it.
public func greedyAnswer(
  _ model: Transformer, _ tokenizer: Tokenizer, prompt: [Int32], stopIDs: Set<Int32>, limit: Int,
  repetitionPenalty: Float = 1
) throws -> String {
  var tokens = try model.generate(
    prompt: prompt,
    options: SamplingOptions(
      repetitionPenalty: repetitionPenalty, maxNewTokens: limit, stopIDs: stopIDs)
  ).tokens
  if let last = tokens.last, stopIDs.contains(last) { tokens.removeLast() }
  return tokenizer.decode(tokens)
}
