// `lancet doctor`.

import LancetCLI
import LancetCore

func runDoctor(_ options: DoctorOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet doctor", instead: "it is being built")
}
