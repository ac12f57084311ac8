// `lancet logprobs`.

import LancetCLI
import LancetCore

func runLogprobs(_ options: LogprobsOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet logprobs", instead: "it is being built")
}
