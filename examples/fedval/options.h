/* What the command line says. One table holds every option of every subcommand; parsing, --help
 * and the tests of the man page and of the completion go by it. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Subcommands, as bits: which of them an option belongs to. */
enum {
    IN_CHECK = 1,
    IN_EVALUATE = 2,
    IN_CHAIN = 4,
    IN_MATCH = 8,
    IN_EXPLAIN = 16,
    IN_DIAGNOSE = 32,
    IN_PLAN = 64,
    IN_DIFF = 256,
    IN_TIMELINE = 512,
    IN_ALL = 1023,
};

enum {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_NAGIOS,
    FORMAT_PROMETHEUS,
    FORMAT_MARKDOWN,
    FORMAT_CSV,
    FORMAT_JUNIT,
    FORMAT_SARIF,
    FORMAT_HTML,
    FORMAT_LINE,
    FORMAT_ICALENDAR,
};
enum { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };
/* There are fewer option_rows; a number from here on is that of a row. */
enum { MAX_OPTION_ROWS = 256 };
enum { TLS_ANY, TLS_MBEDTLS, TLS_OPENSSL };

/* The values of an option that may be given several times. */
typedef struct cmd_values {
    const char **items;
    size_t count;
} cmd_values;

/* The texts are those of argv. */
typedef struct cmd_settings {
    uint32_t command;            /* IN_ */
    bool given[MAX_OPTION_ROWS]; /* which rows of option_rows were given */
    cmd_values inputs;           /* what is no option: domains, files, codes */
    bool help;
    bool version;
    uint32_t format;         /* FORMAT_ */
    uint32_t colour;         /* COLOUR_ */
    const char *output_file; /* NULL: standard output */

    /* who judges, and when */
    uint32_t side, scope, purpose; /* FEDVAL_SIDE_, FEDVAL_SCOPE_, FEDVAL_PURPOSE_ */
    cmd_values profiles;           /* words that are profiles */
    cmd_values policies;           /* files */
    int64_t at;                    /* FEDVAL_TIME_UNKNOWN: not given */
    int64_t warn_days;             /* -1: not given */
    int64_t critical_days;         /* the same */
    cmd_values ignored;            /* findings that are accepted: "CODE@domain=until DATE" */
    bool fails_on_warning;
    int64_t expressway_version; /* as FEDVAL_POLICY_EXPRESSWAY_VERSION; 0: not given */
    int64_t require;            /* requirements: a bit 1 << n for Rn */
    bool allow_private;
    const char *edge_fqdn, *name, *other_domain;
    cmd_values providers;

    /* whom to trust */
    cmd_values trust, public_trust, crls;

    /* where facts come from */
    bool offline, trust_ad;
    cmd_values resolvers, public_resolvers, zones, chains;
    const char *client_chain, *client_cert, *client_key, *password_file, *save_evidence;
    bool pair;               /* two domains are the two sides of one federation */
    const char *since;       /* the reports of the last run */
    const char *apply;       /* the actions that are to be carried out; NULL: none */
    const char *domains;     /* a file of them */
    char *domains_text;      /* what it holds, cut into lines */
    uint32_t *domain_lines;  /* the line of each input; 0: an argument */
    size_t num_domain_lines; /* no more inputs than these are of the file */
    int64_t timeout_ms;
    int64_t connections; /* 0: not given */
    bool sip_options, authoritative;
    int64_t authority_port; /* 0: not given */
    uint32_t tls;           /* TLS_ */

    /* of diagnose */
    bool group, redact, check;

    bool lenient; /* members that a document's format does not have are passed over */

    bool is_long; /* of explain */

    /* of plan */
    bool is_template, from, live;
    const char *write;   /* a folder */
    bool probes_nothing; /* looks DNS up alone */
} cmd_settings;

typedef struct option_row option_row;

/* How an option's value is kept. */
enum { TAKES_FLAG, TAKES_TEXT, TAKES_LIST, TAKES_WORD };

struct option_row {
    const char *name;
    char letter;       /* "-w" for it; 0: none */
    const char *value; /* what stands for the value in the help; NULL: it takes none */
    uint32_t commands; /* IN_ */
    const char *group; /* heading in the help */
    const char *help;
    int kind;      /* TAKES_ */
    size_t offset; /* in settings, but for TAKES_WORD */
    /* TAKES_WORD: reads the value; false, and what would have done in out_wanted, when it is none.
     */
    bool (*read)(cmd_settings *settings, const char *value, const char **out_wanted);
    bool is_of_network; /* of no use where nothing leaves the machine */
};

extern const option_row option_rows[];
extern const size_t num_option_rows;

/* The options of one subcommand and the rest of its arguments. False when they are wrong: said on
 * standard error. `name` is the subcommand's. */
bool options_parse(cmd_settings *settings, uint32_t command, const char *name, int argc,
                   char **argv);
void options_clear(cmd_settings *settings);
/* Whether the options go together: one that would be passed over in silence is a mistake. False:
 * said on standard error. */
bool options_agree(const cmd_settings *settings, const char *name);
/* Whether each file that is read has a name, and standard input is read once. False: it was said.
 */
bool options_name_inputs(const cmd_settings *settings, const char *name);
/* Whether no output replaces a file that is read, or another output. False: it was said. */
bool options_spare_inputs(const cmd_settings *settings, const char *name);
/* Appends; false when memory is short. */
bool values_append(cmd_values *values, const char *item);
/* A complaint about the command line, with the way to the help; word may be NULL, name "". */
void options_complain(const char *name, const char *what, const char *word);
/* The same, with the word that was likely meant; NULL or "": none is near. */
void options_complain_of(const char *name, const char *what, const char *word, const char *meant);
/* The last one as it was shown, with its newline; "" when there was none. */
const char *options_get_complaint(void);

#endif
