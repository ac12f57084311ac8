// `lancet open`.

import LancetCLI
import LancetCore

func runOpen(_ options: OpenOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet open", instead: "it is being built")
}
