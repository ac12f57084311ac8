// What Swift cannot import of ncurses and libc: macros, variadics and globals as functions.
#include "CNcurses.h"
#include <fcntl.h>
#include <string.h>

extern int wcwidth(wchar_t character);

void lancet_put(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
  cchar_t cell;
  int extended = pair;
  if (setcchar(&cell, text, attributes, 0, &extended) == OK) mvadd_wch(row, column, &cell);
}

int lancet_start(const char *type) { return newterm((char *)type, stdout, stdin) ? 0 : -1; }

int lancet_pipe(int *ends) {
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  return 0;
}

attr_t lancet_bold(void) { return A_BOLD; }
attr_t lancet_underline(void) { return A_UNDERLINE; }
attr_t lancet_reverse(void) { return A_REVERSE; }
attr_t lancet_italic(void) { return A_ITALIC; }
attr_t lancet_dim(void) { return A_DIM; }

int lancet_colors(void) { return COLORS; }
int lancet_width(wchar_t character) { return wcwidth(character); }

void lancet_clear_all(void) {
  clearok(stdscr, TRUE);
  erase();
}
void lancet_move(int row, int column) { move(row, column); }
void lancet_refresh(void) { refresh(); }
void lancet_keypad(void) { keypad(stdscr, TRUE); }

int lancet_is_utf8(void) {
  const char *codeset = nl_langinfo(CODESET);
  return codeset && (strcmp(codeset, "UTF-8") == 0 || strcmp(codeset, "utf8") == 0);
}

const char *lancet_capability(const char *name) {
  char *found = tigetstr((char *)name);
  return found == (char *)-1 ? 0 : found;
}

int lancet_window(int fd, int *height, int *width) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return -1;
  *height = size.ws_row;
  *width = size.ws_col;
  return 0;
}
