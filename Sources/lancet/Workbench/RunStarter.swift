// Starts the program again as a run of its own: its own session and process group, no terminal, no descriptors of the
// workbench. It lives on when the workbench ends, hangs up or crashes.

import Glibc
import LancetApp
import LancetCore
import LancetSystem
import LancetTrainer

/// Why a process was not started.
struct StartProblem: Error {
  /// The setting it is about.
  var field: RunFieldID?
  /// The sentence for a person.
  var sentence: String
}

/// Starts runs.
enum RunStarter {
  /// Starts this program with these arguments in a session of its own.
  ///
  /// Standard input is empty, standard output is thrown away unless `output` names a descriptor, standard error is
  /// appended to `log`.
  static func start(_ arguments: [String], log: String, output: Int32? = nil) throws(StartProblem)
    -> ChildProcess
  {
    // Opened here and not by the child: what is no file would be waited for there.
    let logFile: AppendingFile?
    do throws(FileFailure) { logFile = log == "/dev/null" ? nil : try AppendingFile(log) } catch {
      throw StartProblem(sentence: "no log for its words: \(error.sentence)")
    }
    defer { withExtendedLifetime(logFile) {} }
    do throws(StartFailure) {
      return try ChildProcess.start(
        "/proc/self/exe", ["lancet"] + arguments, environment: childEnvironment(), apart: true,
        input: .nothing, output: output.map { .descriptor($0) } ?? .nothing,
        errors: logFile?.withDescriptor { .descriptor($0) } ?? .nothing)
    } catch {
      throw StartProblem(sentence: "the system starts no process: \(error.reason)")
    }
  }

  /// The environment of the workbench, with the request for a lower priority, so that keys stay quick.
  private static func childEnvironment() -> [String] {
    var lines: [String] = []
    var entry = environ
    while let text = entry.pointee {
      let line = String(cString: text)
      if !line.hasPrefix("LANCET_NICE=") { lines.append(line) }
      entry += 1
    }
    return lines + ["LANCET_NICE=10"]
  }

  /// The arguments of a new run.
  static func arguments(_ settings: RunSettings, session: String, folder: String) -> [String] {
    ["train", session, "--out", folder] + settings.arguments + ["--json"]
  }

  /// The arguments that resume a run: its folder knows the rest.
  static func resuming(folder: String, force: Bool) -> [String] {
    ["train", "--out", folder, "--resume", "--json"] + (force ? ["--force"] : [])
  }

  /// A path as it is from anywhere: `~` is the home, and it begins at the root.
  static func absolute(_ path: String) -> String {
    var path = path
    if path == "~" || path.hasPrefix("~/"), let home = environment("HOME") {
      path = home + path.dropFirst()
    }
    return Files.resolved(path) ?? path
  }
}
