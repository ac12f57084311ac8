// What a result is never written over, whatever name was given for it: a session, what lies around it, what it was made
// from, a run. The result of a command goes over other files, as a person expects of `>`.

import LancetStore
import LancetSystem

/// Refuses a result's path before the first byte.
///
/// - Parameters:
///   - path: where the result is to go.
///   - session: the session it is made from.
///   - inputs: files it is made from.
func checkOutput(_ path: String, session: SessionPath, inputs: [String]) throws {
  func refuse(_ reason: String) -> OutputRefused { OutputRefused(place: path, reason: reason) }
  for ending in ["", "-wal", "-shm", "-journal", "-lock"]
  where Files.relation(of: path, to: session.file + ending) != nil {
    throw refuse("it is the session")
  }
  for (folder, what) in [(session.backups, "backups"), (session.runs, "runs")]
  where Files.relation(of: path, to: folder) != nil {
    throw refuse("it lies among the session's \(what)")
  }
  for input in inputs where Files.relation(of: path, to: input) != nil {
    throw refuse("the session was made from it")
  }
  if SessionPath.isSession(path) { throw refuse("it is a session") }
  let folder = Files.folder(of: Files.place(of: path))
  if FileFacts.exists(folder + "/run.json") { throw refuse("it lies in the folder of a run") }
  if FileFacts.exists(folder + "/config.json"), FileFacts.exists(path) {
    throw refuse("it lies in the folder of a model")
  }
}
