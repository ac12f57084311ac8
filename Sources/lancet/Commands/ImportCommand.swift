// `lancet import`.

import LancetCLI
import LancetCore

func runImport(_ options: ImportOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet import", instead: "it is being built")
}
