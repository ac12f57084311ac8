// System calls that Glibc's module leaves out: locks of an open file description, a rename that replaces nothing, the
// kind of a file system.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/// F_OFD_GETLK and F_OFD_SETLK of fcntl(2), which need _GNU_SOURCE: the lock belongs to the open file, not to the
/// process, so that closing another descriptor of the same file does not drop it.
#define LANCET_OFD_GETLK 36
#define LANCET_OFD_SETLK 37

static inline struct flock lancet_one_byte(short type, long long at) {
  struct flock lock;
  memset(&lock, 0, sizeof lock);
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = at;
  lock.l_len = 1;
  return lock;
}

/// Locks one byte of an open file for writing; 0, or -1 with EAGAIN when somebody else has it.
static inline int lancet_lock(int descriptor, long long at) {
  struct flock lock = lancet_one_byte(F_WRLCK, at);
  return fcntl(descriptor, LANCET_OFD_SETLK, &lock);
}

/// Gives the lock back.
static inline int lancet_unlock(int descriptor, long long at) {
  struct flock lock = lancet_one_byte(F_UNLCK, at);
  return fcntl(descriptor, LANCET_OFD_SETLK, &lock);
}

/// Whether somebody else has the lock: 1 or 0, -1 when the system does not tell. Nothing is taken, not for an instant.
static inline int lancet_is_locked(int descriptor, long long at) {
  struct flock lock = lancet_one_byte(F_WRLCK, at);
  if (fcntl(descriptor, LANCET_OFD_GETLK, &lock) != 0) return -1;
  return lock.l_type != F_UNLCK;
}

/// Renames unless the new name is taken (EEXIST); EINVAL or ENOSYS where the file system cannot.
static inline int lancet_rename_new(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1u /* RENAME_NOREPLACE */);
}

/// The type number of the file system a path is on (statfs(2)), 0 when unknown.
static inline unsigned int lancet_filesystem_type(const char *path) {
  struct statfs info;
  return statfs(path, &info) == 0 ? (unsigned int)info.f_type : 0;
}
