// `lancet new`.

import LancetCLI
import LancetCore

func runNew(_ options: NewOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet new", instead: "it is being built")
}
