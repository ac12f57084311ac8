// Dying of a bug: one line for the person and the signal's own end. Without this Swift's runtime starts a debugger that
// dumps registers and memory, and asks questions on a terminal. The workbench puts its own handlers over these.

import Glibc

/// Takes the handlers of Swift's runtime out.
func dieWithoutDump() {
  // A stack overflow has no stack left to say anything on.
  var stack = stack_t()
  stack.ss_size = 64 * 1024
  stack.ss_sp = malloc(stack.ss_size)
  if stack.ss_sp != nil { sigaltstack(&stack, nil) }
  for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
    var action = sigaction()
    sigemptyset(&action.sa_mask)
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_ONSTACK | SA_NODEFER
    action.__sigaction_handler.sa_handler = { number in
      // Only what a signal handler may call.
      let words: StaticString =
        "lancet: error: a bug ended the program; what was saved is safe: please report it\n"
      _ = write(STDERR_FILENO, words.utf8Start, words.utf8CodeUnitCount)
      signal(number, SIG_DFL)
      raise(number)
    }
    sigaction(number, &action, nil)
  }
}
