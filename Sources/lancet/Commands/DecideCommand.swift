// `lancet decide`.

import LancetCLI
import LancetCore

func runDecide(_ options: DecideOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet decide", instead: "it is being built")
}
