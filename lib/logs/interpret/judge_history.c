/* The search history: rows of its table, and the details of one search. */
#include "logs/interpret/draft.h"

#include <string.h>

/* Whether a column begins here: a line ended, and this is not the rest of an alias that was
 * broken. */
static bool begins_column(const fv_sight *sight, size_t pos)
{
    char c = sight->text[pos];
    return fv_ascii_is_upper(c) || c == '(' || c == '<' || fv_sight_match(sight, pos, "sip:", NULL);
}

/* Whether a word ends here. Columns are separated by blanks, by lines, or by the strokes of a
 * table. */
static bool ends_word(const fv_sight *sight, size_t pos)
{
    uint8_t gap = fv_sight_gap(sight, pos);
    if (sight->text[pos] == '|' || sight->text[pos - 1] == '|' || gap == FV_GAP_BLANK)
        return true;
    return gap >= FV_GAP_FOLD && (!fv_sight_is_wrapped(sight, pos) || begins_column(sight, pos));
}

static fv_span word_at(const fv_draft *draft, size_t from)
{
    size_t to = from + 1;
    while (to < draft->entry->span.to && !ends_word(draft->sight, to))
        to++;
    return (fv_span){from, to};
}

/* Returns the n-th word with an "@"; protocol and status have none. */
static fv_span alias_at(const fv_draft *draft, size_t n)
{
    fv_span row = draft->entry->span;
    fv_span word = {row.from, row.from};
    while (word.to < row.to) {
        word = word_at(draft, word.to);
        if (fv_sight_find(draft->sight, word, "@") < word.to && n-- == 0)
            return word;
    }
    return (fv_span){row.to, row.to};
}

/* Whether "504" is a status here, and not part of a number or the duration of the call. */
static bool has_status_504(const fv_draft *draft, fv_span text)
{
    const fv_sight *sight = draft->sight;
    for (size_t at = text.from; at < text.to; at++) {
        at = fv_sight_find(sight, (fv_span){at, text.to}, "504");
        if (at < text.to && !fv_ascii_is_digit(sight->text[at - 1]) &&
            !fv_ascii_is_digit(fv_sight_char(sight, at + 3)) &&
            !fv_sight_match(sight, at + 3, "second", NULL))
            return true;
    }
    return false;
}

static bool says_time_out(const fv_draft *draft, fv_span text)
{
    static const char *const words[] = {"Server time-out", "Server timeout", "Gateway time-out",
                                        "Gateway timeout"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (fv_sight_find(draft->sight, text, words[i]) < text.to)
            return true;
    }
    return has_status_504(draft, text);
}

static bool judge_search(fv_draft *draft, fv_span status, fv_span from, fv_span to)
{
    fedval_incident *incident = draft->incident;
    bool timed_out = says_time_out(draft, status);
    if (!timed_out && fv_sight_find(draft->sight, status, "Forbidden") == status.to)
        return false;
    incident->kind = FEDVAL_INCIDENT_KIND_SEARCH_HISTORY;
    fv_draft_read_party(draft, fv_sight_text(draft->sight, from), &incident->from);
    fv_draft_read_party(draft, fv_sight_text(draft->sight, to), &incident->to);
    incident->domain = incident->from.domain;
    incident->reported_code = timed_out ? "504" : "403";
    incident->reported_text = timed_out ? "Server time-out" : "Forbidden";
    incident->status = timed_out ? 504 : 403;
    incident->finding =
        timed_out ? FEDVAL_FINDING_CAUSE_NOT_IN_THIS_LOG : FEDVAL_FINDING_POLICY_REFUSED;
    incident->certainty = FEDVAL_CERTAINTY_UNDETERMINED;
    /* Who refused it is not in the table: the Expressway refuses strangers all day. */
    incident->is_related = timed_out;
    return true;
}

bool fv_judge_history(fv_draft *draft)
{
    fv_span from = alias_at(draft, 0);
    fv_span to = alias_at(draft, 1);
    return judge_search(draft, (fv_span){to.to, draft->entry->span.to}, from, to);
}

/* Returns the word after `label`, which must follow `part`. */
static fv_span value_after(const fv_draft *draft, const char *part, const char *label)
{
    fv_span rest = draft->entry->span;
    size_t value;
    rest.from = fv_sight_find(draft->sight, rest, part);
    rest.from = fv_sight_find(draft->sight, rest, label);
    if (rest.from >= rest.to || !fv_sight_match(draft->sight, rest.from, label, &value) ||
        value >= rest.to)
        return (fv_span){rest.to, rest.to};
    return word_at(draft, value);
}

/* "Reason: Server time-out", before the details of the parties. */
static fv_span read_reason(const fv_draft *draft)
{
    fv_span reason = value_after(draft, "State:", "Reason:");
    if (reason.from >= reason.to)
        return reason;
    fv_span rest = {reason.from, draft->entry->span.to};
    size_t end = fv_sight_find(draft->sight, rest, "Type:");
    size_t info = fv_sight_find(draft->sight, rest, "Info:");
    return (fv_span){reason.from, info < end ? info : end};
}

bool fv_judge_search(fv_draft *draft)
{
    fv_span reason = read_reason(draft);
    size_t source = fv_sight_find(draft->sight, draft->entry->span, "Source(");
    if (reason.from >= reason.to || reason.to > source)
        return false;
    fv_span from = value_after(draft, "Source(", "Value:");
    fv_span to = value_after(draft, "Destination(", "Value:");
    return judge_search(draft, reason, from, to);
}
