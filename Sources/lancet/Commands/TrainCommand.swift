// `lancet train`: one run, headless. The workbench starts the same command.

import Glibc
import LancetCLI
import LancetCore
import LancetStore
import LancetTrainer

func runTrain(_ options: TrainOptions, _ io: CommandIO) throws -> ExitCode {
  if let text = io.host.variable("LANCET_NICE"), let nice = Int32(text) {
    // The workbench asks its child to stand back, so that keys stay quick.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, nice)
  }
  io.host.watchInterruption()
  let folder = RunFolder(options.out)
  try folder.claim(resume: options.resume, inputs: inputs(of: options))
  let run = try TrainingRun(
    settings: RunSettings(options), pairs: try trainingPairs(options, folder, io),
    modelPath: options.model, folder: folder, resume: options.resume, force: options.force,
    // A reader that has gone ends the run as a signal does: with a checkpoint.
    shouldStop: { io.host.isInterrupted() || io.outputFailure != nil },
    observe: { event in report(event, json: options.json, io) })
  let summary = try run.run()
  if options.json {
    try io.write(summary.json)
  } else {
    try io.write(text(of: summary))
  }
  return summary.end == .interrupted ? .interrupted : .done
}

/// Everything a run reads, which its folder must stay clear of.
private func inputs(of options: TrainOptions) -> [RunInput] {
  var inputs = [RunInput("the model", path: options.model)]
  inputs += options.probes.map { RunInput("a probe file", path: $0) }
  switch options.pairs {
  case .file(let path):
    if path != "-" { inputs.append(RunInput("the pairs", path: path)) }
  case .session(let name):
    let session = SessionPath(name)
    inputs += [
      RunInput("the session", path: session.file),
      RunInput("the folder of the session's backups", path: session.backups),
    ]
  }
  return inputs
}

/// The pairs of a run: frozen in the folder when it is resumed, else from the session or the file.
private func trainingPairs(
  _ options: TrainOptions, _ folder: RunFolder, _ io: CommandIO
) throws -> [TrainingPair] {
  switch options.pairs {
  case .file(let path): return try trainingPairs(file: path, io)
  case .session(let name):
    // A resumed run goes on with its frozen pairs; the session may have moved on.
    if options.resume { return try folder.readPairs() }
    let session = try SessionFile.open(io.session(name), mode: .read)
    defer { session.close() }
    if options.objective == .rft { return try rightTraces(session) }
    return try session.pairs().map { TrainingPair($0) }
  }
}

/// For `rft`: the model's own right samples, each against a wrong sample of the same problem where there is one.
private func rightTraces(_ session: SessionFile) throws -> [TrainingPair] {
  var right: [(problem: Problem, trace: Trace)] = []
  var wrong: [ProblemID: Trace] = [:]
  for summary in try session.summaries() {
    let (input, _) = try session.review(of: summary.id)
    switch summary.gradeBefore {
    case .right: right.append((input.problem, input.trace))
    case .wrong: wrong[input.problem.id] = wrong[input.problem.id] ?? input.trace
    case .ungradable: break
    }
  }
  return right.compactMap { problem, trace in
    wrong[problem.id].map {
      TrainingPair(
        id: Int(trace.id.rawValue), context: problem.context, question: problem.question,
        chosen: trace.text,
        rejected: $0.text)
    }
  }
}

/// Reads a file of pairs: the rows that `lancet import` reads.
func trainingPairs(file path: String, _ io: CommandIO) throws -> [TrainingPair] {
  try TrainingPair.read(try io.readInput(path), file: path)
}

private func report(_ event: RunEvent, json: Bool, _ io: CommandIO) {
  switch event {
  case .said(let sentence): io.note(sentence)
  case .preflight: break
  case .updated(let update):
    if json {
      // What cannot be written is kept in `outputFailure`, which stops the run.
      try? io.write(update.json)
      try? io.flush()
    } else {
      io.note(
        "update \(update.step)  loss \(short(update.loss))  r⁺ \(short(update.rewardChosen))  "
          + "r⁻ \(short(update.rewardRejected))  norm \(short(update.gradientNorm))  "
          + "lr \(update.learningRate)  \(short(update.pairsPerSecond)) pairs/s")
    }
  case .probed(let result):
    for suite in result.suites {
      let divergence = suite.divergence.map { "  KL \(short($0))" } ?? ""
      io.note(
        "probe \(suite.suite)  \(suite.right)/\(suite.total)  log-loss \(short(suite.logLoss))"
          + divergence)
    }
  }
}

private func text(of summary: RunSummary) -> String {
  var lines = ["\(summary.end.rawValue) after \(summary.steps) updates"]
  lines.append(
    "\(short(summary.pairsPerSecond)) pairs/s, \(short(summary.tokensPerSecond)) tokens/s, "
      + "\(summary.peakMemory >> 20) MB at most")
  if let model = summary.model { lines.append("model in \(model)") }
  return lines.joined(separator: "\n") + "\n"
}

/// A number with four significant digits.
func short(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  guard value != 0 else { return "0" }
  let magnitude = Int(log10(abs(value)).rounded(.down))
  if magnitude < -4 || magnitude > 6 { return "\(value)" }
  let scale = pow(10.0, Double(3 - magnitude))
  let rounded = (value * scale).rounded() / scale
  return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
}

extension RunSettings {
  /// The settings of a command line.
  init(_ options: TrainOptions) {
    self.init()
    // The two lists of names are one list in two modules that do not know each other; a test holds them together.
    objective = Objective(rawValue: options.objective.rawValue) ?? objective
    schedule = Schedule.Shape(rawValue: options.schedule.rawValue) ?? schedule
    order = PairOrderPlan.Order(rawValue: options.order.rawValue) ?? order
    endOfTurn = EndOfTurnRule(rawValue: options.endOfTurn.rawValue) ?? endOfTurn
    beta = options.beta
    learningRate = options.learningRate
    epochs = options.epochs ?? epochs
    updates = options.steps
    batch = options.batch
    accumulate = options.accumulate
    warmup = options.warmup
    weightDecay = options.weightDecay
    clip = options.clip
    seed = options.seed
    threads = options.threads ?? processorCount()
    switch options.delta {
    case .mean: shift = .mean
    case .ema(let decay): shift = .ema(decay)
    case .zero: shift = .zero
    }
    maxLength = options.maxLength
    recompute = options.recompute
    probeFiles = options.probes
    probeEvery = options.probeEvery
    checkpointEvery = options.checkpointEvery
  }
}

/// The processors this process may use.
func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
