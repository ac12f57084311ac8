// `lancet rectify`.

import LancetCLI
import LancetCore

func runRectify(_ options: RectifyOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet rectify", instead: "it is being built")
}
