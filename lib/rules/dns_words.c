/* Says in words why a look-up failed (its outcome, the server's answer, the Extended DNS Error) and
 * what is wrong with an SRV target. */
#include "fedval/name.h"
#include "model/dns_name.h"
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

const char *fv_rule_unknown_resolver(const fv_scene *scene, const fedval_fact *fact)
{
    uint32_t view = fedval_evidence_get_view(scene->input->evidence, 0);
    bool is_resolver = fedval_fact_get_source_kind(fact, 0) == FEDVAL_SOURCE_RESOLVER;
    return is_resolver && view == FEDVAL_VIEW_UNKNOWN ? fact->sources.text : NULL;
}

/* Whether `name` ends with ".zone.zone". */
static bool ends_twice(fv_text name, fv_text zone)
{
    fv_text rest = {name.data, name.len - zone.len};
    if (name.len < 2 * zone.len + 2 || !fv_text_ends_nocase(name, zone) ||
        rest.data[rest.len - 1] != '.')
        return false;
    rest.len--;
    return fv_text_ends_nocase(rest, zone) && rest.data[rest.len - zone.len - 1] == '.';
}

/* Whether `name` ends in a zone that `domain` lies in, written twice. */
static bool has_zone_twice(fv_text name, fv_text domain)
{
    for (;;) {
        const char *dot = memchr(domain.data, '.', domain.len);
        if (dot == NULL) { /* a single label is no zone of a company */
            return false;
        }
        if (ends_twice(name, domain))
            return true;
        domain.len -= (size_t)(dot + 1 - domain.data);
        domain.data = dot + 1;
    }
}

/* Says which slip in a zone file likely made the target; empty if none is known. */
static const char *target_slip(const fv_scene *scene, const fv_scene_target *target)
{
    fv_text name = fv_text_of(target->name);
    if (fv_dns_name_begins_with_address(name)) {
        return "; likely an address was written where a host name is wanted, and the zone put its "
               "own "
               "name behind it";
    }
    if (has_zone_twice(name, fv_text_of(scene->domain))) {
        return "; likely the final dot behind the target is missing in the zone, which then puts "
               "its "
               "own name behind it";
    }
    return "";
}

/* Appends "it lies under steven.lab only", of a target that shares a parent with the domain. */
static void append_parent(fv_buf *buf, const fv_scene *scene, fv_text target)
{
    const char *domain = scene->domain;
    uint32_t num_shared =
        fedval_name_count_shared_labels(domain, strlen(domain), target.data, target.len);
    size_t at = target.len;
    for (uint32_t labels = 0; at > 0; at--) {
        if (target.data[at - 1] == '.' && ++labels == num_shared)
            break;
    }
    fv_buf_append_text(buf, at == 0 ? "it is the parent domain " : "it lies under ");
    fv_buf_append(buf, target.data + at, target.len - at);
    fv_buf_append_text(buf, at == 0 ? "" : " only");
}

const char *fv_rule_target_relation(fv_rule_context *context)
{
    const fv_scene_target *target = context->target;
    fv_buf buf;
    fv_buf_init(&buf);
    if (target->srv_match == FEDVAL_SRV_MATCH_PARENT_OR_SIBLING)
        append_parent(&buf, context->scene, fv_text_of(target->name));
    else
        fv_buf_append_text(&buf, "it lies in another domain");
    fv_buf_append_text(&buf, target_slip(context->scene, target));
    return fv_rule_text(context, &buf);
}

const char *fv_rule_wanted_depth(fv_rule_context *context)
{
    fv_buf buf;
    fv_buf_init(&buf);
    fv_buf_append_text(&buf, "where one is wanted");
    fv_buf_append_text(&buf, target_slip(context->scene, context->target));
    return fv_rule_text(context, &buf);
}
