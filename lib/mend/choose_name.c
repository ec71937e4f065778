/* Chooses the name of a new SRV target: one label under the domain. */
#include "fedval/name.h"
#include "mend/mend.h"
#include "model/dns_name.h"

#include <string.h>

static bool is_under_domain(const fv_mend *mend, fv_text name)
{
    const char *domain = mend->now->scene.domain;
    return fedval_srv_match(domain, strlen(domain), name.data, name.len) == FEDVAL_SRV_MATCH_MATCH;
}

static fv_text dns_name_at(const fv_certificate *certificate, size_t index)
{
    const fv_general_name *name = &certificate->subject_alt_name.names.items[index];
    if (name->type != FV_GN_DNS)
        return (fv_text){NULL, 0};
    return (fv_text){(const char *)name->value.data, name->value.len};
}

/* Returns a name that the certificate holds already and that satisfies R2, so that it need not be
 * reissued. Empty: there is none. */
static fv_text fitting_name(const fv_mend *mend, const fv_scene_target *target)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fv_scene_presented *presented = &target->addresses[i].presented;
        const fv_certificate *certificate =
            target->addresses[i].has_presented ? presented->chain->certificates[0] : NULL;
        for (size_t k = 0; certificate != NULL && k < certificate->subject_alt_name.names.num_items;
             k++) {
            fv_text name = dns_name_at(certificate, k);
            if (is_under_domain(mend, name))
                return name;
        }
    }
    return (fv_text){NULL, 0};
}

/* Returns whether `name` is the domain itself or a domain above it. */
static bool is_above_domain(const fv_mend *mend, fv_text name)
{
    fv_text domain = fv_text_of(mend->now->scene.domain);
    return fv_text_ends_nocase(domain, name) &&
           (domain.len == name.len || domain.data[domain.len - name.len - 1] == '.');
}

/* Returns the left-most label of a host name with several labels. Empty: `name` is something else,
 * or is a domain rather than a host. */
static fv_text first_label(const fv_mend *mend, fv_text name)
{
    const char *dot = name.len > 0 ? memchr(name.data, '.', name.len) : NULL;
    if (dot == NULL || !fv_host_name_is_valid(name) || is_above_domain(mend, name) ||
        fv_dns_name_begins_with_address(name))
        return (fv_text){NULL, 0};
    return (fv_text){name.data, (size_t)(dot - name.data)};
}

static fv_text label_from_certificate(const fv_mend *mend, const fv_scene_target *target)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fv_certificate *certificate =
            target->addresses[i].has_presented
                ? target->addresses[i].presented.chain->certificates[0]
                : NULL;
        for (size_t k = 0; certificate != NULL && k < certificate->subject_alt_name.names.num_items;
             k++) {
            fv_text label = first_label(mend, dns_name_at(certificate, k));
            if (label.len > 0)
                return label;
        }
    }
    return (fv_text){NULL, 0};
}

/* Returns the label to use for the new host. The host of a provider suggests none. */
static fv_text label_for(const fv_mend *mend, const fv_scene_target *target)
{
    fv_text label = {NULL, 0};
    if (target == NULL || target->is_provider || target->is_of_cloud)
        return label;
    if (target->host != NULL)
        label = first_label(mend, fv_text_of(target->host));
    return label.len > 0 ? label : label_from_certificate(mend, target);
}

/* Returns whether the host is known not to exist. */
static bool is_absent(const fedval_evidence *evidence, const char *host)
{
    static const uint32_t types[] = {FEDVAL_TYPE_A, FEDVAL_TYPE_AAAA};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        const fedval_fact *fact =
            fv_evidence_find_dns(evidence, host, types[i], fv_evidence_judged_view(evidence));
        if (fact != NULL && fact->outcome == FEDVAL_OUTCOME_NXDOMAIN)
            return true;
    }
    return false;
}

/* Returns a host one label under the domain that the evidence knows, such as one whose certificate
 * was given. NULL: there is none. */
static const char *find_host(const fv_mend *mend)
{
    const fedval_evidence *evidence = mend->now->scene.input->evidence;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        const fedval_question *question = &fact->question;
        bool is_dns = question->kind == FEDVAL_QUESTION_DNS;
        bool is_address = question->type == FEDVAL_TYPE_A || question->type == FEDVAL_TYPE_AAAA;
        if (is_dns && (!is_address || question->address != NULL || fact->num_records == 0))
            continue;
        const char *host = is_dns ? question->name : question->host;
        if (host != NULL && is_under_domain(mend, fv_text_of(host)) && !is_absent(evidence, host) &&
            !fv_evidence_is_name_server(evidence, host))
            return host;
    }
    return NULL;
}

/* Returns the target, one label under the domain, of a record that is there under a wrong name,
 * such as _sipfederationtls.example.com. NULL: there is none. */
static const char *find_misplaced_target(const fv_mend *mend)
{
    const fedval_evidence *evidence = mend->now->scene.input->evidence;
    for (size_t i = 0; i < evidence->num_facts; i++) {
        const fedval_fact *fact = evidence->in_order[i];
        if (fact->question.kind != FEDVAL_QUESTION_DNS || fact->question.type != FEDVAL_TYPE_SRV ||
            fact->question.view != 0)
            continue;
        for (size_t k = 0; k < fact->num_records; k++) {
            const fv_record *record = &fact->records[k];
            if (record->type == FEDVAL_TYPE_SRV && is_under_domain(mend, fv_text_of(record->data)))
                return record->data;
        }
    }
    return NULL;
}

static const char *join_label(fv_mend *mend, fv_text label)
{
    const char *copy = fv_arena_copy_text(mend->arena, label.data, label.len);
    return copy != NULL ? FV_MEND_JOIN(mend, copy, ".", mend->now->scene.domain) : NULL;
}

const char *fv_mend_choose_name(fv_mend *mend, const fv_scene_target *target,
                                bool *out_is_to_choose)
{
    fv_text fitting = target != NULL ? fitting_name(mend, target) : (fv_text){NULL, 0};
    if (fitting.len > 0)
        return fv_arena_copy_text(mend->arena, fitting.data, fitting.len);
    fv_text label = label_for(mend, target);
    if (label.len > 0)
        return join_label(mend, label);
    const char *host = target == NULL ? find_misplaced_target(mend) : NULL;
    if (host == NULL)
        host = find_host(mend);
    if (host != NULL)
        return FV_MEND_JOIN(mend, host);
    *out_is_to_choose = true;
    return join_label(mend, fv_text_of(FV_MEND_HOST_TO_CHOOSE));
}
