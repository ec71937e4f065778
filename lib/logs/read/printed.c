#include "logs/read/printed.h"

/* The call of a test cmdlet, or its name in front of an exception. PowerShell repeats the call
 * after a "+"; that copy does not count. */
static bool is_test_command(const fv_sight *sight, size_t pos)
{
    return fv_sight_match(sight, pos, "Test-Cs", NULL) &&
           (pos == 0 || sight->text[pos - 1] != '+') &&
           (fv_sight_has_within(sight, pos, 100, "-TargetFqdn") ||
            fv_sight_has_within(sight, pos, 200, "response was received from the network"));
}

/* The output of a test cmdlet: "ErrorCode=" after its label or at the beginning of a line. Prose
 * that quotes a code has neither. */
static bool is_diagnosis(const fv_sight *sight, size_t pos)
{
    size_t code = pos;
    if (!fv_sight_match(sight, pos, "Diagnosis:", &code) &&
        !fv_sight_match(sight, pos, "DiagnosticInformation=", &code) &&
        fv_sight_gap(sight, pos) < FV_GAP_FOLD)
        return false;
    if (!fv_sight_match(sight, code, "ErrorCode=", &code))
        return false;
    /* A translated page keeps only the first names in English. */
    size_t digits = fv_sight_count_digits(sight, code, 5);
    return digits > 0 && (fv_sight_has_within(sight, code, 200, "Reason=") ||
                          fv_sight_match(sight, code + digits, ",Source=", NULL));
}

/* "A 504 (Server time-out) response was received from the network" */
static bool is_exception(const fv_sight *sight, size_t pos)
{
    return fv_ascii_lower(sight->text[pos]) == 'a' &&
           fv_sight_count_digits(sight, pos + 1, 4) == 3 && fv_sight_char(sight, pos + 4) == '(' &&
           fv_sight_has_within(sight, pos, 100, ")response was received from the network");
}

bool fv_printed_is_start(const fv_sight *sight, size_t pos)
{
    switch (fv_ascii_lower(sight->text[pos])) {
    case 't':
        return fv_sight_match(sight, pos, "TargetFqdn:", NULL) || is_test_command(sight, pos);
    case 'a':
        return fv_sight_gap(sight, pos) != FV_GAP_NONE && is_exception(sight, pos);
    case 'd':
    case 'e':
        return fv_sight_gap(sight, pos) != FV_GAP_NONE && is_diagnosis(sight, pos);
    default:
        return false;
    }
}

/* A command without output so far: the next start is its output, unless it is another command. */
static bool awaits_output(const fv_sight *sight, const fv_entry *entry, size_t at)
{
    fv_span seen = {entry->span.from, at};
    return entry->num_fields == 0 && fv_sight_match(sight, entry->span.from, "Test-Cs", NULL) &&
           fv_sight_find(sight, seen, "response was received") == seen.to;
}

static bool find_error_code(const fv_sight *sight, fv_span span, fv_span *out)
{
    size_t number;
    size_t at = fv_sight_find(sight, span, "ErrorCode=");
    if (at == span.to || !fv_sight_match(sight, at, "ErrorCode=", &number))
        return false;
    *out = (fv_span){number, number + fv_sight_count_digits(sight, number, 7)};
    return true;
}

/* A page in two languages shows the same diagnosis twice. Only a different code begins another
 * entry. */
static bool has_other_code(const fv_sight *sight, const fv_entry *entry, size_t at)
{
    fv_span seen, here;
    return find_error_code(sight, (fv_span){entry->span.from, at}, &seen) &&
           find_error_code(sight, (fv_span){at, sight->len}, &here) &&
           !fv_text_equal(fv_sight_text(sight, seen), fv_sight_text(sight, here));
}

bool fv_printed_breaks(const fv_sight *sight, const fv_entry *entry, size_t at)
{
    if (entry->start != FV_START_POWERSHELL)
        return true;
    if (fv_ascii_lower(fv_sight_char(sight, at)) != 't')
        return has_other_code(sight, entry, at);
    size_t name = at;
    while (fv_ascii_is_alnum(fv_sight_char(sight, name)) || fv_sight_char(sight, name) == '-')
        name++;
    return !awaits_output(sight, entry, at) || fv_sight_char(sight, name) != ':';
}
