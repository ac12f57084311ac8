// `lancet generate`.

import LancetCLI
import LancetCore

func runGenerate(_ options: GenerateOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet generate", instead: "it is being built")
}
