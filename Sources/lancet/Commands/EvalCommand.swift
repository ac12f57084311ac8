// `lancet eval`: greedy accuracy on problems with known answers.

import LancetCLI
import LancetCore
import LancetModel
import LancetTrainer

func runEval(_ options: EvalOptions, _ io: CommandIO) throws -> ExitCode {
  let problems = try ProbeProblem.read(
    try io.readInput(options.suite), file: options.suite,
    onIgnored: { noteIgnored($0, of: options.suite, io) })
  let model = try LoadedModel(options.model, threads: options.threads, template: options.template)
  if let note = model.setup.note { io.note(note) }
  let defaults = model.setup.generation
  for note in model.source.notes { io.note(note) }
  let asked = problems.flatMap { $0.context.conversation($0.question).map(\.content) }
  if let note = model.setup.tokenizer.lossNote(for: asked.joined(separator: "\n")) { io.note(note) }
  for note in [defaults.ignoredNote, defaults.greedyNote] { if let note { io.note(note) } }
  var order: [String] = []
  var counts: [String: SuiteCount] = [:]
  for (index, problem) in problems.enumerated() {
    io.progress("problems", done: index, of: problems.count)
    let answer = try greedyAnswer(
      model.transformer, model.setup.tokenizer,
      prompt: try model.setup.prompt(problem.question, after: problem.context),
      stopIDs: model.setup.stopIDs, limit: options.maxTokens,
      repetitionPenalty: Float(defaults.repetitionPenalty ?? 1))
    guard let answer else { throw NonFiniteOutput.answer(to: "problem \(index + 1)") }
    if counts[problem.suite] == nil { order.append(problem.suite) }
    counts[problem.suite, default: SuiteCount()]
      .add(grade(gold: problem.answer, answer: answer).verdict)
  }
  if options.json {
    let suites = order.map { name in
      JSON.Member(
        name,
        .object([
          .init("right", .int(counts[name]?.right ?? 0)),
          .init("total", .int(counts[name]?.total ?? 0)),
          .init("wrong", .int(counts[name]?.wrong ?? 0)),
          .init("ungradable", .int(counts[name]?.ungradable ?? 0)),
        ]))
    }
    try io.write(.object([.init("suites", .object(suites))]))
  } else {
    for name in order {
      let count = counts[name] ?? SuiteCount()
      let share = Int((100 * Double(count.right) / Double(max(1, count.total))).rounded())
      try io.write(
        "\(visible(name))  \(count.right)/\(count.total)  \(share) %  "
          + "\(count.wrong) wrong, \(count.ungradable) ungradable\n")
    }
  }
  return .done
}

/// How the answers to a suite's problems were graded.
private struct SuiteCount {
  var right = 0
  var wrong = 0
  var ungradable = 0
  var total: Int { right + wrong + ungradable }

  mutating func add(_ verdict: Verdict) {
    switch verdict {
    case .right: right += 1
    case .wrong: wrong += 1
    case .ungradable: ungradable += 1
    }
  }
}
