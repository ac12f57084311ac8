// Arguments become a command, the command is run, its outcome becomes an exit status. Every error sentence of a command
// is printed here and nowhere else, and here alone it is decided what a closed or full output means.

import LancetCLI
import LancetCore

/// Runs a command line and says how it ended.
func runLancet(_ arguments: [String], _ io: CommandIO) -> ExitCode {
  do {
    let status = try run(try Command(arguments: arguments), io)
    try io.finish()
    return status
  } catch OutputFailure.closed {
    // Whoever read has seen enough.
    return OutputFailure.closed.exitCode
  } catch let error as any LancetError {
    io.error(error)
    return error.exitCode
  } catch {
    io.error(UnexpectedError(error: error))
    return .bug
  }
}

/// An error that no module made a sentence for.
private struct UnexpectedError: LancetError {
  var error: any Error
  var what: String { "unexpected failure" }
  var place: String { "\(error)" }
  var advice: String { "please report it" }
  var exitCode: ExitCode { .bug }
}

private func run(_ command: Command, _ io: CommandIO) throws -> ExitCode {
  switch command {
  case .open(let options): return try runOpen(options, io)
  case .new(let options): return try runNew(options, io)
  case .sessions(let options): return try runSessions(options, io)
  case .restore(let options): return try runRestore(options, io)
  case .importing(let options): return try runImport(options, io)
  case .grade(let options): return try runGrade(options, io)
  case .steps(let options): return try runSteps(options, io)
  case .diff(let options): return try runDiff(options, io)
  case .rectify(let options): return try runRectify(options, io)
  case .show(let options): return try runShow(options, io)
  case .decide(let options): return try runDecide(options, io)
  case .export(let options): return try runExport(options, io)
  case .tokenize(let options): return try runTokenize(options, io)
  case .logprobs(let options): return try runLogprobs(options, io)
  case .train(let options): return try runTrain(options, io)
  case .generate(let options): return try runGenerate(options, io)
  case .eval(let options): return try runEval(options, io)
  case .runs(let options): return try runRuns(options, io)
  case .plot(let options): return try runPlot(options, io)
  case .doctor(let options): return try runDoctor(options, io)
  case .help(let topic):
    try io.write(helpText(for: topic))
    return .done
  case .version:
    try io.write("lancet \(lancetVersion)\n")
    return .done
  }
}
