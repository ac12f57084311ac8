// `lancet runs`: the runs of a session.

import LancetCLI
import LancetCore
import LancetStore
import LancetTrainer

func runRuns(_ options: RunsOptions, _ io: CommandIO) throws -> ExitCode {
  var shelf = RunShelf(try io.runsFolder(of: options.session))
  let runs = shelf.look()
  if options.json {
    for run in runs { try io.write(run.json) }
    return .done
  }
  if runs.isEmpty { io.note("no runs yet: start one on the Train screen or with lancet train") }
  for run in runs {
    let settings = run.settings
    let step = run.state.map { "\($0.step)/\($0.steps)" } ?? "–"
    try io.write(
      "\(run.number)  \(settings?.objective.rawValue ?? "?")  \(run.condition.rawValue)  \(step)  "
        + "β \(settings.map { short($0.beta) } ?? "?")  "
        + "lr \(settings.map { "\($0.learningRate)" } ?? "?")  \(visible(run.path))\n")
  }
  return .done
}

extension CommandIO {
  /// The folder with a session's runs.
  ///
  /// The session must be there.
  func runsFolder(of session: String) throws -> String {
    let file = try SessionFile.open(self.session(session), mode: .read)
    defer { file.close() }
    return file.path.runs
  }
}
