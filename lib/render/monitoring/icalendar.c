/* Timelines as one iCalendar file (RFC 5545): an event (VEVENT) for each milestone, with an
 * identifier that stays the same from run to run, so that a calendar that reads the file again has
 * each event once. */
#include "base/buf.h"
#include "base/calendar.h"
#include "base/sha256.h"
#include "drift/timeline.h"
#include "fedval/render.h"

#include <string.h>

/* RFC 5545 3.1: "Lines of text SHOULD NOT be longer than 75 octets, excluding the line break." */
#define MAX_OCTETS 75

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Appends one content line, folded where it is long (RFC 5545 3.1): the rest follows after CRLF and
 * a blank, and the blank counts for the length of its line. A character of several bytes is never
 * cut in two. */
static void put_line(fv_buf *buf, const char *text)
{
    size_t len = strlen(text), most = MAX_OCTETS;
    while (len > most) {
        size_t cut = most;
        while (cut > 1 && is_continuation(text[cut]))
            cut--;
        fv_buf_append(buf, text, cut);
        fv_buf_append_text(buf, "\r\n ");
        text += cut;
        len -= cut;
        most = MAX_OCTETS - 1;
    }
    fv_buf_append(buf, text, len);
    fv_buf_append_text(buf, "\r\n");
}

/* RFC 5545 3.3.11: backslash, semicolon and comma are escaped, a line break is "\n". */
static void append_escaped(fv_buf *buf, const char *text)
{
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '\n')
            fv_buf_append_text(buf, "\\n");
        else if ((unsigned char)*text < ' ' || *text == 0x7f)
            fv_buf_append_char(buf, '?');
        else if (*text == '\\' || *text == ';' || *text == ',')
            fv_buf_append(buf, (const char[]){'\\', *text}, 2);
        else
            fv_buf_append_char(buf, *text);
    }
}

/* Puts what `line` holds, and empties it. */
static void finish_line(fv_buf *buf, fv_buf *line)
{
    buf->failed = buf->failed || line->failed;
    if (!buf->failed && line->len > 0)
        put_line(buf, line->data);
    fv_buf_clear(line);
    fv_buf_init(line);
}

/* "20270301T000001Z" */
static void append_time(fv_buf *buf, int64_t time)
{
    char text[FV_CALENDAR_TEXT_SIZE];
    fv_calendar_format(time, text);
    for (const char *c = text; *c != '\0'; c++) {
        if (*c != '-' && *c != ':')
            fv_buf_append_char(buf, *c);
    }
}

static void put_time(fv_buf *buf, const char *name, int64_t time)
{
    fv_buf line;
    fv_buf_init(&line);
    fv_buf_append_text(&line, name);
    append_time(&line, time);
    finish_line(buf, &line);
}

/* ---- milestones ---- */

static const fv_milestone_finding *first_new(const fedval_milestone *milestone)
{
    for (size_t i = 0; i < milestone->num_findings; i++) {
        if (milestone->findings[i].is_new)
            return &milestone->findings[i];
    }
    return milestone->num_findings > 0 ? &milestone->findings[0] : NULL;
}

/* The digest of what makes the milestone what it is: its domain, profile, time and kind. */
static void put_uid(fv_buf *buf, const fedval_timeline *timeline, const fedval_milestone *milestone)
{
    fv_buf key, line;
    uint8_t digest[32];
    fv_buf_init(&key);
    fv_buf_init(&line);
    fv_buf_append_text(&key, timeline->domain);
    fv_buf_append_char(&key, ' ');
    fv_buf_append_text(&key, fedval_profile_to_string(timeline->profile));
    fv_buf_append_char(&key, ' ');
    fv_buf_append_i64(&key, milestone->time);
    fv_buf_append_char(&key, ' ');
    fv_buf_append_text(&key, fedval_milestone_to_string(milestone->kind));
    if (milestone->kind == FEDVAL_MILESTONE_RULE)
        fv_buf_append_u64(&key, milestone->rule);
    fv_sha256((fv_bytes){(const uint8_t *)key.data, key.len}, digest);
    fv_buf_append_text(&line, "UID:");
    fv_buf_append_hex(&line, (fv_bytes){digest, 16});
    fv_buf_append_text(&line, "@fedval");
    buf->failed = buf->failed || key.failed;
    fv_buf_clear(&key);
    finish_line(buf, &line);
}

static void put_summary(fv_buf *buf, const fedval_timeline *timeline,
                        const fedval_milestone *milestone)
{
    const fv_milestone_finding *first = first_new(milestone);
    fv_buf line;
    fv_buf_init(&line);
    fv_buf_append_text(&line, "SUMMARY:");
    append_escaped(&line, timeline->domain);
    fv_buf_append_text(&line, ": ");
    if (milestone->kind == FEDVAL_MILESTONE_RULE) {
        append_escaped(&line, milestone->text);
    } else {
        append_escaped(&line, fedval_verdict_to_string(milestone->verdict));
        if (first != NULL) {
            fv_buf_append_text(&line, first->is_new ? "\\, " : "\\, no more ");
            append_escaped(&line, fedval_finding_code_to_string(first->code));
        }
    }
    finish_line(buf, &line);
}

static void put_description(fv_buf *buf, const fedval_timeline *timeline,
                            const fedval_milestone *milestone)
{
    fv_buf line;
    fv_buf_init(&line);
    fv_buf_append_text(&line, "DESCRIPTION:");
    append_escaped(&line, milestone->text);
    for (size_t i = 0; i < milestone->num_findings; i++) {
        const fv_milestone_finding *finding = &milestone->findings[i];
        fv_buf_append_text(&line, i > 0 ? "\\n" : "");
        fv_buf_append_text(&line, finding->is_new ? "" : "no more: ");
        append_escaped(&line, fedval_finding_code_to_string(finding->code));
        fv_buf_append_text(&line, ": ");
        append_escaped(&line, finding->message);
        fv_buf_append_text(&line, finding->is_accepted ? " (accepted)" : "");
    }
    if (timeline->source != NULL) {
        fv_buf_append_text(&line, "\\nfrom ");
        append_escaped(&line, timeline->source);
    }
    finish_line(buf, &line);
}

static void put_milestone(fv_buf *buf, const fedval_timeline *timeline,
                          const fedval_milestone *milestone)
{
    put_line(buf, "BEGIN:VEVENT");
    put_uid(buf, timeline, milestone);
    put_time(buf, "DTSTAMP:", timeline->from);
    put_time(buf, "DTSTART:", milestone->time);
    put_summary(buf, timeline, milestone);
    put_description(buf, timeline, milestone);
    put_line(buf, "TRANSP:TRANSPARENT");
    put_line(buf, "END:VEVENT");
}

/* RFC 5545 3.6: "An iCalendar object MUST include [...] at least one calendar component." */
static void put_no_event(fv_buf *buf)
{
    static const char *const lines[] = {
        "BEGIN:VTIMEZONE",    "TZID:UTC",         "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD",   "END:VTIMEZONE"};
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        put_line(buf, lines[i]);
}

static void put_calendar(fv_buf *buf, const fedval_timeline *const *timelines, size_t num_timelines)
{
    size_t num_milestones = 0;
    put_line(buf, "BEGIN:VCALENDAR");
    put_line(buf, "VERSION:2.0");
    put_line(buf, "PRODID:-//libfedval//fedval//EN");
    for (size_t i = 0; i < num_timelines; i++) {
        for (size_t k = 0; k < timelines[i]->num_milestones; k++)
            put_milestone(buf, timelines[i], &timelines[i]->milestones[k]);
        num_milestones += timelines[i]->num_milestones;
    }
    if (num_milestones == 0)
        put_no_event(buf);
    put_line(buf, "END:VCALENDAR");
}

fedval_status fedval_timelines_to_icalendar(const fedval_timeline *const *timelines,
                                            size_t num_timelines, char **out_text, size_t *out_len)
{
    fv_buf buf;
    if ((timelines == NULL && num_timelines > 0) || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    for (size_t i = 0; i < num_timelines; i++) {
        if (timelines[i] == NULL)
            return FEDVAL_ERROR_ARGUMENT;
    }
    fv_buf_init(&buf);
    put_calendar(&buf, timelines, num_timelines);
    return fv_buf_hand_over(&buf, out_text, out_len);
}
