// `lancet tokenize`.

import LancetCLI
import LancetCore

func runTokenize(_ options: TokenizeOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet tokenize", instead: "it is being built")
}
