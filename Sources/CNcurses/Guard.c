// Gives the terminal back whatever happens: the modes it had and the text that undoes ours, written at `exit` and by the
// handler of every signal that ends a process. The memory of it exists once, from the start.
#include "CNcurses.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static struct termios modes;
static char restore_text[1024];
static volatile sig_atomic_t restore_length, armed, last_call;
static volatile sig_atomic_t wake_descriptor = -1;

static void write_restore_text(void) {
  size_t from = 0, length = (size_t)restore_length;
  while (from < length) {
    ssize_t wrote = write(STDOUT_FILENO, restore_text + from, length - from);
    if (wrote <= 0) break;
    from += (size_t)wrote;
  }
}

/// Sets the saved modes; from the background too, where SIGTTOU would stop us.
static void put_modes_back(int with_foreground) {
  sigset_t block, before;
  sigemptyset(&block);
  sigaddset(&block, SIGTTOU);
  sigprocmask(SIG_BLOCK, &block, &before);
  if (with_foreground) tcsetpgrp(STDIN_FILENO, getpgrp());
  tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
  sigprocmask(SIG_SETMASK, &before, 0);
}

int lancet_save_modes(void) { return tcgetattr(STDIN_FILENO, &modes); }

void lancet_set_restore(const char *text, size_t length) {
  if (length > sizeof restore_text) length = sizeof restore_text;
  memcpy(restore_text, text, length);
  restore_length = (sig_atomic_t)length;
}

void lancet_arm(int on) { armed = on; }

void lancet_restore_terminal(void) {
  if (!armed) return;
  armed = 0;
  write_restore_text();
  put_modes_back(0);
}

void lancet_take_back(void) {
  put_modes_back(1);
  write_restore_text();
}

void lancet_die_by(int number) {
  lancet_restore_terminal();
  signal(number, SIG_DFL);
  sigset_t open;
  sigemptyset(&open);
  sigaddset(&open, number);
  sigprocmask(SIG_UNBLOCK, &open, 0);
  raise(number);
}

static void on_fatal(int number) { lancet_die_by(number); }

/// Tells the event loop; a signal that ends the program gets two seconds for an orderly end.
static void on_polite(int number) {
  int before = errno;
  if (number == SIGTERM || number == SIGHUP || number == SIGINT) {
    if (!last_call) {
      last_call = number;
      alarm(2);
    }
  }
  char byte = (char)number;
  if (wake_descriptor >= 0) (void)!write((int)wake_descriptor, &byte, 1);
  errno = before;
}

static void on_alarm(int number) {
  (void)number;
  lancet_die_by(last_call ? (int)last_call : SIGTERM);
}

static void handle(int number, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, 0);
}

int lancet_alternate_stack(void) {
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_size = 64 * 1024;
  stack.ss_sp = malloc(stack.ss_size);
  return stack.ss_sp ? sigaltstack(&stack, 0) : -1;
}

/// Whether the system ends a process by this signal and a handler can come before: all but those that are ignored, stop or
/// go on by default, cannot be caught, or are handled in another way here.
static int is_fatal(int number) {
  static const int others[] = {SIGKILL, SIGSTOP, SIGCHLD, SIGURG,  SIGTTIN, SIGTTOU, SIGPIPE, SIGXFSZ,
                               SIGALRM, SIGTERM, SIGHUP,  SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (others[i] == number) return 0;
  return 1;
}

void lancet_install_handlers(int wake) {
  static const int polite[] = {SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
  static int registered;
  if (!registered) registered = atexit(lancet_restore_terminal) == 0;  // `exit` in any thread
  wake_descriptor = wake;
  last_call = 0;
  for (int number = 1; number <= SIGRTMAX; number++) {
    struct sigaction now;
    // Real-time signals that libc keeps for itself refuse; what our parent made us ignore stays ignored.
    if (!is_fatal(number) || sigaction(number, 0, &now) != 0 || now.sa_handler == SIG_IGN) continue;
    handle(number, on_fatal, SA_ONSTACK | SA_NODEFER | SA_RESETHAND);
  }
  for (size_t i = 0; i < sizeof polite / sizeof *polite; i++)
    handle(polite[i], on_polite, SA_ONSTACK | SA_RESTART);
  handle(SIGALRM, on_alarm, SA_ONSTACK);
  // A closed pipe and a full quota are errors of a write, and are told as such.
  handle(SIGPIPE, SIG_IGN, 0);
  handle(SIGXFSZ, SIG_IGN, 0);
}

void lancet_stop(void) {
  handle(SIGTSTP, SIG_DFL, 0);
  sigset_t open;
  sigemptyset(&open);
  sigaddset(&open, SIGTSTP);
  sigprocmask(SIG_UNBLOCK, &open, 0);
  kill(0, SIGTSTP);
  handle(SIGTSTP, on_polite, SA_ONSTACK | SA_RESTART);
}

void lancet_child_owns_terminal(int yes) {
  handle(SIGINT, yes ? SIG_IGN : on_polite, SA_ONSTACK | SA_RESTART);
  handle(SIGQUIT, yes ? SIG_IGN : on_fatal, SA_ONSTACK | SA_NODEFER | SA_RESETHAND);
  handle(SIGTSTP, yes ? SIG_DFL : on_polite, SA_ONSTACK | SA_RESTART);
}
