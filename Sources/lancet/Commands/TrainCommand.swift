// `lancet train`.

import LancetCLI
import LancetCore

func runTrain(_ options: TrainOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet train", instead: "it is being built")
}
