// Database files as files: making an empty one, removing one that was not finished, journals that are none.

import LancetSystem

/// Makes an empty file that only its owner may read; SQLite gives its journals the same permissions.
func makeEmptyFile(_ path: String) throws(FileFailure) {
  let file = try NewFile(path)
  try file.finish()
}

/// Removes a database under an aside name, with its journals.
func removeUnfinishedDatabase(_ path: String) {
  for ending in [""] + journalEndings { Files.removeOwnFile(path + ending) }
}

/// Removes what processes that are no more left beside a session: of its file, and of the note of its lock.
func removeLeftovers(beside session: SessionPath) {
  let folder = Files.folder(of: session.file)
  for path in [session.file, session.lock] {
    Files.removeLeftovers(in: folder, of: Files.name(of: path))
  }
}

/// What SQLite keeps beside a database.
let journalEndings = ["-journal", "-wal", "-shm"]

/// Refuses what SQLite would open beside a database without looking: a pipe would be waited for, a link followed.
func refuseStrangeJournals(of path: String) throws(StoreError) {
  for ending in journalEndings {
    guard let there = FileFacts(ofName: path + ending), there.kind != .regular else { continue }
    throw .strangeJournal(path: path + ending, found: there.kind.words)
  }
}
