// What a run tells those who watch it: sentences in its log and to whoever holds it, its stage in the state file.

import Glibc
import LancetCore
import LancetSystem

/// What a run tells whoever watches it from inside the process.
public enum RunEvent: Sendable {
  /// A sentence for a person.
  case said(String)
  /// The pre-flight's figures.
  case preflight(Preflight)
  case updated(UpdateMetrics)
  case probed(ProbeResult)
}

/// The voice of one run.
struct RunReporter {
  let folder: RunFolder
  let log: RunLog
  /// The run's updates.
  let total: Int
  let observe: (RunEvent) -> Void

  /// A sentence for a person, here and in the log.
  func say(_ sentence: String) {
    log.append(sentence)
    observe(.said(sentence))
  }

  /// The state file is for watchers, so a full disk must not end a run because of it; the next update writes it again.
  func writeState(_ stage: RunStage, step: Int, _ message: String = "") {
    let state = RunState(
      stage: stage, step: step, steps: total, process: Int(getpid()), message: message,
      peakMemory: Files.peakMemory())
    do throws(FileFailure) {
      try Files.replace(folder.stateFile, with: state.json.serializedBytes(), durable: false)
    } catch {
      observe(.said("the state file was not written: \(error.sentence)"))
    }
  }
}
