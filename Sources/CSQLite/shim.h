// SQLite for Swift: the header, and wrappers for what Swift cannot import (macros with casts, variadics, structs
// that Glibc's module leaves out).
#pragma once
#include <sqlite3.h>

/// SQLITE_TRANSIENT: tells sqlite3_bind_* to copy its argument.
static inline sqlite3_destructor_type lancet_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/// sqlite3_db_config is variadic; this is its form for the on/off options.
static inline int lancet_sqlite_db_config_flag(sqlite3 *db, int option, int value) {
  int now = 0;
  return sqlite3_db_config(db, option, value, &now);
}
