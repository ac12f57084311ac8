// ncursesw for Swift: the header, and wrappers for what Swift cannot import (macros, variadics, globals).
// Also the signal handlers: they must touch nothing but memory that exists from the start, which only C promises.
#pragma once
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/// Writes one cell: up to five scalars, ncurses attributes, and a colour pair.
static inline void lancet_put(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  int extended = pair;
  if (setcchar(&cell, text, attributes, 0, &extended) == OK) mvadd_wch(row, column, &cell);
}
/// Starts ncurses on standard output and input for a terminal type; -1 when it refuses.
static inline int lancet_start(const char *type) { return newterm((char *)type, stdout, stdin) ? 0 : -1; }
/// A pipe that no child inherits and that never blocks.
static inline int lancet_pipe(int *ends) {
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  return 0;
}
static inline attr_t lancet_bold(void) { return A_BOLD; }
static inline attr_t lancet_underline(void) { return A_UNDERLINE; }
static inline attr_t lancet_reverse(void) { return A_REVERSE; }
static inline attr_t lancet_italic(void) { return A_ITALIC; }
static inline attr_t lancet_dim(void) { return A_DIM; }
static inline int lancet_colors(void) { return COLORS; }
extern int wcwidth(wchar_t character);
/// How many columns libc, and so ncurses, gives a character.
static inline int lancet_width(wchar_t character) { return wcwidth(character); }
static inline void lancet_clear_all(void) {
  clearok(stdscr, TRUE);
  erase();
}
static inline void lancet_move(int row, int column) { move(row, column); }
static inline void lancet_refresh(void) { refresh(); }
static inline void lancet_keypad(void) { keypad(stdscr, TRUE); }
static inline int lancet_is_utf8(void) {
  const char *codeset = nl_langinfo(CODESET);
  return codeset && (strcmp(codeset, "UTF-8") == 0 || strcmp(codeset, "utf8") == 0);
}
/// A string capability of the current terminal type, NULL when it has none.
static inline const char *lancet_capability(const char *name) {
  char *found = tigetstr((char *)name);
  return found == (char *)-1 ? 0 : found;
}
static inline int lancet_window(int fd, int *height, int *width) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  *height = size.ws_row;
  *width = size.ws_col;
  return 0;
}

// --- What gives the terminal back, whatever happens ---
// The memory exists once for each file that calls the functions below, so exactly one file does: TerminalGuard.swift.

struct lancet_memory {
  struct termios modes;
  char restore[1024];
  volatile sig_atomic_t length, armed, wake, last_call;
};
static inline struct lancet_memory *lancet_memory(void) {
  static struct lancet_memory memory = {.wake = -1};
  return &memory;
}

/// Writes the restore text and the saved modes. Async-signal-safe.
static inline void lancet_restore_terminal(void) {
  if (!lancet_memory()->armed) return;
  lancet_memory()->armed = 0;
  size_t from = 0, length = (size_t)lancet_memory()->length;
  while (from < length) {
    ssize_t wrote = write(STDOUT_FILENO, lancet_memory()->restore + from, length - from);
    if (wrote <= 0) break;
    from += (size_t)wrote;
  }
  sigset_t block, before;
  sigemptyset(&block);
  sigaddset(&block, SIGTTOU);
  sigprocmask(SIG_BLOCK, &block, &before);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &lancet_memory()->modes);
  sigprocmask(SIG_SETMASK, &before, 0);
}

/// Gives the terminal back and dies by the signal.
static inline void lancet_die_by(int number) {
  lancet_restore_terminal();
  signal(number, SIG_DFL);
  sigset_t open;
  sigemptyset(&open);
  sigaddset(&open, number);
  sigprocmask(SIG_UNBLOCK, &open, 0);
  raise(number);
}

static inline void lancet_on_fatal(int number) { lancet_die_by(number); }

/// Tells the event loop; a signal that ends the program gets two seconds for an orderly end.
static inline void lancet_on_polite(int number) {
  int before = errno;
  if (number == SIGTERM || number == SIGHUP || number == SIGINT) {
    if (!lancet_memory()->last_call) {
      lancet_memory()->last_call = number;
      alarm(2);
    }
  }
  char byte = (char)number;
  if (lancet_memory()->wake >= 0) (void)!write((int)lancet_memory()->wake, &byte, 1);
  errno = before;
}

static inline void lancet_on_alarm(int number) {
  (void)number;
  lancet_die_by(lancet_memory()->last_call ? (int)lancet_memory()->last_call : SIGTERM);
}

static inline void lancet_handle(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, 0);
}

/// Saves the modes of the terminal on standard input; -1 when it is none.
static inline int lancet_save_modes(void) { return tcgetattr(STDIN_FILENO, &lancet_memory()->modes); }

/// Says what text gives the terminal back.
static inline void lancet_set_restore(const char *text, size_t length) {
  if (length > sizeof lancet_memory()->restore) length = sizeof lancet_memory()->restore;
  memcpy(lancet_memory()->restore, text, length);
  lancet_memory()->length = (sig_atomic_t)length;
}

static inline void lancet_arm(int on) { lancet_memory()->armed = on; }

/// Gives this thread a stack for signal handlers, so that a stack overflow is handled too.
static inline int lancet_alternate_stack(void) {
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_size = 64 * 1024;
  stack.ss_sp = malloc(stack.ss_size);
  return stack.ss_sp ? sigaltstack(&stack, 0) : -1;
}

/// Installs all handlers; polite signals arrive as bytes on `wake`.
static inline void lancet_install_handlers(int wake) {
  static const int fatal[] = {SIGILL, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGTRAP, SIGQUIT, SIGSYS, SIGXCPU};
  static const int polite[] = {SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
  static int registered;
  if (!registered) registered = atexit(lancet_restore_terminal) == 0;  // `exit` in any thread
  lancet_memory()->wake = wake;
  lancet_memory()->last_call = 0;
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
    lancet_handle(fatal[i], lancet_on_fatal, SA_ONSTACK | SA_NODEFER | SA_RESETHAND);
  for (size_t i = 0; i < sizeof polite / sizeof *polite; i++)
    lancet_handle(polite[i], lancet_on_polite, SA_ONSTACK | SA_RESTART);
  lancet_handle(SIGALRM, lancet_on_alarm, SA_ONSTACK);
  lancet_handle(SIGPIPE, SIG_IGN, 0);
}

/// Stops this process group as Ctrl-Z does elsewhere; returns when it goes on.
static inline void lancet_stop(void) {
  lancet_handle(SIGTSTP, SIG_DFL, 0);
  sigset_t open;
  sigemptyset(&open);
  sigaddset(&open, SIGTSTP);
  sigprocmask(SIG_UNBLOCK, &open, 0);
  kill(0, SIGTSTP);
  lancet_handle(SIGTSTP, lancet_on_polite, SA_ONSTACK | SA_RESTART);
}

/// While a child owns the terminal its keys must not end or wake us.
static inline void lancet_child_owns_terminal(int yes) {
  lancet_handle(SIGINT, yes ? SIG_IGN : lancet_on_polite, SA_ONSTACK | SA_RESTART);
  lancet_handle(SIGQUIT, yes ? SIG_IGN : lancet_on_fatal, SA_ONSTACK | SA_NODEFER | SA_RESETHAND);
  lancet_handle(SIGTSTP, yes ? SIG_DFL : lancet_on_polite, SA_ONSTACK | SA_RESTART);
}

/// Whether a process has given its terminal back to the modes it had; for tests.
static inline int lancet_is_armed(void) { return (int)lancet_memory()->armed; }
