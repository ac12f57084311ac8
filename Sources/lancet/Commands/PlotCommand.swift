// `lancet plot`.

import LancetCLI
import LancetCore

func runPlot(_ options: PlotOptions, _ io: CommandIO) throws -> ExitCode {
  throw UsageError.laterVersion("lancet plot", instead: "it is being built")
}
