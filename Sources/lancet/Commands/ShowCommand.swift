// `lancet show`.

import LancetCLI
import LancetCore

func runShow(_ options: ShowOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet show", instead: "it is being built")
}
