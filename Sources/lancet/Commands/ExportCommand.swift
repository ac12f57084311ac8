// `lancet export`.

import LancetCLI
import LancetCore

func runExport(_ options: ExportOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet export", instead: "it is being built")
}
