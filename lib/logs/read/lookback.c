#include "logs/read/lookback.h"

#include "base/text.h"
#include "logs/read/spacing.h"
#include "logs/read/unwrap.h"

#include <string.h>

/* Distances, in bytes, for the way from a SIP message back to the entry that logged it. */
#define PREFIX_MAX 1500
#define HEAD_MAX 200

enum { NO_START, MESSAGE_START, ENTRY_START };

static const char *const entry_starts[] = {"TL_", "TL ", "TargetFqdn", "Log Name", "$$begin"};
static const char *const message_starts[] = {"SIP/2.0",  "INVITE ",  "SUBSCRIBE ", "NOTIFY ",
                                             "MESSAGE ", "OPTIONS ", "BYE ",       "REGISTER ",
                                             "SERVICE ", "PRACK ",   "UPDATE ",    "INFO "};

static bool starts_with_any(fv_bytes line, const char *const *words, size_t num_words)
{
    for (size_t i = 0; i < num_words; i++) {
        size_t len = strlen(words[i]);
        if (line.len >= len && memcmp(line.data, words[i], len) == 0)
            return true;
    }
    return false;
}

/* "2017-03-02..." or "03/02/2017..." */
static bool starts_with_date(fv_bytes line)
{
    static const char *const shapes[] = {"0000-00-00", "00/00/0000"};
    for (size_t s = 0; s < 2; s++) {
        bool same = line.len >= 10;
        for (size_t i = 0; i < 10 && same; i++) {
            same = shapes[s][i] == '0' ? fv_ascii_is_digit((char)line.data[i])
                                       : line.data[i] == (uint8_t)shapes[s][i];
        }
        if (same)
            return true;
    }
    return false;
}

/* Looks for "... exp-e1 tvcs: UTCTime=" near the beginning of the line. */
static bool names_program(fv_bytes line)
{
    size_t limit = line.len < HEAD_MAX ? line.len : HEAD_MAX;
    for (size_t i = 0; i + 5 <= limit && line.data[i] != '\n'; i++) {
        if (line.data[i] == 't' && memcmp(line.data + i, "tvcs:", 5) == 0)
            return true;
    }
    return false;
}

static int classify(fv_bytes rest, size_t at)
{
    at += fv_spacing_prefix_len(rest, at);
    while (at < rest.len && (rest.data[at] == ' ' || rest.data[at] == '\t'))
        at++;
    fv_bytes line = {rest.data + at, rest.len - at};
    if (starts_with_date(line) || starts_with_any(line, entry_starts, 5) || names_program(line))
        return ENTRY_START;
    /* "SIP/2.0/TLS" is part of a Via header whose line was broken. */
    bool is_via = line.len > 7 && line.data[7] == '/';
    return !is_via && starts_with_any(line, message_starts, 12) ? MESSAGE_START : NO_START;
}

static bool ends_line(const uint8_t *bytes, size_t from, size_t at)
{
    if (bytes[at] == '\n')
        return at == from || bytes[at - 1] != FV_SOFT_BREAK;
    return bytes[at] == '\r' || bytes[at] == FV_INNER_LINE_END;
}

static size_t line_before(const uint8_t *bytes, size_t from, size_t at)
{
    while (at > from && !ends_line(bytes, from, at - 1))
        at--;
    return at;
}

size_t fv_lookback(const uint8_t *bytes, size_t from, size_t at)
{
    if (at - from > FV_LOOKBACK_MAX)
        from = at - FV_LOOKBACK_MAX;
    fv_bytes rest = {bytes, at};
    size_t message = SIZE_MAX;
    size_t line = line_before(bytes, from, at);
    for (;;) {
        if (message != SIZE_MAX && message - line > PREFIX_MAX)
            return message;
        int kind = classify(rest, line);
        if (kind == ENTRY_START)
            return line;
        if (kind == MESSAGE_START && message == SIZE_MAX)
            message = line;
        if (line == from)
            return message != SIZE_MAX ? message : from;
        line = line_before(bytes, from, line - 1);
    }
}
