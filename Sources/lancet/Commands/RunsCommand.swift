// `lancet runs`.

import LancetCLI
import LancetCore

func runRuns(_ options: RunsOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet runs", instead: "it is being built")
}
