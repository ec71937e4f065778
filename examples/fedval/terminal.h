/* What the terminal, and the environment, say of how texts should look. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/* In columns, 40 to 100: that of the terminal, else of COLUMNS, else 80. */
uint32_t terminal_get_width(int descriptor);
/* TERM says that it moves no cursor, and shows no colour. */
bool terminal_is_dumb(void);
bool terminal_wants_colour(bool is_terminal);
bool terminal_is_utf8(void);

#endif
