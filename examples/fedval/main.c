/* fedval: what breaks SIP federation with Microsoft, from the command line. It parses arguments,
 * calls the library and shows what it says. */
#include "command.h"
#include "domains.h"
#include "interrupt.h"
#include "near.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const command_row commands[] = {
    {"check", "DOMAIN...", "check domains live, or offline from files",
     "fedval check example.com --resolver 9.9.9.9 --save-evidence seen.json", IN_CHECK, 1, 0,
     command_check},
    {"evaluate", "FILE...", "judge saved evidence again, under other rules or at another time",
     "fedval evaluate example.json --profile office365 --at 2027-03-01", IN_EVALUATE, 1, 0,
     command_evaluate},
    {"diff", "OLD NEW",
     "what changed between two files of reports, or of evidence that is judged now",
     "fedval diff monday.ndjson tuesday.ndjson", IN_DIFF, 2, 2, command_diff},
    {"timeline", "FILE...", "what breaks when, from saved evidence, as long as nothing is renewed",
     "fedval timeline example.json --format icalendar", IN_TIMELINE, 1, 0, command_timeline},
    {"chain", "FILE...",
     "evaluate certificate chains by themselves: one chain a file, the leaf first",
     "fedval chain expe.pem --name expe.example.com --trust ca.pem", IN_CHAIN, 1, 0, command_chain},
    {"match", "DOMAIN TARGET", "whether this SRV target serves this domain: the rule alone",
     "fedval match example.com expe.example.com", IN_MATCH, 2, 2, command_match},
    {"diagnose", "FILE...", "read logs of both sides, join them, and name the cause of a 504",
     "fedval diagnose expe.log edge.log", IN_DIAGNOSE, 1, 0, command_diagnose},
    {"plan", "FILE...",
     "before anything is changed: which records and names must exist, and in which order",
     "fedval plan intent.yaml --write changes", IN_PLAN, 0, 0, command_plan},
    {"explain", "[CODE]...",
     "what a code, a symbol or a sentence of a log means, how likely each cause is, where to look",
     "fedval explain TLS alert 42", IN_EXPLAIN, 0, 0, command_explain},
};
#define NUM_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static const command_row *find_command(const char *name)
{
    for (size_t i = 0; i < NUM_COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

/* Whether a monitoring plugin was called, wherever --format stands. */
static bool is_plugin(const command_row *row, int argc, char **argv)
{
    for (int i = 1; i < argc && (row->bit & (IN_CHECK | IN_EVALUATE)) != 0; i++) {
        if (strcmp(argv[i], "--format=nagios") == 0 ||
            (strcmp(argv[i], "--format") == 0 && i + 1 < argc &&
             strcmp(argv[i + 1], "nagios") == 0))
            return true;
    }
    return false;
}

static bool has_right_count(const command_row *row, const cmd_settings *settings)
{
    size_t count = settings->inputs.count;
    if (count >= row->least && (row->most == 0 || count <= row->most))
        return true;
    options_complain(row->name, "wanted", row->arguments);
    return false;
}

/* An option that did nothing may be meant for another file than those that were read. */
static void tell_unused_password(const cmd_settings *settings, const cmd_output *output)
{
    if (settings->password_file != NULL && !output->uses_password && !output_has_failed(output)) {
        fprintf(stderr, "fedval: %s: --password-file is of no use: no file asks for a password\n",
                settings->password_file);
    }
}

static void run_command(const command_row *row, cmd_settings *settings, cmd_output *output)
{
    if (!domains_read(settings, output))
        return; /* it was said why */
    if (!has_right_count(row, settings)) {
        output_usage(output);
        return;
    }
    domains_warn(settings);
    if (row->bit == IN_EVALUATE)
        output_hint_saved(output);
    else if (row->bit == IN_CHECK)
        output_hint_check(output, settings->offline);
    row->run(settings, output);
    tell_unused_password(settings, output);
}

static void tell_version(void)
{
    printf("fedval %s\n", fedval_version());
}

static int run(const command_row *row, int argc, char **argv)
{
    cmd_settings settings = {0};
    cmd_output output;
    output_init(&output);
    bool ok = options_parse(&settings, row->bit, row->name, argc, argv);
    output.format = is_plugin(row, argc, argv) ? FORMAT_NAGIOS : settings.format;
    if (ok && settings.help)
        help_command(row, output.options.width);
    else if (ok && settings.version)
        tell_version();
    else if (!ok)
        output_usage(&output);
    else if (output_direct(&output, settings.output_file, settings.colour))
        run_command(row, &settings, &output);
    options_clear(&settings);
    int status = output_finish(&output);
    interrupt_end();
    return status;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
}

static void complain_of_command(const char *word)
{
    static const char *const bare[] = {"--version", "--help"};
    const char *names[NUM_COMMANDS];
    if (word[0] == '-') {
        options_complain_of("", "an option where a command is wanted, which comes first", word,
                            near_word(word, bare, sizeof(bare) / sizeof(bare[0])));
        return;
    }
    for (size_t i = 0; i < NUM_COMMANDS; i++)
        names[i] = commands[i].name;
    options_complain_of("", "no such command", word, near_word(word, names, NUM_COMMANDS));
}

static bool is_version(const char *word)
{
    return strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0 ||
           strcmp(word, "version") == 0;
}

/* "help", and "help check", where subject is NULL or the subcommand. */
static bool show_help(const char *subject, uint32_t width)
{
    const command_row *row = subject == NULL ? NULL : find_command(subject);
    if (row != NULL)
        help_command(row, width);
    else if (subject == NULL)
        help_overview(commands, NUM_COMMANDS, width, stdout);
    else
        complain_of_command(subject);
    return row != NULL || subject == NULL;
}

/* Runs an option that is given before any subcommand. `next` is the word after it, or NULL. */
static int run_bare(const char *word, const char *next)
{
    cmd_output output;
    output_init(&output);
    bool ok = true;
    if (is_version(word)) {
        tell_version();
    } else if (is_help(word)) {
        ok = show_help(next, output.options.width);
    } else {
        complain_of_command(word);
        ok = false;
    }
    if (!ok)
        output_note(&output, EXIT_USAGE);
    return output_finish(&output);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help_overview(commands, NUM_COMMANDS, terminal_get_width(STDERR_FILENO), stderr);
        return EXIT_USAGE;
    }
    const command_row *row = find_command(argv[1]);
    return row == NULL ? run_bare(argv[1], argv[2]) : run(row, argc - 1, argv + 1);
}
