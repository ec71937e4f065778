/* What the terminal, and the environment, say of how texts should look. */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/* In columns; 80 where standard output is no terminal. */
uint32_t terminal_get_width(void);
bool terminal_wants_colour(bool is_terminal);
bool terminal_is_utf8(void);

#endif
