// `lancet steps`.

import LancetCLI
import LancetCore

func runSteps(_ options: StepsOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet steps", instead: "it is being built")
}
