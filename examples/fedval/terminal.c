#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MIN_WIDTH 40
#define MAX_WIDTH 100

uint32_t terminal_get_width(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    if (size.ws_col < MIN_WIDTH)
        return MIN_WIDTH;
    return size.ws_col > MAX_WIDTH ? MAX_WIDTH : size.ws_col;
}

static bool is_set(const char *name, const char *off)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' && strcmp(value, off) != 0;
}

/* https://no-color.org and https://bixense.com/clicolors: what says no comes first. */
bool terminal_wants_colour(bool is_terminal)
{
    const char *wanted = getenv("CLICOLOR"), *terminal = getenv("TERM");
    if (is_set("NO_COLOR", ""))
        return false;
    if (is_set("CLICOLOR_FORCE", "0"))
        return true;
    return is_terminal && (wanted == NULL || strcmp(wanted, "0") != 0) &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

bool terminal_is_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return strstr(value, "UTF-8") != NULL || strstr(value, "utf8") != NULL;
    }
    return false;
}
