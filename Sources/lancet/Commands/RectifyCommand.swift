// `lancet rectify`: an Oracle is asked about every wrong trace that has no proposal.

import LancetCLI
import LancetCore
import LancetOracle
import LancetStore

func runRectify(_ options: RectifyOptions, _ io: CommandIO) throws -> ExitCode {
  let oracle = try io.oracle(options)
  let session = try SessionFile.open(io.session(options.session), mode: .write)
  defer { session.close() }
  io.host.watchInterruption()
  try session.backup(.beforeBulk)
  let counts = try session.rectify(
    asking: oracle, target: options.target,
    progress: { done, all in
      io.progress("asking", done: done, of: all)
      return !io.host.isInterrupted()
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
        + "them right by the known answer; \(counts.unchanged) could not be improved; "
        + "\(counts.skipped) needed no asking")
  }
  guard !io.host.isInterrupted() else {
    io.note("stopped; the same command continues from here")
    return .interrupted
  }
  return .done
}
