/* What the tests of the log reader share: files, and incidents as rows of text. */
#ifndef FV_TEST_LOGS_SUPPORT_H
#define FV_TEST_LOGS_SUPPORT_H

#include "../../reading.h"
#include "base/buf.h"
#include "fedval/catalogue.h"
#include "fedval/log.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VECTORS FEDVAL_SOURCE_ROOT "/tests/vectors/logs"

/* A finished log of one source, fed in pieces of step bytes. */
static inline fedval_log *read_log(const char *name, const uint8_t *bytes, size_t len, size_t step)
{
    fedval_log *log = NULL;
    if (fedval_log_new(&log) != FEDVAL_OK ||
        fedval_log_begin_source(log, name, FEDVAL_NUL_ENDED) != FEDVAL_OK)
        abort();
    for (size_t at = 0; at < len; at += step) {
        if (fedval_log_feed(log, bytes + at, len - at < step ? len - at : step) != FEDVAL_OK)
            abort();
    }
    if (fedval_log_finish(log) != FEDVAL_OK)
        abort();
    return log;
}

/* The head of an Expressway line, and its time: seconds and milliseconds. */
#define HOST "2019-05-14T14:02:%02u.%03u+02:00 exp-e1 tvcs: "
#define TIME "UTCTime=\"2019-05-14 12:02:%02u,%03u\""

/* The log that `buf` holds. Clears `buf`. */
static inline fedval_log *read_buf(fv_buf *buf)
{
    if (buf->failed)
        abort();
    fedval_log *log = read_log("exp-e1.log", (const uint8_t *)buf->data, buf->len, buf->len);
    fv_buf_clear(buf);
    return log;
}

static inline void append_cell(fv_buf *buf, const char *text)
{
    fv_buf_append_char(buf, '\t');
    fv_buf_append_text(buf, text != NULL ? text : "-");
}

/* How much of an incident its row holds. Damage and a wrapping may cost certainty and repetitions,
 * and move lines. */
typedef enum row_form { ROW_CORE, ROW_BUT_LINE, ROW_WHOLE } row_form;

static inline void append_number(fv_buf *buf, uint64_t number)
{
    fv_buf_append_char(buf, '\t');
    fv_buf_append_u64(buf, number);
}

static inline void append_hops(fv_buf *buf, const fedval_incident *incident)
{
    append_number(buf, fedval_incident_count_hops(incident));
    for (size_t i = 0; i < fedval_incident_count_hops(incident); i++) {
        fv_buf_append_text(buf, " ");
        fv_buf_append_text(buf, fedval_incident_get_hop(incident, i));
    }
}

static inline void append_details(fv_buf *buf, const fedval_incident *incident)
{
    int64_t time = fedval_incident_get_time_ms(incident);
    append_cell(buf, fedval_certainty_to_string(fedval_incident_get_certainty(incident)));
    append_number(buf, fedval_incident_get_times_logged(incident));
    append_number(buf, time == FEDVAL_TIME_UNKNOWN ? 0 : (uint64_t)time);
    append_number(buf, fedval_incident_is_zone_known(incident));
    append_cell(buf, fedval_incident_get_from(incident));
    append_cell(buf, fedval_incident_get_to(incident));
    append_cell(buf, fedval_incident_get_peer(incident));
    append_number(buf, fedval_incident_get_port(incident));
    append_number(buf, fedval_incident_get_status(incident));
    append_cell(buf, fedval_incident_get_other_domain(incident));
    append_cell(buf, fedval_incident_get_joined_by(incident));
    append_cell(buf, fedval_mend_side_to_string(fedval_incident_get_mend_side(incident)));
    append_cell(buf, fedval_finding_code_to_string(fedval_incident_get_next(incident)));
    append_number(buf, fedval_incident_is_related(incident));
    append_hops(buf, incident);
}

/* One row an incident. */
static inline void append_row(fv_buf *buf, const fedval_incident *incident, row_form form)
{
    fv_buf_append_text(buf, fedval_incident_kind_to_string(fedval_incident_get_kind(incident)));
    append_cell(buf, fedval_finding_code_to_string(fedval_incident_get_finding(incident)));
    append_cell(buf, fedval_call_direction_to_string(fedval_incident_get_direction(incident)));
    append_cell(buf, fedval_incident_get_domain(incident));
    append_cell(buf, fedval_incident_get_reported_code(incident));
    append_cell(buf, fedval_incident_get_expected_name(incident));
    append_cell(buf, fedval_incident_get_presented_name(incident));
    append_cell(buf, fedval_incident_get_call_id(incident));
    append_cell(buf, fedval_incident_get_cseq(incident));
    append_cell(buf, fedval_incident_get_fqdn(incident, 0));
    append_number(buf, fedval_incident_get_explained_by(incident));
    if (form != ROW_CORE)
        append_details(buf, incident);
    if (form == ROW_WHOLE)
        append_number(buf, fedval_incident_get_line(incident));
    fv_buf_append_char(buf, '\n');
}

/* All incidents as rows, for free(). */
static inline char *rows_of(const fedval_log *log, row_form form)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "");
    for (size_t i = 0; i < fedval_log_count_incidents(log); i++)
        append_row(&buf, fedval_log_get_incident(log, i), form);
    char *rows = fv_buf_take(&buf, NULL);
    return rows != NULL ? rows : calloc(1, 1);
}

static inline char *rows_of_bytes(const uint8_t *bytes, size_t len, size_t step, row_form form)
{
    fedval_log *log = read_log("test", bytes, len, step);
    char *rows = rows_of(log, form);
    fedval_log_free(log);
    return rows;
}

typedef void fixture_visitor(const char *name, const uint8_t *bytes, size_t len);

/* Every log of tests/vectors/logs. Returns how many there are. */
static inline size_t visit_fixtures(fixture_visitor *visit)
{
    struct dirent **entries = NULL;
    int count = scandir(VECTORS, &entries, NULL, alphasort);
    size_t visited = 0;
    for (int i = 0; i < count; i++) {
        char path[1024];
        size_t len = 0;
        const char *name = entries[i]->d_name;
        snprintf(path, sizeof(path), "%s/%s", VECTORS, name);
        uint8_t *bytes = name[0] == '.' || strstr(name, ".tsv") != NULL
                             ? NULL
                             : (uint8_t *)read_file(path, &len);
        if (bytes != NULL) {
            visit(name, bytes, len);
            visited++;
        }
        free(bytes);
        free(entries[i]);
    }
    free(entries);
    return visited;
}

#endif
