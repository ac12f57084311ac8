// `lancet grade`.

import LancetCLI
import LancetCore

func runGrade(_ options: GradeOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet grade", instead: "it is being built")
}
