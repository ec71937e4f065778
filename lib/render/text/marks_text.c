/* Which mark a step of the path gets: the worst of the findings that belong to it. */
#include "fedval/evidence.h"
#include "render/text/report_text.h"

#include <string.h>

/* The fault of a standby counts at its own step, as the warning that it is. */
static uint32_t family_of(const fv_statement *s)
{
    uint32_t code;
    if (s->finding.code != FEDVAL_FINDING_SRV_STANDBY_FAULTY)
        return s->entry->family;
    for (size_t i = 0; i < s->finding.num_params; i++) {
        const fv_param *param = &s->finding.params[i];
        if (strcmp(param->key, "code") == 0 && param->value != NULL &&
            fedval_finding_code_from_string(param->value, FEDVAL_NUL_ENDED, &code) == FEDVAL_OK)
            return fedval_catalogue_find(code)->family;
    }
    return s->entry->family;
}

/* What has no target concerns the SRV record itself, whatever its target. */
static bool is_at(const fv_where *where, const char *target, const char *address)
{
    if (where->role == FEDVAL_ROLE_CLIENT)
        return false;
    if (where->target == NULL)
        return where->address == NULL;
    if (target == NULL || !fv_text_equal_nocase(fv_text_of(where->target), fv_text_of(target)))
        return false;
    return where->address == NULL || (address != NULL && strcmp(where->address, address) == 0);
}

uint32_t fv_text_worst(const fedval_report *report, uint32_t families, const char *target,
                       const char *address)
{
    uint32_t worst = 0;
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_statement *s = &report->findings[i];
        if ((families >> family_of(s) & 1u) != 0 && is_at(&s->finding.where, target, address) &&
            s->finding.severity > worst)
            worst = s->finding.severity;
    }
    return worst;
}

uint32_t fv_text_worst_of_client(const fedval_report *report, uint32_t families)
{
    uint32_t worst = 0;
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_statement *s = &report->findings[i];
        if (s->finding.where.role == FEDVAL_ROLE_CLIENT &&
            (families >> s->entry->family & 1u) != 0 && s->finding.severity > worst)
            worst = s->finding.severity;
    }
    return worst;
}

bool fv_text_has_finding(const fedval_report *report, uint32_t code, const char *target,
                         const char *address)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        const fv_finding *finding = &report->findings[i].finding;
        if (finding->code == code && is_at(&finding->where, target, address))
            return true;
    }
    return false;
}

void fv_text_mark(fv_out *out, uint32_t severity)
{
    static const struct {
        const char *text;
        enum fv_style style;
    } marks[] = {
        [0] = {"ok", FV_GREEN},
        [FEDVAL_SEVERITY_NOTE] = {"ok", FV_GREEN},
        [FEDVAL_SEVERITY_WARNING] = {"!", FV_YELLOW},
        [FEDVAL_SEVERITY_INDETERMINATE] = {"?", FV_YELLOW},
        [FEDVAL_SEVERITY_ERROR] = {"X", FV_RED},
    };
    fv_out_styled(out, marks[severity].style, marks[severity].text);
    fv_out_pad(out, FV_TEXT_VALUE_COLUMN);
}

void fv_text_no_mark(fv_out *out)
{
    fv_out_styled(out, FV_DIM, "--");
    fv_out_pad(out, FV_TEXT_VALUE_COLUMN);
}

void fv_text_begin_step(fv_out *out, const char *name)
{
    fv_out_text(out, "  ");
    fv_out_text(out, name);
    fv_out_pad(out, FV_TEXT_MARK_COLUMN);
}
