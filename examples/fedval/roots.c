#include "roots.h"

#include <fedval/catalogue.h>
#include <fedval/policy.h>
#include <fedval/trust.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether the finding decides, and another root or --allow-private could mend it. */
static bool hangs_on_options(const fedval_finding *finding)
{
    uint32_t severity = fedval_finding_get_severity(finding);
    uint32_t code = fedval_finding_get_code(finding);
    uint32_t hint = fedval_catalogue_entry_get_hint(fedval_catalogue_find(code));
    return (severity == FEDVAL_SEVERITY_ERROR || severity == FEDVAL_SEVERITY_INDETERMINATE) &&
           fedval_finding_get_acceptance(finding) != FEDVAL_ACCEPTANCE_IN_FORCE &&
           (hint == FEDVAL_HINT_GIVE_ROOT || hint == FEDVAL_HINT_ALLOW_PRIVATE);
}

static uint32_t first_of(const fedval_report *report)
{
    for (size_t i = 0; i < fedval_report_count_findings(report); i++) {
        const fedval_finding *finding = fedval_report_get_finding(report, i);
        if (hangs_on_options(finding))
            return fedval_finding_get_code(finding);
    }
    return 0;
}

void roots_note(cmd_roots *roots, const fedval_report *report)
{
    uint32_t finding = first_of(report);
    if (finding == 0)
        return;
    roots->num_domains++;
    if (roots->domain != NULL)
        return;
    roots->domain = strdup(fedval_report_get_domain(report));
    roots->finding = finding;
    roots->num_public = fedval_report_get_num_anchors(report, FEDVAL_ANCHOR_PUBLIC);
    roots->num_private = fedval_report_get_num_anchors(report, FEDVAL_ANCHOR_PRIVATE);
}

void roots_tell(const cmd_roots *roots)
{
    if (roots->domain == NULL)
        return;
    char others[48] = "";
    if (roots->num_domains > 1)
        snprintf(others, sizeof(others), " (%zu more like it)", roots->num_domains - 1);
    fprintf(stderr,
            "fedval: judged anew with %zu public and %zu private roots:\n"
            "  %s decides%s for %s\n"
            "  Evidence holds neither roots nor options: give those\n"
            "  that the check had; try --trust FILE, --allow-private\n",
            roots->num_public, roots->num_private, fedval_finding_code_to_string(roots->finding),
            others, roots->domain);
}

void roots_clear(cmd_roots *roots)
{
    free(roots->domain);
    *roots = (cmd_roots){0};
}
