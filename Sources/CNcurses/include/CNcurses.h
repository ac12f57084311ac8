// ncursesw for Swift: the header, wrappers for what Swift cannot import (macros, variadics, globals), and the handlers that
// give the terminal back. The handlers touch nothing but memory that exists from the start, which only C promises.
#pragma once
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// --- Wrappers (Wrappers.c) ---

/// Writes one cell: up to five scalars, ncurses attributes, and a colour pair.
void lancet_put(int row, int column, const wchar_t *text, attr_t attributes, int pair);
/// Starts ncurses on standard output and input for a terminal type; -1 when it refuses.
int lancet_start(const char *type);
/// A pipe that no child inherits and that never blocks; -1 when there is none left.
int lancet_pipe(int *ends);
attr_t lancet_bold(void);
attr_t lancet_underline(void);
attr_t lancet_reverse(void);
attr_t lancet_italic(void);
attr_t lancet_dim(void);
/// How many colours the terminal type has.
int lancet_colors(void);
/// How many columns libc, and so ncurses, gives a character.
int lancet_width(wchar_t character);
/// Forgets what is on the screen: the next refresh sends all of it.
void lancet_clear_all(void);
void lancet_move(int row, int column);
void lancet_refresh(void);
void lancet_keypad(void);
/// Whether the locale's codeset is UTF-8.
int lancet_is_utf8(void);
/// A string capability of the current terminal type, NULL when it has none.
const char *lancet_capability(const char *name);
/// The size of the window of a terminal; -1 when it is none.
int lancet_window(int fd, int *height, int *width);

// --- What gives the terminal back, whatever happens (Guard.c) ---

/// Saves the modes of the terminal on standard input; -1 when it is none.
int lancet_save_modes(void);
/// Says what text gives the terminal back; at most 1,024 bytes.
void lancet_set_restore(const char *text, size_t length);
/// From here on a death gives the terminal back (1), or not (0).
void lancet_arm(int on);
/// Writes the restore text and the saved modes, once until armed again. Async-signal-safe.
void lancet_restore_terminal(void);
/// Takes the terminal back from a child whatever it did: the foreground, the saved modes, the restore text.
void lancet_take_back(void);
/// Gives this thread a stack for signal handlers, so that a stack overflow is handled too; -1 when there is no memory.
int lancet_alternate_stack(void);
/// Installs handlers for `exit` and for every signal that ends, stops or resizes; polite ones arrive as bytes on `wake`.
void lancet_install_handlers(int wake);
/// Stops this process group as Ctrl-Z does elsewhere; returns when it goes on.
void lancet_stop(void);
/// While a child owns the terminal its keys must not end or wake us.
void lancet_child_owns_terminal(int yes);
/// Gives the terminal back and dies by a signal.
void lancet_die_by(int number);
