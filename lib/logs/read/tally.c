#include "logs/read/tally.h"

#include "base/text.h"
#include "fedval/log.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define MAX_LOOKS 8 /* at most this many pieces of a source are searched */

/* Words that each format contains, with or without faults. */
static const struct {
    const char *mark;
    uint32_t format;
} marks[] = {
    {"tvcs:", FEDVAL_LOG_FORMAT_EXPRESSWAY},        {"UTCTime=", FEDVAL_LOG_FORMAT_EXPRESSWAY},
    {"$$begin_record", FEDVAL_LOG_FORMAT_EDGE},     {"(TF_PROTOCOL)", FEDVAL_LOG_FORMAT_EDGE},
    {"(TF_DIAG)", FEDVAL_LOG_FORMAT_EDGE},          {"INFO  ::", FEDVAL_LOG_FORMAT_CLIENT},
    {"TRACE ::", FEDVAL_LOG_FORMAT_CLIENT},         {"SIP/2.0", FEDVAL_LOG_FORMAT_SIP},
    {"ms-diagnostics", FEDVAL_LOG_FORMAT_SIP},      {"Log Name:", FEDVAL_LOG_FORMAT_WINDOWS_EVENT},
    {"Event ID:", FEDVAL_LOG_FORMAT_WINDOWS_EVENT}, {"Test-Cs", FEDVAL_LOG_FORMAT_POWERSHELL},
    {"Target Fqdn", FEDVAL_LOG_FORMAT_POWERSHELL},  {"SIP trace:", FEDVAL_LOG_FORMAT_CMS},
    {"handshake error", FEDVAL_LOG_FORMAT_CMS},
};

void fv_tally_init(fv_tally *tally)
{
    memset(tally, 0, sizeof(*tally));
}

static bool holds(fv_bytes bytes, const char *mark)
{
    size_t len = strlen(mark);
    for (size_t at = 0; at + len <= bytes.len;) {
        const uint8_t *found = memchr(bytes.data + at, mark[0], bytes.len - len + 1 - at);
        if (found == NULL)
            return false;
        if (memcmp(found, mark, len) == 0)
            return true;
        at = (size_t)(found - bytes.data) + 1;
    }
    return false;
}

static bool has_shape(fv_text line, const char *shape)
{
    size_t len = strlen(shape);
    for (size_t i = 0; i < len && i < line.len; i++) {
        bool fits = shape[i] == '0'   ? fv_ascii_is_digit(line.data[i])
                    : shape[i] == ' ' ? line.data[i] == ' ' || line.data[i] == 'T'
                                      : shape[i] == line.data[i];
        if (!fits)
            return false;
    }
    return line.len >= len;
}

/* Whether the line is a row of the search history: a time, two aliases and a protocol. The table
 * has no word of its own that every copy of it holds. */
static bool is_history_row(fv_text line)
{
    size_t aliases = 0;
    if (!has_shape(line, "0000-00-00 00:00:00"))
        return false;
    for (size_t i = 0; i < line.len; i++)
        aliases += line.data[i] == '@';
    fv_bytes bytes = {(const uint8_t *)line.data, line.len};
    return aliases == 2 && (holds(bytes, "SIP") || holds(bytes, "H323"));
}

static bool holds_history(fv_bytes bytes)
{
    const uint8_t *at = bytes.data, *end = bytes.data + bytes.len;
    while (at < end) {
        const uint8_t *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop != NULL ? stop : end;
        if (is_history_row((fv_text){(const char *)at, (size_t)(stop - at)}))
            return true;
        at = stop + 1;
    }
    return false;
}

void fv_tally_look(fv_tally *tally, fv_bytes bytes)
{
    if (tally->formats != 0 || tally->num_looked >= MAX_LOOKS)
        return;
    tally->num_looked++;
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (holds(bytes, marks[i].mark))
            tally->formats |= marks[i].format;
    }
    if (tally->formats == 0 && holds_history(bytes))
        tally->formats = FEDVAL_LOG_FORMAT_SEARCH_HISTORY;
}

void fv_tally_answer(fv_tally *tally, uint32_t status)
{
    if (status < FV_TALLY_STATUSES)
        tally->answers[status]++;
}

/* Whether a header was read that tells whose the message is. */
static bool has_header(const fv_entry *entry)
{
    static const fv_key keys[] = {FV_KEY_CALL_ID, FV_KEY_CSEQ, FV_KEY_FROM};
    fv_span value;
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (fv_entry_get(entry, keys[i], 0, &value))
            return true;
    }
    return false;
}

void fv_tally_entry(fv_tally *tally, const fv_entry *entry)
{
    static const uint32_t formats[] = {
        [FV_START_EDGE] = FEDVAL_LOG_FORMAT_EDGE,
        [FV_START_EDGE_FIELDS] = FEDVAL_LOG_FORMAT_EDGE,
        [FV_START_EXPRESSWAY] = FEDVAL_LOG_FORMAT_EXPRESSWAY,
        [FV_START_CLIENT] = FEDVAL_LOG_FORMAT_CLIENT,
        [FV_START_RESPONSE] = FEDVAL_LOG_FORMAT_SIP,
        [FV_START_REQUEST] = FEDVAL_LOG_FORMAT_SIP,
        [FV_START_HEADERS] = FEDVAL_LOG_FORMAT_SIP,
        [FV_START_POWERSHELL] = FEDVAL_LOG_FORMAT_POWERSHELL,
        [FV_START_WINDOWS_EVENT] = FEDVAL_LOG_FORMAT_WINDOWS_EVENT,
        [FV_START_HISTORY] = FEDVAL_LOG_FORMAT_SEARCH_HISTORY,
        [FV_START_SEARCH] = FEDVAL_LOG_FORMAT_SEARCH_HISTORY,
        [FV_START_SENTENCE] = FEDVAL_LOG_FORMAT_SIP,
    };
    if (entry->start < COUNT(formats))
        tally->formats |= formats[entry->start];
    if (entry->status == 504 && !has_header(entry))
        tally->has_cut_answer = true;
}

size_t fv_tally_next(fv_tally *tally, const fv_scan *scan, const uint8_t *bytes, size_t from,
                     fv_reach reach)
{
    for (;;) {
        size_t hit = fv_scan_next(scan, bytes, from, reach.end);
        uint32_t status = hit < reach.end ? fv_scan_passing_status(bytes, hit, reach.end) : 0;
        if (status == 0)
            return hit;
        if (hit < reach.count_to)
            fv_tally_answer(tally, status);
        from = hit + 1;
    }
}

void fv_tally_unread(fv_tally *tally, const uint8_t *bytes, size_t at, size_t end)
{
    if (fv_scan_is_set_up(bytes, at, end))
        fv_tally_answer(tally, 200);
}

void fv_tally_rest(fv_tally *tally, const fv_scan *scan, const uint8_t *bytes, size_t from,
                   size_t end)
{
    while (from < end) {
        size_t hit = fv_tally_next(tally, scan, bytes, from, (fv_reach){end, end});
        if (hit < end)
            fv_tally_unread(tally, bytes, hit, end);
        from = hit + 1;
    }
}
