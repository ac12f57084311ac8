// Starts the program again as a run of its own: its own session and process group, no terminal, no descriptors of the
// workbench. It lives on when the workbench ends, hangs up or crashes.

import Glibc
import LancetApp
import LancetCore
import LancetSystem
import LancetTrainer

/// A process that was started.
struct StartedProcess: Sendable {
  /// Its number.
  let process: pid_t

  /// Whether it has ended; a process is only asked about by the thread that started it.
  func hasEnded() -> Bool {
    var status: Int32 = 0
    let result = waitpid(process, &status, WNOHANG)
    return result == process || (result < 0 && errno == ECHILD)
  }
}

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
    -> StartedProcess
  {
    // Opened here and not by the child: what is no file would be waited for there.
    let logFile: AppendingFile?
    do throws(FileFailure) { logFile = log == "/dev/null" ? nil : try AppendingFile(log) } catch {
      throw StartProblem(sentence: "no log for its words: \(error.sentence)")
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    if let logFile {
      logFile.withDescriptor { _ = posix_spawn_file_actions_adddup2(&actions, $0, STDERR_FILENO) }
    } else {
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
    defer { withExtendedLifetime(logFile) {} }
    keepDescriptorsHere()
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The worker's thread blocks all signals and the workbench ignores some; the run begins with the usual ones.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = newSession | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var words: [UnsafeMutablePointer<CChar>?] = (["lancet"] + arguments).map { strdup($0) }
    words.append(nil)
    var environment = childEnvironment().map { strdup($0) }
    environment.append(nil)
    defer {
      for word in words + environment { free(word) }
    }
    var process: pid_t = 0
    let result = posix_spawn(&process, "/proc/self/exe", &actions, &attributes, words, environment)
    guard result == 0 else {
      throw StartProblem(
        sentence: "the system starts no process: \(String(cString: strerror(result)))")
    }
    return StartedProcess(process: process)
  }

  /// POSIX_SPAWN_SETSID of <spawn.h>; the header hides it from importers without _GNU_SOURCE.
  private static let newSession: Int32 = 0x80

  /// No descriptor above the three standard ones goes to the child.
  ///
  /// Lancet's own are close-on-exec from the start; this
  /// holds for those of libraries too.
  private static func keepDescriptorsHere() {
    for descriptor in (STDERR_FILENO + 1)..<1024 {
      let flags = fcntl(descriptor, F_GETFD)
      if flags >= 0, flags & FD_CLOEXEC == 0 {
        _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC)
      }
    }
  }

  /// The environment of the workbench, with the wish to stand back so that keys stay quick.
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
