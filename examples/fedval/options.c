#include "options.h"

#include "near.h"

#include <fedval/evidence.h>
#include <fedval/render.h>
#include <fedval/trust.h>

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_TIMEOUT_MS 30000
#define MAX_LETTERS 32

/* getopt_long's table, made of the rows of one subcommand; each option's number is its row's. */
static struct option *build_table(uint32_t command)
{
    struct option *table = calloc(num_option_rows + 1, sizeof(*table));
    size_t count = 0;
    for (size_t i = 0; table != NULL && i < num_option_rows; i++) {
        const option_row *row = &option_rows[i];
        if ((row->commands & command) == 0)
            continue;
        table[count++] = (struct option){
            .name = row->name,
            .has_arg = row->value == NULL ? no_argument : required_argument,
            .val = MAX_OPTION_ROWS + (int)i,
        };
    }
    return table;
}

/* The letters of the subcommand's options, for getopt_long: ":hw:". */
static void list_letters(uint32_t command, char letters[MAX_LETTERS])
{
    size_t count = 0;
    letters[count++] = ':';
    for (size_t i = 0; i < num_option_rows && count + 3 < MAX_LETTERS; i++) {
        const option_row *row = &option_rows[i];
        if (row->letter == 0 || (row->commands & command) == 0)
            continue;
        letters[count++] = row->letter;
        if (row->value != NULL)
            letters[count++] = ':';
    }
    letters[count] = '\0';
}

/* The row of a letter; num_option_rows: none. */
static size_t find_letter(uint32_t command, int letter)
{
    size_t i = 0;
    while (i < num_option_rows &&
           (option_rows[i].letter != letter || (option_rows[i].commands & command) == 0))
        i++;
    return i;
}

bool values_append(cmd_values *values, const char *item)
{
    const char **items = realloc(values->items, (values->count + 1) * sizeof(*items));
    if (items == NULL)
        return false;
    items[values->count++] = item;
    values->items = items;
    return true;
}

/* The last complaint: a plugin has to say it on its one line. */
static char complaint_kept[512];

const char *options_get_complaint(void)
{
    return complaint_kept;
}

/* Whatever the words hold, a terminal is left alone. */
void options_complain_of(const char *name, const char *what, const char *word, const char *meant)
{
    char message[400], guess[64] = "", *text = NULL;
    fedval_error *error = fedval_error_new();
    if (meant != NULL && meant[0] != '\0')
        snprintf(guess, sizeof(guess), " (did you mean %s?)", meant);
    snprintf(message, sizeof(message), "%s%s%.120s%s; see fedval%s%s --help", what,
             word == NULL ? "" : ": ", word == NULL ? "" : word, guess, name[0] == '\0' ? "" : " ",
             name);
    fedval_error_set(error, message, FEDVAL_NUL_ENDED, 0, 0, UINT64_MAX);
    if (fedval_error_to_text(NULL, 0, FEDVAL_ERROR_ARGUMENT, error, NULL, &text, NULL) == FEDVAL_OK)
        fprintf(stderr, "fedval%s%s: %s", name[0] == '\0' ? "" : " ", name, text);
    snprintf(complaint_kept, sizeof(complaint_kept), "%s", text == NULL ? message : text);
    fedval_text_free(text);
    fedval_error_free(error);
}

void options_complain(const char *name, const char *what, const char *word)
{
    options_complain_of(name, what, word, NULL);
}

static bool take(cmd_settings *settings, const option_row *row, const char *value, const char *name)
{
    char *field = (char *)settings + row->offset;
    const char *wanted = NULL;
    char complaint[160];
    switch (row->kind) {
    case TAKES_FLAG:
        *(bool *)field = true;
        return true;
    case TAKES_TEXT:
        *(const char **)field = value;
        return true;
    case TAKES_LIST:
        return values_append((cmd_values *)field, value);
    default:
        if (row->read(settings, value, &wanted))
            return true;
    }
    snprintf(complaint, sizeof(complaint), "--%s wants %s, not", row->name,
             wanted == NULL ? row->value : wanted);
    char meant[64];
    near_word_in(value, wanted == NULL ? row->value : wanted, meant, sizeof(meant));
    options_complain_of(name, complaint, value, meant);
    return false;
}

/* The word that holds a short option: getopt_long goes on within it. */
static const char *find_short(char option, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1] != '-' && strchr(argv[i], option) != NULL)
            return argv[i];
    }
    return "-";
}

/* An unknown option, "--nmae" or "--nmae=x", and the one of the subcommand that was likely meant.
 */
static void complain_of_unknown(const char *name, const char *word, uint32_t command)
{
    const char *names[MAX_OPTION_ROWS], *found;
    char typed[64], meant[72] = "";
    size_t count = 0;
    for (size_t i = 0; i < num_option_rows && count < sizeof(names) / sizeof(names[0]); i++) {
        if ((option_rows[i].commands & command) != 0)
            names[count++] = option_rows[i].name;
    }
    const char *bare = word + strspn(word, "-");
    snprintf(typed, sizeof(typed), "%.*s", (int)strcspn(bare, "="), bare);
    found = near_word(typed, names, count);
    if (found != NULL)
        snprintf(meant, sizeof(meant), "--%s", found);
    options_complain_of(name, "unknown option", word, meant);
}

/* Says what getopt_long stumbled over; a long option is the word before the next one to be read.
 * optopt is a short option's letter, or the number of a long one's row. */
static void complain_of_option(const char *name, int found, uint32_t command, int argc, char **argv)
{
    const char *word = argv[optind - 1];
    if (found == ':')
        options_complain(name, "a value is missing", word);
    else if (optopt > 0 && optopt < MAX_OPTION_ROWS)
        options_complain(name, "unknown option", find_short((char)optopt, argc, argv));
    else if (optopt > 0)
        options_complain(name, "an option that takes no value", word);
    else
        complain_of_unknown(name, word, command);
}

/* Whether the word after an option was taken for its value, although it looks like the next option:
 * "--save-evidence --offline" would write a file of that name and ask the network. Such a value can
 * be given after "=". */
static bool is_next_option(const char *value, const char *word)
{
    return value == word && strncmp(value, "--", 2) == 0 && value[2] != '\0';
}

static bool take_options(cmd_settings *settings, const struct option *table, const char *name,
                         int argc, char **argv)
{
    int found;
    char letters[MAX_LETTERS];
    list_letters(settings->command, letters);
    opterr = 0;
    optind = 1;
    while ((found = getopt_long(argc, argv, letters, table, NULL)) != -1) {
        if (found == ':' || found == '?') {
            complain_of_option(name, found, settings->command, argc, argv);
            return false;
        }
        if (optarg != NULL && is_next_option(optarg, argv[optind - 1])) {
            options_complain(name, "a value is missing", argv[optind - 2]);
            return false;
        }
        size_t row = found < MAX_OPTION_ROWS ? find_letter(settings->command, found)
                                             : (size_t)(found - MAX_OPTION_ROWS);
        if (!take(settings, &option_rows[row], optarg, name))
            return false;
        settings->given[row] = true;
    }
    return true;
}

/* Whether a word is a negative number, as Windows writes an HRESULT: "-2146893019". */
static bool is_negative(const char *word)
{
    return word[0] == '-' && word[1] != '\0' && word[1 + strspn(word + 1, "0123456789")] == '\0';
}

/* Hides the sign of each negative number from getopt_long, which would read digits as options.
 * Notes the words without their sign in `numbers`. */
static bool hide_signs(int argc, char **argv, cmd_values *numbers)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (is_negative(argv[i]) && !values_append(numbers, ++argv[i]))
            return false;
    }
    return true;
}

/* The input that `word` stands for: the number with its sign, where the sign was hidden. */
static const char *restore_sign(const char *word, const cmd_values *numbers)
{
    for (size_t i = 0; i < numbers->count; i++) {
        if (numbers->items[i] == word)
            return word - 1;
    }
    return word;
}

bool options_parse(cmd_settings *settings, uint32_t command, const char *name, int argc,
                   char **argv)
{
    settings->command = command;
    settings->at = FEDVAL_TIME_UNKNOWN;
    settings->warn_days = settings->critical_days = -1;
    settings->purpose = FEDVAL_PURPOSE_SERVER;
    settings->timeout_ms = DEFAULT_TIMEOUT_MS;
    struct option *table = build_table(command);
    cmd_values numbers = {0};
    bool ok = table != NULL && (command != IN_EXPLAIN || hide_signs(argc, argv, &numbers)) &&
              take_options(settings, table, name, argc, argv);
    free(table);
    for (int i = optind; ok && i < argc; i++)
        ok = values_append(&settings->inputs, restore_sign(argv[i], &numbers));
    free(numbers.items);
    return ok && (settings->help || settings->version ||
                  (options_agree(settings, name) && options_name_inputs(settings, name) &&
                   options_spare_inputs(settings, name)));
}

void options_clear(cmd_settings *settings)
{
    cmd_values *lists[] = {&settings->inputs,    &settings->profiles,  &settings->policies,
                           &settings->providers, &settings->trust,     &settings->public_trust,
                           &settings->crls,      &settings->resolvers, &settings->public_resolvers,
                           &settings->zones,     &settings->chains,    &settings->ignored};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        free(lists[i]->items);
    free(settings->domains_text);
    free(settings->domain_lines);
    memset(settings, 0, sizeof(*settings));
}
