/* Says in words why a look-up failed: its outcome, the server's answer, the Extended DNS Error. */
#include "rules/rule.h"

#include <string.h>

/* RFC 8914 section 4 and the IANA registry of Extended DNS Error codes. */
static const char *const ede_names[] = {
    "Other",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDOMAIN Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
};

static void append_ede(fv_buf *out, const fedval_fact *fact)
{
    fv_buf_append_text(out, "; EDE ");
    fv_buf_append_i64(out, fact->ede);
    if ((size_t)fact->ede < sizeof(ede_names) / sizeof(ede_names[0])) {
        fv_buf_append_text(out, ", ");
        fv_buf_append_text(out, ede_names[fact->ede]);
    }
    if (fact->ede_text != NULL) {
        fv_buf_append_text(out, ": ");
        fv_buf_append_text(out, fact->ede_text);
    }
}

const char *fv_rule_dns_outcome(fv_rule_context *context, const fedval_fact *fact)
{
    const char *word = fedval_outcome_to_string(fact->outcome);
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, word != NULL ? word : "no outcome");
    if (fact->detail != NULL) {
        fv_buf_append_text(&buf, ", ");
        fv_buf_append_text(&buf, fact->detail);
    }
    if (fact->ede >= 0)
        append_ede(&buf, fact);
    return fv_rule_text(context, &buf);
}

/* Nobody has said of such a resolver that it is not a public one. */
static bool has_answer_of_other_view(const fedval_evidence *evidence)
{
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_question *question = &evidence->in_order[i]->question;
        if (question->kind == FEDVAL_QUESTION_DNS && question->address == NULL &&
            fedval_evidence_get_view(evidence, question->view) != FEDVAL_VIEW_SYSTEM)
            return true;
    }
    return false;
}

bool fv_rule_asked_system_alone(const fv_scene *scene)
{
    const fedval_evidence *evidence = scene->input->evidence;
    for (uint32_t view = 1; view < evidence->num_views; view++) {
        if (evidence->views[view] == FEDVAL_VIEW_PUBLIC)
            return false;
    }
    return fedval_evidence_get_view(evidence, 0) == FEDVAL_VIEW_SYSTEM &&
           !has_answer_of_other_view(evidence);
}
