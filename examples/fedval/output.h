/* Standard output, complaints on standard error, and the exit status. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "saved.h"

#include <fedval/html.h>
#include <fedval/render.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* sysexits.h, and the verdicts. */
enum {
    EXIT_PASS = 0,
    EXIT_FAIL = 1,
    EXIT_INDETERMINATE = 2,
    EXIT_CHANGED = 3, /* of diff: something changed, and nothing is worse */
    EXIT_USAGE = 64,
    EXIT_INPUT = 65,
    EXIT_INTERNAL = 70,
    EXIT_OUTPUT = 74,
};

/* The exit statuses of monitoring plugins that matter here. */
enum { NAGIOS_CRITICAL = 2, NAGIOS_UNKNOWN = 3 };

enum { NUM_HINTS = FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS + 1 };

typedef struct cmd_output {
    uint32_t format;              /* FORMAT_ of options.h */
    fedval_text_options options;  /* for text, as it suits standard output */
    const char *hints[NUM_HINTS]; /* of `options` */
    FILE *stream;                 /* standard output, or the file of --output */
    saved_file file;              /* of --output; it is not open where there is none */
    const char *file_name;        /* as given; NULL: standard output */
    int64_t begin_ms;             /* by a clock that is never set */
    uint32_t num_unreadable;      /* inputs that could not be judged */
    bool uses_password;           /* a file was opened with --password-file */
    bool has_metrics;             /* metrics were written, which tell the verdicts */
    uint32_t seen;                /* which exit statuses occurred, as bits of a table */
    size_t num_texts;             /* pieces of text written, so that a blank line parts them */
    int nagios;                   /* exit status of the monitoring plugin; -1: none yet */
    char *refusals;               /* lines of the plugin that were not written yet; NULL: none */
    char *page;                   /* HTML: the parts of the page so far; NULL: none */
    size_t page_len;
    const char *noted; /* the zone file that a note was last written on; NULL: none */
    int error;         /* errno of the first failure to write; 0: none */
} cmd_output;

void output_init(cmd_output *output);
/* What would look at more than a check did. Offline no resolver is asked, so none is offered. */
void output_hint_check(cmd_output *output, bool is_offline);
/* What would look at more than saved evidence holds. */
void output_hint_saved(cmd_output *output);
/* Where to write, and in which colours. False: the file cannot be written, and it was said. */
bool output_direct(cmd_output *output, const char *file_name, uint32_t colour);
/* What the metrics tell about the run. */
fedval_metrics_options output_run(const cmd_output *output);
/* Notes an exit status; the worst one counts at the end. */
void output_note(cmd_output *output, int exit_status);
/* The command line is wrong: it was said on standard error what. */
void output_usage(cmd_output *output);
/* A failure that is nobody's input: short of memory, or a fault of this program. */
void output_internal(cmd_output *output, fedval_status status);
/* Writes and frees what the library rendered, unless it failed. A text is parted from the one
 * before by a blank line; a document stands on its own line. */
void output_text(cmd_output *output, fedval_status status, char *text, size_t text_len);
void output_document(cmd_output *output, fedval_status status, char *json, size_t json_len);
/* Writes and frees a document as a line of a file of its own. Whether all of that file could be
 * written is asked once, when it is closed. */
void output_save(cmd_output *output, const saved_file *saved, fedval_status status, char *json,
                 size_t json_len);
/* HTML: a part of the page that is written at the end; taken over, unless it failed. */
void output_fragment(cmd_output *output, fedval_status status, char *html);
fedval_html_options output_html_options(const cmd_output *output);
/* Writes the page, if there are parts of one. */
void output_page(cmd_output *output);
/* The same of a text that is one line: nothing parts it from the one before. */
void output_line(cmd_output *output, fedval_status status, char *text, size_t text_len);
/* Whether something could not be read, written or done. */
bool output_has_failed(const cmd_output *output);
/* One report, as text, as HTML or as a document. */
void output_report(cmd_output *output, const fedval_report *report);
/* An input that cannot be used: a fedval-error/1 line where JSON is written, else a complaint on
 * standard error. `exit_status` is EXIT_INPUT, or EXIT_USAGE for an argument. */
void output_refuse(cmd_output *output, int exit_status, const char *source, fedval_status status,
                   const fedval_error *error);
/* The same with a message of ours. */
void output_refuse_text(cmd_output *output, int exit_status, const char *source,
                        const char *message);
/* Writes bytes; the first failure is kept, since what follows it says less. */
void output_put(cmd_output *output, const char *text, size_t text_len);
/* Writes the lines of the plugin about what could not be judged. */
void output_refusals(cmd_output *output);
/* Flushes; the exit status of the program. */
int output_finish(cmd_output *output);

#endif
