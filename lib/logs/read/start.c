#include "logs/read/start.h"

#include "logs/read/event.h"
#include "logs/read/key.h"
#include "logs/read/printed.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define HISTORY_ROW_MAX 600
#define HISTORY_MAX_COLUMNS 7
#define HISTORY_TIME "0000-00-0000:00:00"
#define HISTORY_ISO_TIME "0000-00-00T00:00:00"
#define EXPRESSWAY_HEAD_MAX 120
#define REQUEST_LINE_MAX 300
#define SOURCE_AFTER 700
#define SOURCE_BEFORE 80 /* the columns between the source of an event and its text */

/* By the first letter; each list ends with NULL. */
#define METHODS(...)                                                                               \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

static const char *const *const methods[128] = {
    ['A'] = METHODS("ACK"),
    ['B'] = METHODS("BYE", "BENOTIFY"),
    ['C'] = METHODS("CANCEL"),
    ['I'] = METHODS("INVITE", "INFO"),
    ['M'] = METHODS("MESSAGE"),
    ['N'] = METHODS("NOTIFY", "NEGOTIATE"),
    ['O'] = METHODS("OPTIONS"),
    ['P'] = METHODS("PRACK", "PUBLISH"),
    ['R'] = METHODS("REGISTER", "REFER"),
    ['S'] = METHODS("SUBSCRIBE", "SERVICE"),
    ['U'] = METHODS("UPDATE"),
};

/* Compares with a pattern, in which "0" matches any digit. */
static bool matches_shape(const fv_sight *sight, size_t pos, const char *shape)
{
    for (size_t i = 0; shape[i] != '\0'; i++) {
        char c = fv_sight_char(sight, pos + i);
        if (shape[i] == '0' ? !fv_ascii_is_digit(c) : c != shape[i])
            return false;
    }
    return true;
}

/* Whether a quotation mark is directly before it, as in the source of a program. */
static bool is_quoted(const fv_sight *sight, size_t pos)
{
    char before = pos > 0 ? fv_sight_char(sight, pos - 1) : '\0';
    return fv_sight_gap(sight, pos) == FV_GAP_NONE && (before == '"' || before == '\'');
}

bool fv_start_is_response(const fv_sight *sight, size_t pos, size_t *out_end)
{
    size_t code;
    if (!fv_sight_match(sight, pos, "SIP/2.0", &code))
        return false;
    if (fv_sight_char(sight, code) == '_')
        code++;
    if (fv_sight_count_digits(sight, code, 4) != 3 || fv_sight_char(sight, code) == '0')
        return false;
    *out_end = code + 3;
    return true;
}

/* Whether "sip/2.0" ends a request line that begins in small letters: then a program put the whole
 * log into them, and it is no prose. */
static bool is_in_small_letters(const fv_sight *sight, size_t pos)
{
    size_t to = sight->len - pos > REQUEST_LINE_MAX ? pos + REQUEST_LINE_MAX : sight->len;
    size_t version = fv_sight_find(sight, (fv_span){pos, to}, "SIP/2.0");
    return version < to && sight->text[version] == 's';
}

bool fv_start_is_request(const fv_sight *sight, size_t pos, size_t *out_end)
{
    uint8_t letter = (uint8_t)sight->text[pos];
    bool is_small = fv_ascii_is_alpha((char)letter) && !fv_ascii_is_upper((char)letter);
    if (is_small)
        letter = (uint8_t)(letter - 'a' + 'A');
    const char *const *method = letter < COUNT(methods) ? methods[letter] : NULL;
    for (; method != NULL && *method != NULL; method++) {
        size_t uri;
        if (fv_sight_match(sight, pos, *method, &uri) && fv_sight_gap(sight, uri) != FV_GAP_NONE &&
            (fv_sight_match(sight, uri, "sip:", NULL) ||
             fv_sight_match(sight, uri, "sips:", NULL) ||
             fv_sight_match(sight, uri, "tel:", NULL)) &&
            (!is_small || is_in_small_letters(sight, pos))) {
            *out_end = uri;
            return true;
        }
    }
    return false;
}

static fv_start start_of_letter_t(const fv_sight *sight, size_t pos)
{
    if (fv_sight_match(sight, pos, "TL", NULL) && fv_sight_has_within(sight, pos, 14, "(TF"))
        return FV_START_EDGE;
    if (fv_sight_match(sight, pos, "tvcs:", NULL) && fv_sight_has_within(sight, pos, 200, "=\""))
        return FV_START_EXPRESSWAY;
    if (fv_sight_match(sight, pos, "TLS outgoing connection failures", NULL))
        return FV_START_WINDOWS_EVENT;
    if (fv_sight_gap(sight, pos) >= FV_GAP_FOLD &&
        fv_sight_match(sight, pos, "The domain of the message is not configured", NULL))
        return FV_START_SENTENCE;
    if (fv_sight_match(sight, pos, "Text:", NULL) &&
        fv_sight_has_within(sight, pos, 400, "Result-Code:0x"))
        return FV_START_EDGE_FIELDS;
    return FV_START_NONE;
}

/* Whether an Expressway entry begins here whose head was not copied, so that it begins with an
 * attribute. Other formats use the same names, so the value must fit too. */
static bool is_headless_expressway(const fv_sight *sight, size_t pos)
{
    static const char *const events[] = {"InboundTLSNegotiation", "OutboundTLSNegotiation",
                                         "CallRejected\"",        "SearchCompleted\"",
                                         "CallConnected\"",       "CallAnswered\""};
    static const char *const modules[] = {"developer.ssl\"", "network.tcp\"", "network.dns\"",
                                          "network.sip\""};
    const char *const *values = events;
    size_t value, count = COUNT(events);
    if (!fv_sight_match(sight, pos, "Event=\"", &value)) {
        if (!fv_sight_match(sight, pos, "Module=\"", &value))
            return false;
        values = modules;
        count = COUNT(modules);
    }
    for (size_t i = 0; i < count; i++) {
        if (fv_sight_match(sight, value, values[i], NULL))
            return true;
    }
    return false;
}

/* Returns the position after the time that begins a row; `pos` if no time is there. */
static size_t history_time_end(const fv_sight *sight, size_t pos)
{
    if (matches_shape(sight, pos, HISTORY_TIME))
        return pos + sizeof(HISTORY_TIME) - 1;
    if (!matches_shape(sight, pos, HISTORY_ISO_TIME))
        return pos;
    size_t end = pos + sizeof(HISTORY_ISO_TIME) - 1;
    if (strchr(".,", fv_sight_char(sight, end)) != NULL && end < sight->len)
        end += 1 + fv_sight_count_digits(sight, end + 1, 9);
    if (matches_shape(sight, end, "+00:00") || matches_shape(sight, end, "-00:00"))
        return end + 6;
    return end + (fv_sight_char(sight, end) == 'Z');
}

/* A copied table has one line per row, or one line per cell. In the second case the time is alone
 * on its line. */
size_t fv_start_history_end(const fv_sight *sight, size_t pos)
{
    bool columns = fv_sight_gap(sight, history_time_end(sight, pos)) >= FV_GAP_FOLD;
    size_t lines = 0, aliases = 0;
    size_t end = pos + 1;
    fv_header header = FV_HEADER_UNREAD;
    for (; end < sight->len && end - pos < HISTORY_ROW_MAX; end++) {
        aliases += sight->text[end] == '@';
        if (history_time_end(sight, end) > end || sight->text[end] == '"' ||
            fv_start_at(sight, end, &header) != FV_START_NONE)
            break;
        if (!columns && aliases == 2 && fv_sight_gap(sight, end) == FV_GAP_PARAGRAPH)
            break;
        if (fv_sight_gap(sight, end) <= FV_GAP_BLANK || fv_sight_is_wrapped(sight, end))
            continue;
        if (!columns || ++lines > HISTORY_MAX_COLUMNS)
            break;
    }
    return end;
}

/* "Search (91)", then "State: Completed". */
static bool is_search(const fv_sight *sight, size_t pos)
{
    size_t number;
    return fv_sight_gap(sight, pos) >= FV_GAP_FOLD &&
           fv_sight_match(sight, pos, "Search(", &number) &&
           fv_sight_count_digits(sight, number, 9) > 0 &&
           fv_sight_has_within(sight, number, 20, "State:");
}

/* A row holds a time, two aliases and a protocol, and no key="value". */
static bool is_history_row(const fv_sight *sight, size_t pos)
{
    size_t end = fv_start_history_end(sight, pos);
    size_t aliases = 0;
    if (fv_sight_char(sight, end) == '"')
        return false;
    for (size_t i = pos; i < end; i++)
        aliases += sight->text[i] == '@';
    return aliases == 2 && (fv_sight_has_within(sight, pos, end - pos, "SIP") ||
                            fv_sight_has_within(sight, pos, end - pos, "H323"));
}

static fv_start start_of_digit(const fv_sight *sight, size_t pos)
{
    if (matches_shape(sight, pos, "0000-00-00T00:00:00") &&
        (fv_sight_has_within(sight, pos, EXPRESSWAY_HEAD_MAX, "tvcs:") ||
         fv_sight_has_within(sight, pos, EXPRESSWAY_HEAD_MAX, "UTCTime=")))
        return FV_START_EXPRESSWAY;
    if (matches_shape(sight, pos, "00/00/0000|00:00:00"))
        return FV_START_CLIENT;
    if (fv_sight_gap(sight, pos) < FV_GAP_FOLD)
        return FV_START_NONE;
    if (history_time_end(sight, pos) > pos && is_history_row(sight, pos))
        return FV_START_HISTORY;
    if (matches_shape(sight, pos, "000") && fv_sight_match(sight, pos, "403Forbidden:", NULL))
        return FV_START_SENTENCE;
    return FV_START_NONE;
}

/* "1009;" or "1009.2;" */
static bool is_diagnostic_value(const fv_sight *sight, size_t value)
{
    size_t digits = fv_sight_count_digits(sight, value, 7);
    size_t next = value + digits;
    if (digits > 0 && fv_sight_char(sight, next) == '.')
        next += 1 + fv_sight_count_digits(sight, next + 1, 7);
    if (digits == 0)
        return false;
    return fv_sight_char(sight, next) == ';' || fv_sight_char(sight, next) == '"' ||
           (fv_sight_char(sight, next) == ',' && fv_sight_match(sight, next + 1, "reason=", NULL));
}

/* "0xc3e93d6f", followed by its name or the end of the line. */
static bool is_result_value(const fv_sight *sight, size_t value)
{
    size_t after = value + 10;
    char next = fv_sight_char(sight, after);
    return fv_sight_match(sight, value, "0x", NULL) &&
           (after >= sight->len || fv_sight_gap(sight, after) >= FV_GAP_FOLD ||
            fv_ascii_is_upper(next) || next == '(');
}

/* A field that begins an entry without its first line, or a message without its start line. Prose
 * uses the same names, so the value must fit too. */
static fv_start start_of_field(const fv_sight *sight, size_t pos, fv_header *last)
{
    fv_key key = fv_key_header_at(sight, pos, last);
    size_t value = last->value;
    bool new_line = fv_sight_gap(sight, pos) >= FV_GAP_FOLD;
    switch (key) {
    case FV_KEY_NONE:
        return FV_START_NONE;
    case FV_KEY_RESULT_CODE:
        return new_line && is_result_value(sight, value) ? FV_START_EDGE_FIELDS : FV_START_NONE;
    case FV_KEY_SEVERITY:
        return fv_sight_has_within(sight, value, 600, "Result-Code:0x") ||
                       fv_sight_has_within(sight, value, 600, "SIP-Start-Line:")
                   ? FV_START_EDGE_FIELDS
                   : FV_START_NONE;
    case FV_KEY_OTHER_HEADER:
        return fv_sight_match(sight, pos, "LogType:diagnostic", NULL) ? FV_START_EDGE_FIELDS
                                                                      : FV_START_NONE;
    case FV_KEY_VIA:
        return fv_sight_match(sight, value, "SIP/2.0/", NULL) ? FV_START_HEADERS : FV_START_NONE;
    case FV_KEY_CSEQ:
        return fv_ascii_is_digit(fv_sight_char(sight, value)) ? FV_START_HEADERS : FV_START_NONE;
    case FV_KEY_CALL_ID:
        return new_line ? FV_START_HEADERS : FV_START_NONE;
    case FV_KEY_FROM:
    case FV_KEY_TO:
        return new_line && (fv_sight_has_within(sight, value, 100, "<sip:") ||
                            fv_sight_match(sight, value, "sip:", NULL))
                   ? FV_START_HEADERS
                   : FV_START_NONE;
    case FV_KEY_DIAGNOSTICS:
    case FV_KEY_DIAGNOSTICS_PUBLIC:
    case FV_KEY_DIAGNOSTICS_CLIENT:
        return is_diagnostic_value(sight, value) ? FV_START_HEADERS : FV_START_NONE;
    default:
        return FV_START_NONE;
    }
}

static fv_start start_of_other(const fv_sight *sight, size_t pos, fv_header *last)
{
    size_t end;
    char before = pos > 0 ? sight->text[pos - 1] : '\0';
    if (fv_ascii_lower(sight->text[pos]) == 's' && fv_start_is_response(sight, pos, &end))
        return FV_START_RESPONSE;
    if (fv_ascii_lower(sight->text[pos]) == 'h' &&
        fv_sight_match(sight, pos, "handshake error", &end) &&
        fv_sight_count_digits(sight, end, 1) > 0)
        return FV_START_SENTENCE;
    bool new_line = fv_sight_gap(sight, pos) >= FV_GAP_FOLD || before == ':' || before == '|';
    if (new_line && fv_start_is_request(sight, pos, &end))
        return FV_START_REQUEST;
    if (fv_sight_gap(sight, pos) == FV_GAP_NONE)
        return fv_event_schannel_at(sight, pos) != 0 ? FV_START_WINDOWS_EVENT : FV_START_NONE;
    if (is_headless_expressway(sight, pos))
        return FV_START_EXPRESSWAY;
    if (is_search(sight, pos))
        return FV_START_SEARCH;
    fv_start start = start_of_field(sight, pos, last);
    if (start != FV_START_NONE)
        return start;
    return fv_event_is_start(sight, pos) ? FV_START_WINDOWS_EVENT : FV_START_NONE;
}

/* Whether the column of a table begins here that holds the text of an event of Schannel. Event
 * Viewer has it last: Schannel,36884,None,"The certificate received"; Export-Csv has it first. */
static bool is_schannel_column(const fv_sight *sight, size_t pos)
{
    fv_span before = {pos < SOURCE_BEFORE ? 0 : pos - SOURCE_BEFORE, pos};
    return fv_event_schannel_at(sight, pos) != 0 &&
           (fv_sight_find(sight, before, "Schannel") < pos ||
            fv_sight_has_within(sight, pos, SOURCE_AFTER, "\"Schannel\""));
}

fv_start fv_start_at(const fv_sight *sight, size_t pos, fv_header *last)
{
    if (!fv_sight_begins_word(sight, pos))
        return FV_START_NONE;
    if (is_quoted(sight, pos))
        return is_schannel_column(sight, pos) ? FV_START_WINDOWS_EVENT : FV_START_NONE;
    size_t number;
    char c = fv_ascii_lower(fv_sight_char(sight, pos));
    if (fv_ascii_is_digit(c))
        return start_of_digit(sight, pos);
    if (c == '<')
        return fv_event_is_provider(sight, pos, &number) ? FV_START_WINDOWS_EVENT : FV_START_NONE;
    if (c == '$')
        return fv_sight_match(sight, pos, "$$begin_record", NULL) ? FV_START_EDGE : FV_START_NONE;
    if (fv_printed_is_start(sight, pos))
        return FV_START_POWERSHELL;
    fv_start start = c == 't' ? start_of_letter_t(sight, pos) : FV_START_NONE;
    if (start != FV_START_NONE)
        return start;
    /* Shortcut: all that is left begins with a letter. */
    if (!fv_ascii_is_alpha(c))
        return FV_START_NONE;
    return start_of_other(sight, pos, last);
}
