/* --help of the program and of each subcommand. */
#include "command.h"

#include <stdio.h>
#include <string.h>

#define HELP_COLUMN 32
#define HELP_WIDTH 100

void help_overview(const command_row *rows, size_t num_rows)
{
    puts("Checks a domain's SIP federation with Microsoft: DNS, addresses, TLS, certificates.\n");
    puts("usage: fedval COMMAND [OPTION]... [ARGUMENT]...\n");
    for (size_t i = 0; i < num_rows; i++)
        printf("  %-10s %-16s %s\n", rows[i].name, rows[i].arguments, rows[i].summary);
    puts("\nfedval COMMAND --help says more. fedval --version tells the version.");
    puts("\nexample: fedval check example.com");
}

/* Words from the column on, as many on a line as fit. */
static void put_wrapped(const char *text, size_t column)
{
    size_t at = column;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        if (at > column && at + 1 + len > HELP_WIDTH) {
            printf("\n%*s", (int)column, "");
            at = column;
        }
        printf("%s%.*s", at > column ? " " : "", (int)len, text);
        at += len + (at > column);
        text += len + (text[len] == ' ');
    }
    putchar('\n');
}

static void put_option(const option_row *row)
{
    int width = printf("  --%s%s%s", row->name, row->value == NULL ? "" : " ",
                       row->value == NULL ? "" : row->value);
    if (width + 2 > HELP_COLUMN) {
        putchar('\n');
        width = 0;
    }
    printf("%*s", HELP_COLUMN - width, "");
    put_wrapped(row->help, HELP_COLUMN);
}

static void put_options(uint32_t command)
{
    const char *group = NULL;
    for (size_t i = 0; i < num_option_rows; i++) {
        const option_row *row = &option_rows[i];
        if ((row->commands & command) == 0)
            continue;
        if (group != row->group)
            printf("\n%s:\n", row->group);
        group = row->group;
        put_option(row);
    }
}

static const struct {
    uint32_t commands; /* IN_ */
    const char *text;
} exit_statuses[] = {
    {IN_CHECK | IN_EVALUATE | IN_CHAIN, "0 pass, 1 fail, 2 could not be observed, "},
    {IN_MATCH, "0 the target serves the domain, 1 it does not, 2 not documented, "},
    {IN_DIAGNOSE, "0 nothing wrong found (nor in what is no log: the text says which), 1 faults, 2 "
                  "only undetermined ones, "},
    {IN_EXPLAIN, "0, "},
};

static void put_exit_statuses(uint32_t command)
{
    char text[400];
    const char *own = "";
    for (size_t i = 0; i < sizeof(exit_statuses) / sizeof(exit_statuses[0]); i++) {
        if ((exit_statuses[i].commands & command) != 0)
            own = exit_statuses[i].text;
    }
    snprintf(text, sizeof(text),
             "Exit status: %s64 usage, 65 unreadable input, 70 internal, 74 cannot write.%s", own,
             (command & (IN_CHECK | IN_EVALUATE)) == 0
                 ? ""
                 : " With --format nagios: 0 ok, 1 warning, 2 fail, 3 otherwise.");
    putchar('\n');
    put_wrapped(text, 0);
}

void help_command(const command_row *row)
{
    printf("usage: fedval %s [OPTION]... %s\n\n%s\n", row->name, row->arguments, row->summary);
    put_options(row->bit);
    put_exit_statuses(row->bit);
    printf("\nexample: %s\n", row->example);
}
