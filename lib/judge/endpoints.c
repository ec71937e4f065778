#include "judge/endpoints.h"

#include "base/calendar.h"
#include "judge/finding.h"
#include "judge/steps.h"
#include "trust/verifier.h"

#include <string.h>

/* The limits on the names of all certificates together, and on the bytes of one that are shown. */
#define MAX_NAME_SHOWN 1024

/* What all functions of this file share. */
typedef struct builder {
    const fv_scene *scene;
    fv_arena *arena;
    /* Has the index of the scene's chains. Each chain is described once: its certificate and its
     * paths. */
    fv_report_presented *chains;
    size_t num_path_findings; /* of all paths so far */
    size_t num_dns_names;     /* of all certificates so far */
} builder;

/* ---- certificates ---- */

/* A name can hold any bytes. Shows each that JSON or a terminal cannot take as "?". */
static const char *copy_shown(fv_arena *arena, fv_bytes name)
{
    if (name.len > MAX_NAME_SHOWN)
        name.len = MAX_NAME_SHOWN;
    char *copy = fv_arena_alloc(arena, name.len + 1);
    for (size_t i = 0; copy != NULL && i < name.len; i++)
        copy[i] = name.data[i] >= ' ' && name.data[i] < 0x7f ? (char)name.data[i] : '?';
    return copy;
}

/* Copies the most specific Common Name: the last one of the name. Shows control characters as
 * "?". */
static bool copy_common_name(fv_arena *arena, const fv_certificate *from, const char **out)
{
    if (from == NULL || from->subject.num_common_names == 0)
        return true;
    fv_text name = from->subject.common_names[from->subject.num_common_names - 1];
    char *copy = fv_arena_copy_excerpt(arena, name, MAX_NAME_SHOWN);
    for (size_t i = 0; copy != NULL && copy[i] != '\0'; i++)
        copy[i] = (unsigned char)copy[i] < ' ' || copy[i] == 0x7f ? '?' : copy[i];
    *out = copy;
    return copy != NULL;
}

static fedval_status add_dns_names(builder *b, const fv_certificate *from,
                                   fv_report_certificate *out)
{
    const fv_general_names *names = &from->subject_alt_name.names;
    out->dns_names = fv_arena_alloc_array(b->arena, names->num_items, sizeof(*out->dns_names));
    if (out->dns_names == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < names->num_items; i++) {
        if (names->items[i].type != FV_GN_DNS)
            continue;
        if (out->num_dns_names == FV_REPORT_MAX_DNS_NAMES ||
            b->num_dns_names == FV_REPORT_MAX_DNS_NAMES_OF_ALL) {
            out->num_dns_names_left_out++;
            continue;
        }
        const char *copy = copy_shown(b->arena, names->items[i].value);
        if (copy == NULL)
            return FEDVAL_ERROR_NO_MEMORY;
        out->dns_names[out->num_dns_names++] = copy;
        b->num_dns_names++;
    }
    return FEDVAL_OK;
}

/* Keeps the bytes of a certificate and its Common Name. `from` NULL: the bytes are no certificate.
 * False: memory is short. */
static bool keep(const builder *b, const fv_certificate *from, fv_bytes der,
                 fv_report_certificate *to)
{
    fv_kept_certificate *kept = fv_kept_add(b->scene->kept, b->arena, der);
    if (kept == NULL)
        return false;
    if (!kept->has_name && !copy_common_name(b->arena, from, &kept->common_name))
        return false;
    kept->has_name = true;
    to->kept = kept;
    to->common_name = kept->common_name;
    return true;
}

static fedval_status describe_certificate(builder *b, const fv_scene_chain *chain,
                                          fv_report_certificate **out)
{
    const fv_certificate *from = chain->certificates[0];
    fv_report_certificate *to = fv_arena_alloc(b->arena, sizeof(*to));
    if (to == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    to->role = chain->role;
    to->subject = chain->name;
    to->subject_kind = chain->name_kind;
    to->not_before = to->not_after = FV_TIME_UNKNOWN;
    *out = to;
    if (from != NULL) {
        to->not_before = from->not_before.seconds;
        to->not_after = from->not_after.seconds;
        fedval_status status = add_dns_names(b, from, to);
        if (status != FEDVAL_OK)
            return status;
    }
    return keep(b, from, chain->fact->chain[0], to) ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
}

/* ---- paths ---- */

static bool describe_rung(builder *b, const fv_trust_rung *rung, fv_report_certificate *to)
{
    const fv_certificate *from = rung->certificate;
    to->subject = rung->name;
    to->subject_kind = from != NULL ? fv_certificate_name_kind(from) : (uint32_t)FV_VALUE_WORDS;
    to->revocation = rung->revocation;
    to->not_before = to->not_after = FV_TIME_UNKNOWN;
    if (from == NULL)
        return true;
    to->not_before = from->not_before.seconds;
    to->not_after = from->not_after.seconds;
    return keep(b, from, from->der, to);
}

/* Marks each certificate of a path by the worst that the path finds of it. */
static void mark_rungs(fv_report_path *path)
{
    for (size_t i = 0; i < path->num_certificates; i++) {
        uint32_t worst = 0;
        for (size_t k = 0; k < path->num_findings; k++) {
            uint32_t severity = path->findings[k].remark.severity;
            worst = path->rungs[k] == i && severity > worst ? severity : worst;
        }
        bool is_open = worst <= FEDVAL_SEVERITY_NOTE && !path->accepted;
        path->certificates[i].mark =
            is_open ? (uint32_t)FEDVAL_MARK_NOT_JUDGED : fv_steps_mark_of(worst);
    }
}

static fedval_status describe_path(builder *b, const fv_trust_path *from, fv_report_path *to)
{
    size_t num_findings = from->remarks.num_items;
    size_t room = (size_t)b->scene->input->policy->limits.findings - b->num_path_findings;
    if (num_findings > room) {
        to->num_findings_left_out = num_findings - room;
        num_findings = room;
    }
    b->num_path_findings += num_findings;
    to->accepted = from->accepted;
    fv_report_certificate *certificates =
        fv_arena_alloc_array(b->arena, from->num_rungs, sizeof(*certificates));
    fedval_finding *findings = fv_arena_alloc_array(b->arena, num_findings, sizeof(*findings));
    fv_finding_texts *texts = fv_arena_alloc_array(b->arena, num_findings, sizeof(*texts));
    size_t *rungs = fv_arena_alloc_array(b->arena, num_findings, sizeof(*rungs));
    if (certificates == NULL || findings == NULL || texts == NULL || rungs == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; i < from->num_rungs; i++) {
        if (!describe_rung(b, &from->rungs[i], &certificates[i]))
            return FEDVAL_ERROR_NO_MEMORY;
    }
    for (size_t i = 0; i < num_findings; i++) {
        fv_remark remark = from->remarks.items[i].remark;
        if (remark.severity == 0)
            remark.severity = fv_severity_of(b->scene->input, remark.code);
        rungs[i] = from->remarks.items[i].rung;
        if (!fv_finding_fill(b->scene, &remark, &texts[i], &findings[i]))
            return FEDVAL_ERROR_NO_MEMORY;
    }
    to->certificates = certificates;
    to->num_certificates = from->num_rungs;
    to->findings = findings;
    to->num_findings = num_findings;
    to->rungs = rungs;
    mark_rungs(to);
    return FEDVAL_OK;
}

static fedval_status describe_chain(builder *b, const fv_scene_chain *chain,
                                    fv_report_presented *out)
{
    const fv_trust_result *trust = &chain->trust;
    out->trust = trust->trust;
    out->paths = fv_arena_alloc_array(b->arena, trust->num_paths, sizeof(*out->paths));
    if (out->paths == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    out->num_paths = trust->num_paths;
    fedval_status status = describe_certificate(b, chain, &out->certificate);
    for (size_t i = 0; status == FEDVAL_OK && i < trust->num_paths; i++)
        status = describe_path(b, &trust->paths[i], &out->paths[i]);
    return status;
}

fedval_status fv_endpoints_describe_chain(const fv_scene *scene, const fv_scene_chain *chain,
                                          fv_report_presented *out)
{
    builder b = {.scene = scene, .arena = scene->arena};
    return describe_chain(&b, chain, out);
}

static fedval_status describe_chains(builder *b)
{
    size_t count = b->scene->num_chains;
    b->chains = fv_arena_alloc_array(b->arena, count, sizeof(*b->chains));
    fedval_status status = b->chains != NULL ? FEDVAL_OK : FEDVAL_ERROR_NO_MEMORY;
    for (size_t i = 0; status == FEDVAL_OK && i < count; i++)
        status = describe_chain(b, b->scene->chains[i], &b->chains[i]);
    return status;
}

/* The outcome tells where a chain is from: a file that was given in place of a probe has one of its
 * own. */
static uint32_t origin_of(const fedval_fact *fact)
{
    return fact->outcome == FEDVAL_OUTCOME_NOT_PROBED ? FEDVAL_ORIGIN_FILE
           : fact->outcome == 0                       ? FEDVAL_ORIGIN_EVIDENCE
                                                      : FEDVAL_ORIGIN_PROBE;
}

static fv_report_presented describe_presented(const builder *b, const fv_scene_presented *from,
                                              const fedval_fact *fact)
{
    fv_report_presented to = {0};
    for (size_t i = 0; i < b->scene->num_chains; i++) {
        if (b->scene->chains[i] == from->chain)
            to = b->chains[i];
    }
    to.name_match = from->name_match;
    to.origin = origin_of(fact);
    return to;
}

/* ---- targets ---- */

static const char *copy(fv_arena *arena, const char *text, bool *ok)
{
    if (text == NULL)
        return NULL;
    const char *copied = fv_arena_copy_text(arena, text, strlen(text));
    *ok &= copied != NULL;
    return copied;
}

static bool describe_address(const builder *b, const fv_scene_address *from, fv_report_address *to)
{
    bool ok = true;
    const fedval_fact *probe = from->probe;
    to->address = from->text;
    to->not_public = from->not_public;
    to->is_allowed = from->not_public != NULL && b->scene->input->policy->allow_private != 0;
    to->is_up = fv_probe_is_up(probe);
    to->alert = -1;
    if (probe != NULL) {
        to->probe = probe->outcome;
        ok = fv_fact_sources_copy(b->arena, &probe->sources, &to->probe_sources);
        to->tls_version = copy(b->arena, probe->tls_version, &ok);
        to->alert = probe->alert;
        to->client_certificate = probe->client_certificate;
    }
    if (from->has_presented)
        to->presented = describe_presented(b, &from->presented, probe);
    return ok;
}

/* Folds the outcomes of A and AAAA: the answer if one has it; else the failure; else that there is
 * no address. 0: neither was asked. */
static uint32_t address_outcome(const fv_scene_target *target)
{
    const fedval_fact *facts[] = {target->a, target->aaaa};
    uint32_t outcome = 0;
    for (size_t i = 0; i < 2; i++) {
        if (facts[i] == NULL)
            continue;
        if (facts[i]->outcome == FEDVAL_OUTCOME_ANSWER)
            return FEDVAL_OUTCOME_ANSWER;
        bool is_none = facts[i]->outcome == FEDVAL_OUTCOME_NODATA ||
                       facts[i]->outcome == FEDVAL_OUTCOME_NXDOMAIN;
        if (outcome == 0 || !is_none)
            outcome = facts[i]->outcome;
    }
    return outcome;
}

/* Returns the first address of the target that presents the same chain, counted from 1. 0: this
 * address is the first, or presents none. */
static uint32_t find_same(const fv_scene_target *target, size_t index)
{
    const fv_scene_address *address = &target->addresses[index];
    for (size_t i = 0; address->is_repeated && i < index; i++) {
        if (target->addresses[i].has_presented &&
            target->addresses[i].presented.chain == address->presented.chain)
            return (uint32_t)i + 1;
    }
    return 0;
}

static fedval_status describe_target(const builder *b, const fv_scene_target *from,
                                     fv_report_endpoint *to)
{
    *to = (fv_report_endpoint){
        .target = from->name,
        .port = from->port,
        .priority = from->priority,
        .weight = from->weight,
        .ttl = from->ttl,
        .rank = from->rank,
        .srv_match = from->srv_match,
        .is_provider = from->is_provider,
        .from_policy = from->from_policy,
        .address_outcome = address_outcome(from),
    };
    to->addresses = fv_arena_alloc_array(b->arena, from->num_addresses, sizeof(*to->addresses));
    if (to->addresses == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    to->num_addresses = from->num_addresses;
    for (size_t i = 0; i < from->num_addresses; i++) {
        if (!describe_address(b, &from->addresses[i], &to->addresses[i]))
            return FEDVAL_ERROR_NO_MEMORY;
        to->addresses[i].same_as = find_same(from, i);
    }
    return FEDVAL_OK;
}

/* The texts of the scene live in the report's arena. Those of the facts are copied, since the
 * report outlives its evidence. */
fedval_status fv_endpoints_from(const fv_judgement *judgement, fedval_report *report)
{
    const fv_scene *scene = &judgement->scene;
    builder b = {.scene = scene, .arena = &report->arena};
    fedval_status status = describe_chains(&b);
    if (status != FEDVAL_OK)
        return status;
    report->endpoints =
        fv_arena_alloc_array(b.arena, scene->num_targets, sizeof(*report->endpoints));
    if (report->endpoints == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    report->num_endpoints = scene->num_targets;
    for (size_t i = 0; status == FEDVAL_OK && i < scene->num_targets; i++)
        status = describe_target(&b, &scene->targets[i], &report->endpoints[i]);
    if (scene->has_client)
        report->client = describe_presented(&b, &scene->client, scene->client.chain->fact);
    return status;
}
