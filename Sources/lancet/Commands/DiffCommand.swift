// `lancet diff`.

import LancetCLI
import LancetCore

func runDiff(_ options: DiffOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet diff", instead: "it is being built")
}
