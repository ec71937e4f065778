#include "output.h"

#include "interrupt.h"
#include "options.h"
#include "terminal.h"

#include <fedval/catalogue.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Of several exit statuses the first of these counts. */
static const int precedence[] = {EXIT_INTERNAL, EXIT_OUTPUT,        EXIT_USAGE,   EXIT_INPUT,
                                 EXIT_FAIL,     EXIT_INDETERMINATE, EXIT_CHANGED, EXIT_PASS};
#define NUM_STATUSES (sizeof(precedence) / sizeof(precedence[0]))

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What this program offers for each of the library's hints; of a check without --offline and of
 * saved evidence see below. */
static const char *const hint_words[NUM_HINTS] = {
    [FEDVAL_HINT_ALLOW_PRIVATE] = "--allow-private",
    [FEDVAL_HINT_GIVE_ROOT] = "--trust",
    [FEDVAL_HINT_GIVE_CRL] = "--crl",
    [FEDVAL_HINT_GIVE_CALLING_CHAIN] = "--client-chain",
    [FEDVAL_HINT_OTHER_TLS_LIBRARY] = "--tls mbedtls, --tls openssl",
    [FEDVAL_HINT_OTHER_RESOLVER] = "--public-resolver ADDRESS",
    [FEDVAL_HINT_CHECK_DOMAIN] = "fedval check DOMAIN",
    [FEDVAL_HINT_GIVE_OTHER_LOG] = "fedval diagnose FILE FILE, with both sides' logs",
    [FEDVAL_HINT_GIVE_CHAIN] = "--chain, or a check without --offline",
    [FEDVAL_HINT_ASK_DNS] = "--zone, or a check without --offline",
    [FEDVAL_HINT_PROBE] = "a check without --offline",
    [FEDVAL_HINT_WIDER_SCOPE] = "without --only",
    [FEDVAL_HINT_ASK_SIP] = "--options",
    [FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS] = "--chain HOST@ADDRESS=FILE, or a check without --offline",
};

void output_hint_check(cmd_output *output, bool is_offline)
{
    if (is_offline) {
        output->hints[FEDVAL_HINT_OTHER_RESOLVER] = NULL;
        return;
    }
    output->hints[FEDVAL_HINT_GIVE_CHAIN] = "--chain";
    output->hints[FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS] = "--chain HOST@ADDRESS=FILE";
    output->hints[FEDVAL_HINT_ASK_DNS] = "--zone";
    output->hints[FEDVAL_HINT_PROBE] = NULL;
}

void output_hint_saved(cmd_output *output)
{
    output->hints[FEDVAL_HINT_GIVE_CHAIN] = "fedval check, live or with --chain";
    output->hints[FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS] =
        "fedval check, live or with --chain HOST@ADDRESS=FILE";
    output->hints[FEDVAL_HINT_ASK_DNS] = "fedval check, live or with --zone";
    output->hints[FEDVAL_HINT_PROBE] = "a live fedval check";
}

void output_init(cmd_output *output)
{
    memset(output, 0, sizeof(*output));
    memcpy(output->hints, hint_words, sizeof(hint_words));
    output->options = (fedval_text_options){
        .size = sizeof(fedval_text_options),
        .width = terminal_get_width(STDOUT_FILENO),
        .colour = terminal_wants_colour(isatty(STDOUT_FILENO) != 0),
        .utf8 = terminal_is_utf8(),
        .hints = output->hints,
        .num_hints = NUM_HINTS,
    };
    output->nagios = -1;
    output->stream = stdout;
    output->begin_ms = now_ms();
    signal(SIGPIPE, SIG_IGN); /* a reader that went away is a write error like any other */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow (ulimit -f) */
}

/* The rights that a new file would have: a monitoring agent has to read it. */
static void share(const saved_file *file)
{
    struct stat old;
    mode_t mask = umask(0);
    umask(mask);
    mode_t mode = 0666 & ~mask;
    if (file->beside == NULL)
        return;
    if (stat(file->path, &old) == 0)
        mode = old.st_mode & 07777;
    (void)fchmod(fileno(file->file), mode); /* else its owner alone reads it */
}

bool output_direct(cmd_output *output, const char *file_name, uint32_t colour)
{
    if (file_name != NULL && strcmp(file_name, "-") != 0) {
        if (!saved_open(&output->file, file_name)) {
            fprintf(stderr, "fedval: %s: %s\n", file_name, strerror(errno));
            output_note(output, EXIT_OUTPUT);
            return false;
        }
        share(&output->file);
        output->stream = output->file.file;
        output->file_name = file_name;
        output->options.width = 80;
        output->options.colour = terminal_wants_colour(false);
    }
    if (colour != COLOUR_AUTO)
        output->options.colour = colour == COLOUR_ALWAYS;
    return true;
}

fedval_metrics_options output_run(const cmd_output *output)
{
    return (fedval_metrics_options){
        .size = sizeof(fedval_metrics_options),
        .num_unreadable = output->num_unreadable,
        .run_at = (int64_t)time(NULL),
        .duration_ms = now_ms() - output->begin_ms,
    };
}

void output_note(cmd_output *output, int exit_status)
{
    for (size_t i = 0; i < NUM_STATUSES; i++) {
        if (precedence[i] == exit_status)
            output->seen |= 1u << i;
    }
}

/* ---- what the library rendered ---- */

void output_put(cmd_output *output, const char *text, size_t text_len)
{
    errno = 0;
    if (fwrite(text, 1, text_len, output->stream) != text_len && output->error == 0)
        output->error = errno == 0 ? EIO : errno;
}

/* A line is of use as soon as it is known. */
static void flush_line(cmd_output *output)
{
    if (fflush(output->stream) != 0 && output->error == 0)
        output->error = errno;
}

void output_text(cmd_output *output, fedval_status status, char *text, size_t text_len)
{
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return;
    }
    if (output->num_texts++ > 0)
        output_put(output, "\n", 1);
    output_put(output, text, text_len);
    fedval_text_free(text);
}

void output_line(cmd_output *output, fedval_status status, char *text, size_t text_len)
{
    output->num_texts = 0;
    output_text(output, status, text, text_len);
}

bool output_has_failed(const cmd_output *output)
{
    for (size_t i = 0; i < NUM_STATUSES; i++) {
        if (precedence[i] >= EXIT_USAGE && (output->seen & 1u << i) != 0)
            return true;
    }
    return output->error != 0;
}

void output_document(cmd_output *output, fedval_status status, char *json, size_t json_len)
{
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return;
    }
    output_put(output, json, json_len);
    output_put(output, "\n", 1);
    flush_line(output);
    fedval_text_free(json);
}

void output_report(cmd_output *output, const fedval_report *report)
{
    char *text = NULL;
    size_t text_len = 0;
    fedval_status status;
    if (output->format == FORMAT_JSON) {
        status = fedval_report_to_json(report, &text, &text_len);
        output_document(output, status, text, text_len);
    } else if (output->format == FORMAT_HTML) {
        fedval_html_options options = output_html_options(output);
        status = fedval_report_to_html(report, &options, &text, NULL);
        output_fragment(output, status, text);
    } else if (output->format == FORMAT_MARKDOWN) {
        status = fedval_reports_to_markdown(&report, 1, &text, &text_len);
        output_text(output, status, text, text_len);
    } else {
        status = fedval_report_to_text(report, &output->options, &text, &text_len);
        output_text(output, status, text, text_len);
    }
}

/* ---- the end ---- */

static int fold(const cmd_output *output)
{
    for (size_t i = 0; i < NUM_STATUSES; i++) {
        if ((output->seen & 1u << i) != 0)
            return precedence[i];
    }
    return EXIT_PASS;
}

/* Of a run that went wrong nothing is kept: the file stays as it was. */
static bool is_worth_keeping(const cmd_output *output)
{
    int status = fold(output);
    bool is_plugin = output->format == FORMAT_NAGIOS; /* it says on its first line what is wrong */
    bool is_empty = status == EXIT_INPUT && ftell(output->stream) == 0;
    return output->error == 0 && status != EXIT_OUTPUT && status != EXIT_INTERNAL &&
           (status != EXIT_USAGE || is_plugin) && !is_empty && !interrupt_has_come();
}

static void close_file(cmd_output *output)
{
    if (!is_worth_keeping(output))
        saved_discard(&output->file);
    else if (!saved_finish(&output->file))
        output->error = errno;
}

static void close_standard(cmd_output *output)
{
    bool has_failed = ferror(stdout) != 0;
    if (fclose(stdout) != 0 && output->error == 0)
        output->error = errno;
    if (has_failed && output->error == 0)
        output->error = EIO;
}

/* A reader that has seen enough (head) is told nothing. */
static bool flush(cmd_output *output)
{
    if (output->file_name != NULL)
        close_file(output);
    else
        close_standard(output);
    if (output->error != 0 && output->error != EPIPE) {
        fprintf(stderr, "fedval: %s: %s\n",
                output->file_name == NULL ? "standard output" : output->file_name,
                strerror(output->error));
    }
    return output->error == 0;
}

/* What was judged is in the metrics, what could not be read too. A collector takes any other status
 * for metrics that are missing. */
static bool is_told_by_metrics(const cmd_output *output, int status)
{
    return output->has_metrics && (status == EXIT_FAIL || status == EXIT_INDETERMINATE ||
                                   (status == EXIT_INPUT && output->num_unreadable > 0));
}

int output_finish(cmd_output *output)
{
    output_page(output);
    output_refusals(output);
    if (!flush(output))
        output_note(output, EXIT_OUTPUT);
    int status = fold(output);
    if (is_told_by_metrics(output, status))
        return EXIT_PASS;
    if (output->format != FORMAT_NAGIOS)
        return status;
    bool is_known = output->nagios >= 0 && status < EXIT_USAGE;
    return is_known || output->nagios == NAGIOS_CRITICAL ? output->nagios : NAGIOS_UNKNOWN;
}

void output_save(cmd_output *output, const saved_file *saved, fedval_status status, char *json,
                 size_t json_len)
{
    if (status != FEDVAL_OK) {
        output_internal(output, status);
        return;
    }
    fwrite(json, 1, json_len, saved->file);
    fputc('\n', saved->file);
    fedval_text_free(json);
}
