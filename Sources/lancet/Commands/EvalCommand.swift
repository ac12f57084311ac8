// `lancet eval`.

import LancetCLI
import LancetCore

func runEval(_ options: EvalOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet eval", instead: "it is being built")
}
