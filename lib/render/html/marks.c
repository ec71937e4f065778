/* The looks of verdicts, steps and findings. */
#include "fedval/catalogue.h"
#include "render/html/parts.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const fv_html_look *fv_html_verdict_look(uint32_t verdict)
{
    static const fv_html_look looks[] = {
        [0] = {"none", "none", "unknown"},
        [FEDVAL_VERDICT_PASS] = {"pass", "sound", "pass"},
        [FEDVAL_VERDICT_FAIL] = {"fail", "broken", "fail"},
        [FEDVAL_VERDICT_INDETERMINATE] = {"indeterminate", "open", "indeterminate"},
        [FEDVAL_VERDICT_NOT_CHECKED] = {"none", "none", "not checked"},
    };
    return &looks[verdict < COUNT(looks) ? verdict : 0];
}

const fv_html_look *fv_html_mark_look(uint32_t mark)
{
    static const fv_html_look looks[] = {
        [0] = {"none", "none", ""},
        [FEDVAL_MARK_SOUND] = {"sound", "sound", "ok"},
        [FEDVAL_MARK_WARNING] = {"warning", "warning", "warning"},
        [FEDVAL_MARK_OPEN] = {"open", "open", "open"},
        [FEDVAL_MARK_BROKEN] = {"broken", "broken", "broken"},
        [FEDVAL_MARK_NOT_JUDGED] = {"none", "none", "not judged"},
        [FEDVAL_MARK_NOT_ASKED] = {"none", "none", "not looked at"},
    };
    return &looks[mark < COUNT(looks) ? mark : 0];
}

const fv_html_look *fv_html_severity_look(uint32_t severity)
{
    static const fv_html_look looks[] = {
        [0] = {"note", "none", ""},
        [FEDVAL_SEVERITY_NOTE] = {"note", "none", "note"},
        [FEDVAL_SEVERITY_WARNING] = {"warning", "warning", "warning"},
        [FEDVAL_SEVERITY_INDETERMINATE] = {"indeterminate", "open", "indeterminate"},
        [FEDVAL_SEVERITY_ERROR] = {"error", "broken", "error"},
    };
    return &looks[severity < COUNT(looks) ? severity : 0];
}

void fv_html_icon(fv_html *out, const fv_html_look *look)
{
    fv_html_raw(out, "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#fv-");
    fv_html_raw(out, look->symbol);
    fv_html_raw(out, "\"/></svg>");
}

void fv_html_open(fv_html *out, const char *before, const fv_html_look *look, const char *after)
{
    fv_html_raw(out, before);
    fv_html_raw(out, look->class);
    fv_html_raw(out, after);
}

void fv_html_tag(fv_html *out, const fv_html_look *look)
{
    fv_html_open(out, "<span class=\"tag ", look, "\">");
    fv_html_icon(out, look);
    fv_html_raw(out, look->word);
    fv_html_raw(out, "</span>");
}
