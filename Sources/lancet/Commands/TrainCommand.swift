// `lancet train`: one run, headless. The workbench starts the same command.

import Glibc
import LancetCLI
import LancetCanvas
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
  let run: TrainingRun
  do {
    run = try TrainingRun(
      try plan(options, folder, io).sharingReferences(io.host.variable),
      // A reader that has gone ends the run as a signal does: with a checkpoint.
      shouldStop: { io.host.isInterrupted() || io.outputFailure != nil },
      observe: { event in report(event, json: options.json, io) })
  } catch {
    // Whoever started this process reads the reason there.
    let sentence = (error as? any LancetError)?.sentence ?? "unexpected failure (\(error))"
    folder.noteRefusal(sentence, resuming: options.resume)
    throw error
  }
  adopt(folder, options, io)
  let summary = try run.run()
  if options.json {
    try io.write(summary.json)
  } else {
    try io.write(text(of: summary))
  }
  return summary.end == .interrupted ? .interrupted : .done
}

/// A run on a session's pairs belongs to that session, wherever its folder is.
private func adopt(_ folder: RunFolder, _ options: TrainOptions, _ io: CommandIO) {
  guard case .session(let name)? = options.pairs,
    let objective = folder.record()?.settings?.objective
  else { return }
  do {
    try RunShelf.adopt(folder, into: try io.runsFolder(of: name), objective: objective)
  } catch {
    let reason = (error as? any LancetError)?.sentence ?? "\(error)"
    io.note("the run is not listed in the session: \(reason)")
  }
}

/// What is asked for: a resumed run keeps its own settings and pairs, a new one takes both from the command line.
private func plan(_ options: TrainOptions, _ folder: RunFolder, _ io: CommandIO) throws -> RunPlan {
  if options.resume {
    try folder.claim(resume: true, inputs: [])
    // The session may have moved on; pairs of a file that was named are compared with the frozen ones.
    var pairs: [TrainingPair]?
    if case .file(let path)? = options.pairs { pairs = try trainingPairs(file: path, io) }
    let plan = try RunPlan(
      resuming: folder, changes: options.given, pairs: pairs, force: options.force)
    try folder.claim(resume: true, inputs: inputs(plan.settings, options.pairs, io))
    return plan
  }
  let settings = options.settings
  try folder.claim(resume: false, inputs: inputs(settings, options.pairs, io))
  guard let source = options.pairs else {
    throw UsageError.missing(["SESSION or --pairs FILE"], command: "train")
  }
  return RunPlan(
    settings: settings, pairs: try trainingPairs(source, settings.objective, io), folder: folder)
}

/// Everything a run reads, which its folder must stay clear of.
private func inputs(_ settings: RunSettings, _ pairs: PairSource?, _ io: CommandIO) -> [RunInput] {
  var inputs = [RunInput("the model", path: settings.model)]
  inputs += settings.probes.map { RunInput("a probe file", path: $0) }
  switch pairs {
  case .file("-"), nil: break
  case .file(let path): inputs.append(RunInput("the pairs", path: path))
  case .session(let name):
    let session = io.session(name)
    inputs += [
      RunInput("the session", path: session.file),
      RunInput("the folder of the session's backups", path: session.backups),
    ]
  }
  return inputs
}

/// The pairs of a new run.
private func trainingPairs(
  _ source: PairSource, _ objective: Objective, _ io: CommandIO
) throws -> [TrainingPair] {
  switch source {
  case .file(let path): return try trainingPairs(file: path, io)
  case .session(let name):
    let session = try SessionFile.open(io.session(name), mode: .read)
    defer { session.close() }
    if objective == .rft { return try rightTraces(session) }
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
  try TrainingPair.read(
    try io.readInput(path), file: path, onIgnored: { noteIgnored($0, of: path, io) })
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
      let kl = suite.kl.map { "  KL \(short($0))" } ?? ""
      io.note(
        "probe \(suite.suite)  \(suite.right)/\(suite.total)  log-loss \(short(suite.logLoss))"
          + kl)
    }
  }
}

private func text(of summary: RunSummary) -> String {
  var lines = ["\(summary.end.rawValue) after \(counted(summary.steps, "update"))"]
  lines.append(
    "\(short(summary.pairsPerSecond)) pairs/s, \(short(summary.tokensPerSecond)) tokens/s, "
      + "\(summary.peakMemory >> 20) MB at most")
  if let model = summary.model { lines.append("model in \(model)") }
  return lines.joined(separator: "\n") + "\n"
}

/// A number with four significant digits.
func short(_ value: Double) -> String { LancetCanvas.short(value, digits: 4) }
