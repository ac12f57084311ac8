// `lancet sessions`.

import LancetCLI
import LancetCore

func runSessions(_ options: SessionsOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet sessions", instead: "it is being built")
}
