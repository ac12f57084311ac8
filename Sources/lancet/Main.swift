// The program: arguments become a command, a command is run, its outcome becomes an exit status. Every error sentence
// of a command is printed here and nowhere else.

import Glibc
import LancetCLI
import LancetCore

@main
struct Lancet {
  static func main() {
    prepareProcess()
    let io = CommandIO()
    let status: ExitCode
    do {
      let command = try Command(arguments: Array(CommandLine.arguments.dropFirst()))
      status = try run(command, io)
    } catch let error as any LancetError {
      io.error(error)
      status = error.exitCode
    } catch {
      io.note("lancet: error: unexpected failure (\(error)): please report it")
      status = .bug
    }
    io.finish()
    exit(status.rawValue)
  }

  /// What must hold before any file is opened: standard descriptors exist (or the session file could land on one of
  /// them), a closed pipe is an error and not a death, and new files are private.
  private static func prepareProcess() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY)
    }
    signal(SIGPIPE, SIG_IGN)
    umask(0o077)
  }

  private static func run(_ command: Command, _ io: CommandIO) throws -> ExitCode {
    switch command {
    case .open(let options): return try runOpen(options, io)
    case .new(let options): return try runNew(options, io)
    case .sessions(let options): return try runSessions(options, io)
    case .restore(let options): return try runRestore(options, io)
    case .importing(let options): return try runImport(options, io)
    case .grade(let options): return try runGrade(options, io)
    case .steps(let options): return try runSteps(options, io)
    case .diff(let options): return try runDiff(options, io)
    case .rectify(let options): return try runRectify(options, io)
    case .show(let options): return try runShow(options, io)
    case .decide(let options): return try runDecide(options, io)
    case .export(let options): return try runExport(options, io)
    case .tokenize(let options): return try runTokenize(options, io)
    case .logprobs(let options): return try runLogprobs(options, io)
    case .train(let options): return try runTrain(options, io)
    case .generate(let options): return try runGenerate(options, io)
    case .eval(let options): return try runEval(options, io)
    case .runs(let options): return try runRuns(options, io)
    case .plot(let options): return try runPlot(options, io)
    case .doctor(let options): return try runDoctor(options, io)
    case .help(let topic):
      io.write(helpText(for: topic))
      return .done
    case .version:
      io.write("lancet \(lancetVersion)\n")
      return .done
    }
  }
}
