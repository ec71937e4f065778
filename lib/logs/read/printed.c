#include "logs/read/printed.h"

/* A test cmdlet as it was called, or in front of its exception; the exception repeats the call
 * after a plus sign. */
static bool is_test_command(const fv_view *view, size_t pos)
{
    return fv_view_match(view, pos, "Test-Cs", NULL) && (pos == 0 || view->text[pos - 1] != '+') &&
           (fv_view_has_within(view, pos, 100, "-TargetFqdn") ||
            fv_view_has_within(view, pos, 200, "response was received from the network"));
}

/* What a test cmdlet printed: the label, or the beginning of a line, before the code. In prose
 * neither stands there. */
static bool is_diagnosis(const fv_view *view, size_t pos)
{
    size_t code = pos;
    if (!fv_view_match(view, pos, "Diagnosis:", &code) &&
        !fv_view_match(view, pos, "DiagnosticInformation=", &code) &&
        fv_view_gap(view, pos) < FV_GAP_FOLD)
        return false;
    return fv_view_match(view, code, "ErrorCode=", &code) &&
           fv_view_count_digits(view, code, 5) > 0 &&
           fv_view_has_within(view, code, 200, "Reason=");
}

/* "A 504 (Server time-out) response was received from the network" */
static bool is_exception(const fv_view *view, size_t pos)
{
    return fv_ascii_lower(view->text[pos]) == 'a' && fv_view_count_digits(view, pos + 1, 4) == 3 &&
           fv_view_char(view, pos + 4) == '(' &&
           fv_view_has_within(view, pos, 100, ")response was received from the network");
}

bool fv_printed_is_start(const fv_view *view, size_t pos)
{
    switch (fv_ascii_lower(view->text[pos])) {
    case 't':
        return fv_view_match(view, pos, "TargetFqdn:", NULL) || is_test_command(view, pos);
    case 'a':
        return fv_view_gap(view, pos) != FV_GAP_NONE && is_exception(view, pos);
    case 'd':
    case 'e':
        return fv_view_gap(view, pos) != FV_GAP_NONE && is_diagnosis(view, pos);
    default:
        return false;
    }
}

/* A command that nothing was printed for yet: what follows is its output, unless it is another
 * command. */
static bool awaits_output(const fv_view *view, const fv_record *record, size_t at)
{
    fv_span seen = {record->span.from, at};
    return record->num_fields == 0 && fv_view_match(view, record->span.from, "Test-Cs", NULL) &&
           fv_view_find(view, seen, "response was received") == seen.to;
}

static bool find_error_code(const fv_view *view, fv_span span, fv_span *out)
{
    size_t number;
    size_t at = fv_view_find(view, span, "ErrorCode=");
    if (at == span.to || !fv_view_match(view, at, "ErrorCode=", &number))
        return false;
    *out = (fv_span){number, number + fv_view_count_digits(view, number, 7)};
    return true;
}

/* The same diagnosis stands twice where a page is shown in two languages. */
static bool has_other_code(const fv_view *view, const fv_record *record, size_t at)
{
    fv_span seen, here;
    return find_error_code(view, (fv_span){record->span.from, at}, &seen) &&
           find_error_code(view, (fv_span){at, view->len}, &here) &&
           !fv_text_equal(fv_view_text(view, seen), fv_view_text(view, here));
}

bool fv_printed_breaks(const fv_view *view, const fv_record *record, size_t at)
{
    if (record->start != FV_START_POWERSHELL)
        return true;
    if (fv_ascii_lower(fv_view_char(view, at)) != 't')
        return has_other_code(view, record, at);
    size_t name = at;
    while (fv_ascii_is_alnum(fv_view_char(view, name)) || fv_view_char(view, name) == '-')
        name++;
    return !awaits_output(view, record, at) || fv_view_char(view, name) != ':';
}
