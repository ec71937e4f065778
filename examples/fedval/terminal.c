#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80
#define MIN_WIDTH 40
#define MAX_WIDTH 100

/* Of what is no terminal the environment may say how wide it will be shown; 0: nobody says. */
static unsigned long find_columns(int descriptor)
{
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    return columns == NULL || columns[0] < '0' || columns[0] > '9' ? 0 : strtoul(columns, NULL, 10);
}

uint32_t terminal_get_width(int descriptor)
{
    unsigned long columns = find_columns(descriptor);
    if (columns == 0)
        return DEFAULT_WIDTH;
    if (columns < MIN_WIDTH)
        return MIN_WIDTH;
    return columns > MAX_WIDTH ? MAX_WIDTH : (uint32_t)columns;
}

static bool is_set(const char *name, const char *off)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' && strcmp(value, off) != 0;
}

bool terminal_is_dumb(void)
{
    const char *terminal = getenv("TERM");
    return terminal != NULL && strcmp(terminal, "dumb") == 0;
}

/* https://no-color.org and https://bixense.com/clicolors: what says no comes first. */
bool terminal_wants_colour(bool is_terminal)
{
    const char *wanted = getenv("CLICOLOR");
    if (is_set("NO_COLOR", ""))
        return false;
    if (is_set("CLICOLOR_FORCE", "0"))
        return true;
    return is_terminal && (wanted == NULL || strcmp(wanted, "0") != 0) && !terminal_is_dumb();
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
