// The program: the process is prepared, its arguments are run, the outcome becomes its exit status.

import Glibc
import LancetCore

@main
struct Lancet {
  static func main() {
    prepareProcess()
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(runLancet(arguments, CommandIO(.process)).rawValue)
  }

  /// What must hold before any file is opened: standard descriptors exist (or the session file could land on one of
  /// them), a closed pipe is an error and not a death, and new files are private.
  private static func prepareProcess() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
    }
    signal(SIGPIPE, SIG_IGN)
    // A file that may not grow any more (ulimit -f) is an error of the write and not a death.
    signal(SIGXFSZ, SIG_IGN)
    dieWithoutDump()
    umask(0o077)
  }
}
