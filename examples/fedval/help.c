/* --help of the program and of each subcommand. */
#include "command.h"

#include <stdio.h>
#include <string.h>

/* Where the texts begin; on a narrow screen they stand below the option. */
#define HELP_COLUMN 32
#define NARROW_COLUMN 8
#define LEAST_TEXT 36

/* Where to write, and how wide that is. */
typedef struct help_page {
    FILE *stream;
    size_t width, column;
} help_page;

static help_page page_of(FILE *stream, uint32_t width)
{
    bool is_narrow = width < HELP_COLUMN + LEAST_TEXT;
    return (help_page){stream, width, is_narrow ? NARROW_COLUMN : HELP_COLUMN};
}

/* A word of choices, "text|json|...", may be broken behind a bar. */
static size_t piece_len(const char *text, size_t room)
{
    size_t len = strcspn(text, " "), at = len;
    while (at > room && at > 0) {
        at--;
        while (at > 0 && text[at - 1] != '|')
            at--;
    }
    return at == 0 ? len : at;
}

/* Words from the column on, as many on a line as fit. `at` is where the line has got to. */
static void put_wrapped(const help_page *page, const char *text, size_t column, size_t at)
{
    bool is_inside = false; /* a word was broken: no blank comes between its pieces */
    while (*text != '\0') {
        size_t gap = at > column && !is_inside, word = strcspn(text, " ");
        if (at > column && at + gap + word > page->width) {
            fprintf(page->stream, "\n%*s", (int)column, "");
            at = column;
            gap = 0;
        }
        size_t len = piece_len(text, page->width > at ? page->width - at : 0);
        fprintf(page->stream, "%s%.*s", gap > 0 ? " " : "", (int)len, text);
        at += len + gap;
        is_inside = len < word;
        text += len + (text[len] == ' ');
    }
    fputc('\n', page->stream);
}

void help_overview(const command_row *rows, size_t num_rows, uint32_t width, FILE *stream)
{
    help_page page = page_of(stream, width);
    put_wrapped(
        &page,
        "Checks a domain's SIP federation with Microsoft: DNS, addresses, TLS, certificates.", 0,
        0);
    fputs("\nusage: ", stream);
    put_wrapped(&page, "fedval COMMAND [OPTION]... [ARGUMENT]...", 7, 7);
    fputc('\n', stream);
    for (size_t i = 0; i < num_rows; i++) {
        int at = fprintf(stream, "  %-10s %-16s ", rows[i].name, rows[i].arguments);
        if (page.column == NARROW_COLUMN)
            at = fprintf(stream, "\n%*s", NARROW_COLUMN, "") - 1;
        put_wrapped(&page, rows[i].summary, (size_t)at, (size_t)at);
    }
    fputc('\n', stream);
    put_wrapped(&page, "fedval COMMAND --help says more. fedval --version tells the version.", 0,
                0);
    fputs("\nexample: fedval check example.com\n", stream);
}

/* "  --warn-days, -w N" */
static void put_option(const help_page *page, const option_row *row)
{
    char name[160], letter[8] = "";
    if (row->letter != 0)
        snprintf(letter, sizeof(letter), ", -%c", row->letter);
    snprintf(name, sizeof(name), "--%s%s%s%s", row->name, letter, row->value == NULL ? "" : " ",
             row->value == NULL ? "" : row->value);
    fputs("  ", page->stream);
    size_t at = 2 + strlen(name);
    if (at > page->width) {
        put_wrapped(page, name, 6, 2);
        fprintf(page->stream, "%*s", (int)page->column, "");
    } else if (at + 2 > page->column) {
        fprintf(page->stream, "%s\n%*s", name, (int)page->column, "");
    } else {
        fprintf(page->stream, "%s%*s", name, (int)(page->column - at), "");
    }
    put_wrapped(page, row->help, page->column, page->column);
}

static void put_options(const help_page *page, uint32_t command)
{
    const char *group = NULL;
    for (size_t i = 0; i < num_option_rows; i++) {
        const option_row *row = &option_rows[i];
        if ((row->commands & command) == 0)
            continue;
        /* What diagnose shares with check is of use with --check alone (option_rules.c). */
        bool wants_check = command == IN_DIAGNOSE && strcmp(row->group, "Output") != 0;
        if (group != row->group) {
            fprintf(page->stream, "\n%s%s:\n", row->group, wants_check ? " (--check)" : "");
        }
        group = row->group;
        put_option(page, row);
    }
}

static const struct {
    uint32_t commands; /* IN_ */
    const char *text;
} exit_statuses[] = {
    {IN_CHECK | IN_EVALUATE | IN_CHAIN, "0 pass, 1 fail, 2 could not be observed, "},
    {IN_DIFF, "0 nothing changed, 1 something is worse, 3 something changed otherwise, "},
    {IN_TIMELINE, "0, "},
    {IN_MATCH, "0 the target serves the domain, 1 it does not, 2 not documented, "},
    {IN_DIAGNOSE, "0 nothing wrong found (nor in what is no log: the text says which), 1 faults, 2 "
                  "only undetermined ones, "},
    {IN_PLAN, "0 what is planned passes, 1 it fails, 2 not all of it is known, "},
    {IN_EXPLAIN, "0, "},
};

static void put_exit_statuses(const help_page *page, uint32_t command)
{
    char text[600];
    const char *own = "";
    for (size_t i = 0; i < sizeof(exit_statuses) / sizeof(exit_statuses[0]); i++) {
        if ((exit_statuses[i].commands & command) != 0)
            own = exit_statuses[i].text;
    }
    snprintf(text, sizeof(text),
             "Exit status: %s64 usage, 65 unreadable input, 70 internal, 74 cannot write.%s%s%s",
             own,
             (command & (IN_CHECK | IN_EVALUATE)) == 0
                 ? ""
                 : " With --format nagios: 0 ok, 1 warning, 2 fail, 3 otherwise. With --format "
                   "prometheus: 0 once the metrics are written. With --pair: 0 everything works, 1 "
                   "something is broken, 2 not known.",
             command != IN_CHECK ? "" : " With --since: ",
             command != IN_CHECK ? "" : "0 no change, 1 something is worse, 3 other changes.");
    fputc('\n', page->stream);
    put_wrapped(page, text, 0, 0);
}

void help_command(const command_row *row, uint32_t width)
{
    help_page page = page_of(stdout, width);
    char usage[120];
    snprintf(usage, sizeof(usage), "fedval %s [OPTION]... %s", row->name, row->arguments);
    fputs("usage: ", stdout);
    put_wrapped(&page, usage, 7, 7);
    putchar('\n');
    put_wrapped(&page, row->summary, 0, 0);
    put_options(&page, row->bit);
    put_exit_statuses(&page, row->bit);
    fputs("\nexample: ", stdout);
    put_wrapped(&page, row->example, 9, 9);
}
