// `lancet rectify`: an Oracle is asked about every wrong trace that has no proposal.

import LancetCLI
import LancetCore
import LancetOracle
import LancetStore

func runRectify(_ options: RectifyOptions, _ io: CommandIO) throws -> ExitCode {
  guard options.oracle == ArithmeticOracle.name else {
    throw UsageError.laterVersion(
      "--oracle \(options.oracle)", instead: "use --oracle arithmetic, or import proposals")
  }
  let session = try SessionFile.open(io.session(options.session), mode: .write)
  defer { session.close() }
  io.host.watchInterruption()
  try session.backup(.beforeBulk)
  let oracle = ArithmeticOracle()
  let counts = try session.rectify(
    oracle: ArithmeticOracle.name, target: options.target,
    progress: { done, all in
      io.progress("asking", done: done, of: all)
      return !io.host.isInterrupted()
    },
    ask: { problem, trace in
      oracle.propose(problem: problem, trace: trace).map {
        OracleAnswer(text: $0.text, note: $0.note, reachedAnswer: $0.reachedAnswer)
      }
    })
  if options.json {
    try io.write(
      .object([
        .init("asked", .int(counts.asked)), .init("proposed", .int(counts.proposed)),
        .init("reached", .int(counts.reached)), .init("unchanged", .int(counts.unchanged)),
        .init("skipped", .int(counts.skipped)),
      ]))
  } else {
    io.note(
      "\(counted(counts.asked, "wrong trace")) asked about: "
        + "\(counted(counts.proposed, "proposal")), \(counts.reached) of "
        + "them right by the reference answer; \(counts.unchanged) could not be improved; "
        + "\(counts.skipped) needed no asking")
  }
  guard !io.host.isInterrupted() else {
    io.note("stopped; the same command goes on from here")
    return .interrupted
  }
  return .done
}
