// `lancet eval`: greedy accuracy on problems with known answers.

import LancetCLI
import LancetCore
import LancetModel
import LancetTrainer

func runEval(_ options: EvalOptions, _ io: CommandIO) throws -> ExitCode {
  let problems = try ProbeProblem.read(try io.readInput(options.suite), file: options.suite)
  let model = try LoadedModel(options.model, threads: options.threads)
  let defaults = model.setup.generation
  for note in model.source.notes { io.note(note) }
  for note in [defaults.ignoredNote, defaults.greedyNote] { if let note { io.note(note) } }
  var order: [String] = []
  var counts: [String: (right: Int, total: Int)] = [:]
  for (index, problem) in problems.enumerated() {
    io.progress("problems", done: index, of: problems.count)
    let answer = try greedyAnswer(
      model.transformer, model.setup.tokenizer, prompt: try model.setup.prompt(problem.question),
      stopIDs: model.setup.stopIDs, limit: options.maxTokens,
      repetitionPenalty: Float(defaults.repetitionPenalty ?? 1))
    let right = grade(gold: problem.answer, answer: answer).verdict == .right
    if counts[problem.suite] == nil { order.append(problem.suite) }
    counts[problem.suite, default: (0, 0)].total += 1
    if right { counts[problem.suite, default: (0, 0)].right += 1 }
  }
  if options.json {
    let suites = order.map { name in
      JSON.Member(
        name,
        .object([
          .init("right", .int(counts[name]?.right ?? 0)),
          .init("total", .int(counts[name]?.total ?? 0)),
        ]))
    }
    try io.write(.object([.init("suites", .object(suites))]))
  } else {
    for name in order {
      let count = counts[name] ?? (0, 0)
      let share = Int((100 * Double(count.right) / Double(max(1, count.total))).rounded())
      try io.write("\(visible(name))  \(count.right)/\(count.total)  \(share) %\n")
    }
  }
  return .done
}
