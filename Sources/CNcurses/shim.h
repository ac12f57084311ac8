// ncursesw for Swift: the header, and wrappers for what Swift cannot import (macros, variadics, globals).
#pragma once
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <ncurses.h>
