// Database files as files: making an empty one, giving it its name, removing it with its journals.

import Glibc

/// This process's number, for names of temporary files.
func processNumber() -> Int { Int(getpid()) }

/// Makes an empty file that only its owner may read; SQLite gives its journals the same permissions.
func makeEmptyFile(_ path: String) -> Bool {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard descriptor >= 0 else { return false }
  return close(descriptor) == 0
}

/// Gives a finished file its name unless the name is taken.
func giveName(_ part: String, _ target: String) -> Bool {
  if link(part, target) == 0 {
    unlink(part)
    return true
  }
  // File systems without hard links.
  guard errno == EPERM || errno == ENOTSUP || errno == ENOSYS, !FileFacts.exists(target) else {
    return false
  }
  return rename(part, target) == 0
}

/// Removes a database and its journals.
func removeDatabase(_ path: String) {
  for ending in ["", "-journal", "-wal", "-shm"] { unlink(path + ending) }
}
