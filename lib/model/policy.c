#include "model/policy.h"

#include "base/calendar.h"
#include "base/sip_tls.h"
#include "fedval/evidence.h"

#include <stdlib.h>
#include <string.h>

/* ---- the numbers ---- */

#define LIMIT_MAX INT64_C(1000000000)

#define AT(member) offsetof(fedval_policy, member)
#define NUMBER(member, least, most) AT(member), FV_POLICY_NUMBER, least, most, NULL
#define FLAG(member) AT(member), FV_POLICY_FLAG, 0, 1, NULL
#define ONE_OF(member, words) AT(member), FV_POLICY_WORDS, 0, 0, &(words)

const fv_policy_field fv_policy_numbers[] = {
    {FEDVAL_POLICY_SIDE, "side", ONE_OF(side, fv_side_words)},
    {FEDVAL_POLICY_SCOPE, "scope", ONE_OF(scope, fv_scope_words)},
    {FEDVAL_POLICY_TIME, "time", AT(time), FV_POLICY_TIME, FV_POLICY_FIRST_TIME,
     FV_POLICY_LAST_TIME, NULL},
    {FEDVAL_POLICY_ALLOW_PRIVATE, "allow_private", FLAG(allow_private)},
    {FEDVAL_POLICY_SERVICE, "service", ONE_OF(service, fv_service_words)},
    {FEDVAL_POLICY_TARGET_RULE, "target_rule", ONE_OF(target_rule, fv_target_rule_words)},
    {FEDVAL_POLICY_REFERENCE, "reference", ONE_OF(reference, fv_reference_words)},
    {FEDVAL_POLICY_WILDCARD, "wildcard", ONE_OF(wildcard, fv_wildcard_words)},
    {FEDVAL_POLICY_COMMON_NAME, "common_name", ONE_OF(common_name, fv_common_name_words)},
    {FEDVAL_POLICY_TRUST, "trust", ONE_OF(trust, fv_roots_words)},
    {FEDVAL_POLICY_MIN_TLS, "min_tls", ONE_OF(min_tls, fv_tls_version_words)},
    {FEDVAL_POLICY_MIN_RSA_BITS, "min_rsa_bits", NUMBER(min_rsa_bits, 0, 65536)},
    {FEDVAL_POLICY_MAX_RSA_BITS, "max_rsa_bits", NUMBER(max_rsa_bits, 0, 65536)},
    {FEDVAL_POLICY_EXPIRY_WARNING_DAYS, "expiry_warning_days",
     NUMBER(expiry_warning_days, 0, 36500)},
    {FEDVAL_POLICY_EXPIRY_CRITICAL_DAYS, "expiry_critical_days",
     NUMBER(expiry_critical_days, 0, 36500)},
    {FEDVAL_POLICY_ALLOW_PARTIAL_CHAIN, "allow_partial_chain", FLAG(allow_partial_chain)},
    {FEDVAL_POLICY_MAX_DEPTH, "max_depth", NUMBER(limits.depth, 0, 100)},
    {FEDVAL_POLICY_MAX_SIGNATURE_CHECKS, "max_signature_checks",
     NUMBER(limits.signature_checks, 0, LIMIT_MAX)},
    {FEDVAL_POLICY_MAX_TRIES, "max_tries", NUMBER(limits.tries, 1, LIMIT_MAX)},
    {FEDVAL_POLICY_MAX_NAME_COMPARISONS, "max_name_comparisons",
     NUMBER(limits.name_comparisons, 0, LIMIT_MAX)},
    {FEDVAL_POLICY_MAX_CERTIFICATES, "max_certificates", NUMBER(limits.certificates, 1, 10000)},
    {FEDVAL_POLICY_MAX_CHAIN_BYTES, "max_chain_bytes", NUMBER(limits.chain_bytes, 1, 1 << 26)},
    {FEDVAL_POLICY_MAX_TARGETS, "max_targets", NUMBER(limits.targets, 1, 1000)},
    {FEDVAL_POLICY_MAX_ADDRESSES, "max_addresses", NUMBER(limits.addresses, 1, 1000)},
    {FEDVAL_POLICY_REQUIRE_CRL, "require_crl", FLAG(require_crl)},
    {FEDVAL_POLICY_MAX_CONNECTIONS, "max_connections", NUMBER(limits.connections, 1, 6)},
    {FEDVAL_POLICY_SIP_OPTIONS, "sip_options", FLAG(sip_options)},
    {FEDVAL_POLICY_AUTHORITATIVE, "authoritative", FLAG(authoritative)},
    {FEDVAL_POLICY_EXPLICIT_POLICY, "explicit_policy", FLAG(explicit_policy)},
    {FEDVAL_POLICY_INHIBIT_MAPPING, "inhibit_policy_mapping", FLAG(inhibit_mapping)},
    {FEDVAL_POLICY_INHIBIT_ANY_POLICY, "inhibit_any_policy", FLAG(inhibit_any_policy)},
    {FEDVAL_POLICY_MAX_FINDINGS_PER_CERTIFICATE, "max_findings_per_certificate",
     NUMBER(limits.findings_per_certificate, 1, LIMIT_MAX)},
    {FEDVAL_POLICY_MAX_FINDINGS, "max_findings", NUMBER(limits.findings, 1, LIMIT_MAX)},
    {FEDVAL_POLICY_EXPRESSWAY_VERSION, "expressway_version", NUMBER(expressway_version, 0, 99999)},
    {FEDVAL_POLICY_REQUIRE, "require", AT(require), FV_POLICY_REQUIREMENTS, 0, 0x1fe, NULL},
};
const size_t fv_num_policy_numbers = sizeof(fv_policy_numbers) / sizeof(fv_policy_numbers[0]);

static const fv_policy_field *find_number(uint32_t field)
{
    for (size_t i = 0; i < fv_num_policy_numbers; i++) {
        if (fv_policy_numbers[i].field == field)
            return &fv_policy_numbers[i];
    }
    return NULL;
}

static bool is_in_range(const fv_policy_field *f, int64_t value)
{
    if (f->form == FV_POLICY_WORDS) {
        return value >= 0 && value <= UINT32_MAX &&
               fv_code_to_string(f->words->codes, f->words->num_codes, (uint32_t)value) != NULL;
    }
    if (f->form == FV_POLICY_TIME && value == FEDVAL_TIME_UNKNOWN)
        return true;
    return value >= f->min && value <= f->max;
}

/* `f->offset` is the offset of an int64_t, which the compiler cannot know; hence memcpy. */
fedval_status fedval_policy_set_number(fedval_policy *policy, uint32_t field, int64_t value)
{
    const fv_policy_field *f = find_number(field);
    if (policy == NULL || f == NULL || !is_in_range(f, value))
        return FEDVAL_ERROR_ARGUMENT;
    memcpy((char *)policy + f->offset, &value, sizeof(value));
    return FEDVAL_OK;
}

fedval_status fedval_policy_get_number(const fedval_policy *policy, uint32_t field,
                                       int64_t *out_value)
{
    const fv_policy_field *f = find_number(field);
    if (policy == NULL || f == NULL || out_value == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    memcpy(out_value, (const char *)policy + f->offset, sizeof(*out_value));
    return FEDVAL_OK;
}

/* ---- the names of the fields ---- */

static const fv_code text_fields[] = {
    {FEDVAL_POLICY_EDGE_FQDN, "edge_fqdn"},
    {FEDVAL_POLICY_SUBJECT_NAME, "subject_name"},
    {FEDVAL_POLICY_OTHER_DOMAIN, "other_domain"},
};
#define NUM_TEXT_FIELDS (sizeof(text_fields) / sizeof(text_fields[0]))

const char *fedval_policy_field_to_string(uint32_t field)
{
    const fv_policy_field *f = find_number(field);
    return f != NULL ? f->name : fv_code_to_string(text_fields, NUM_TEXT_FIELDS, field);
}

fedval_status fedval_policy_field_from_string(const char *text, size_t text_len,
                                              uint32_t *out_field)
{
    if (text == NULL || out_field == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_text name = fv_text_given(text, text_len);
    for (size_t i = 0; i < fv_num_policy_numbers; i++) {
        if (fv_text_equal(fv_text_of(fv_policy_numbers[i].name), name)) {
            *out_field = fv_policy_numbers[i].field;
            return FEDVAL_OK;
        }
    }
    return fv_code_from_string(text_fields, NUM_TEXT_FIELDS, name, out_field);
}

/* ---- the texts ---- */

static fedval_status normalise_host(const char *text, size_t text_len, bool allow_address,
                                    char out[FEDVAL_NAME_SIZE])
{
    uint32_t kind;
    fedval_status status =
        fedval_name_normalise(text, text_len, out, FEDVAL_NAME_SIZE, &kind, NULL);
    if (status != FEDVAL_OK)
        return status;
    bool is_host = kind == FEDVAL_NAME_KIND_HOST || kind == FEDVAL_NAME_KIND_SINGLE_LABEL ||
                   kind == FEDVAL_NAME_KIND_INTERNATIONALISED;
    bool is_address = kind == FEDVAL_NAME_KIND_IPV4 || kind == FEDVAL_NAME_KIND_IPV6;
    return is_host || (allow_address && is_address) ? FEDVAL_OK : FEDVAL_ERROR_SYNTAX;
}

static const char **find_text(fedval_policy *policy, uint32_t field)
{
    switch (field) {
    case FEDVAL_POLICY_EDGE_FQDN:
        return &policy->edge_fqdn;
    case FEDVAL_POLICY_SUBJECT_NAME:
        return &policy->subject_name;
    case FEDVAL_POLICY_OTHER_DOMAIN:
        return &policy->other_domain;
    default:
        return NULL;
    }
}

fedval_status fedval_policy_set_text(fedval_policy *policy, uint32_t field, const char *value,
                                     size_t value_len)
{
    char normal[FEDVAL_NAME_SIZE];
    const char **place = policy == NULL ? NULL : find_text(policy, field);
    if (place == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (value == NULL) {
        *place = NULL;
        return FEDVAL_OK;
    }
    /* The reference may be an IP address (RFC 9525 6.5): a certificate can be checked for one. A
     * proxy must have a name. */
    fedval_status status =
        normalise_host(value, value_len, field == FEDVAL_POLICY_SUBJECT_NAME, normal);
    if (status != FEDVAL_OK)
        return status;
    const char *copy = fv_arena_copy_text(&policy->arena, normal, strlen(normal));
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *place = copy;
    return FEDVAL_OK;
}

const char *fedval_policy_get_text(const fedval_policy *policy, uint32_t field)
{
    if (policy == NULL)
        return NULL;
    switch (field) {
    case FEDVAL_POLICY_EDGE_FQDN:
        return policy->edge_fqdn;
    case FEDVAL_POLICY_SUBJECT_NAME:
        return policy->subject_name;
    case FEDVAL_POLICY_OTHER_DOMAIN:
        return policy->other_domain;
    default:
        return NULL;
    }
}

/* ---- providers ---- */

fedval_status fedval_policy_append_provider(fedval_policy *policy, const char *fqdn,
                                            size_t fqdn_len)
{
    char normal[FEDVAL_NAME_SIZE];
    if (policy == NULL || fqdn == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_status status = normalise_host(fqdn, fqdn_len, false, normal);
    if (status != FEDVAL_OK)
        return status;
    const char *copy = fv_arena_copy_text(&policy->arena, normal, strlen(normal));
    void *items = policy->providers;
    const char **slot = copy == NULL
                            ? NULL
                            : fv_arena_append(&policy->arena, &items, &policy->num_providers,
                                              &policy->providers_capacity, sizeof(*slot));
    if (slot == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    policy->providers = items;
    *slot = copy;
    return FEDVAL_OK;
}

size_t fedval_policy_count_providers(const fedval_policy *policy)
{
    return policy == NULL ? 0 : policy->num_providers;
}

const char *fedval_policy_get_provider(const fedval_policy *policy, size_t index)
{
    return index < fedval_policy_count_providers(policy) ? policy->providers[index] : NULL;
}

bool fv_policy_is_provider(const fedval_policy *policy, const char *fqdn)
{
    fv_text name = fv_text_of(fqdn);
    if (fv_host_is_known_provider(name))
        return true;
    for (size_t i = 0; i < policy->num_providers; i++) {
        if (fv_text_equal_nocase(name, fv_text_of(policy->providers[i])))
            return true;
    }
    return false;
}

const char *fv_policy_service_label(const fedval_policy *policy)
{
    switch (policy->service) {
    case FEDVAL_SERVICE_SIPFEDERATIONTLS:
        return FV_SRV_FEDERATION;
    case FEDVAL_SERVICE_SIPS:
        return "_sips._tcp";
    default:
        return NULL;
    }
}

/* ---- making policies ---- */

static fedval_policy *new_with_values(const fedval_policy *from)
{
    fedval_policy *policy = malloc(sizeof(*policy));
    if (policy == NULL)
        return NULL;
    *policy = *from;
    fv_arena_init(&policy->arena);
    policy->edge_fqdn = policy->subject_name = policy->other_domain = NULL;
    policy->providers = NULL;
    policy->num_providers = policy->providers_capacity = 0;
    policy->initial_policies = NULL;
    policy->num_initial_policies = policy->initial_policies_capacity = 0;
    policy->acceptances = NULL;
    policy->num_acceptances = policy->acceptances_capacity = 0;
    return policy;
}

fedval_status fedval_policy_new(uint32_t profile, fedval_policy **out_policy)
{
    if (out_policy == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    const fedval_policy *row = fv_profile_find(profile);
    if (row == NULL)
        return FEDVAL_ERROR_NOT_FOUND;
    fedval_policy *policy = new_with_values(row);
    if (policy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    *out_policy = policy;
    return FEDVAL_OK;
}

fedval_status fedval_policy_copy(const fedval_policy *policy, fedval_policy **out_copy)
{
    if (policy == NULL || out_copy == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_policy *copy = new_with_values(policy);
    if (copy == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fedval_status status =
        fedval_policy_set_text(copy, FEDVAL_POLICY_EDGE_FQDN, policy->edge_fqdn, FEDVAL_NUL_ENDED);
    if (status == FEDVAL_OK) {
        status = fedval_policy_set_text(copy, FEDVAL_POLICY_SUBJECT_NAME, policy->subject_name,
                                        FEDVAL_NUL_ENDED);
    }
    if (status == FEDVAL_OK) {
        status = fedval_policy_set_text(copy, FEDVAL_POLICY_OTHER_DOMAIN, policy->other_domain,
                                        FEDVAL_NUL_ENDED);
    }
    for (size_t i = 0; status == FEDVAL_OK && i < policy->num_providers; i++)
        status = fedval_policy_append_provider(copy, policy->providers[i], FEDVAL_NUL_ENDED);
    for (size_t i = 0; status == FEDVAL_OK && i < policy->num_initial_policies; i++) {
        status = fedval_policy_append_policy_oid(copy, policy->initial_policies[i].text,
                                                 FEDVAL_NUL_ENDED);
    }
    if (status == FEDVAL_OK && !fv_acceptances_copy(&copy->arena, policy, copy))
        status = FEDVAL_ERROR_NO_MEMORY;
    if (status != FEDVAL_OK) {
        fedval_policy_free(copy);
        return status;
    }
    *out_copy = copy;
    return FEDVAL_OK;
}

uint32_t fedval_side_get_profile(uint32_t side)
{
    return side == FEDVAL_SIDE_MICROSOFT ? FEDVAL_PROFILE_EXPRESSWAY
                                         : FEDVAL_PROFILE_MICROSOFT_EDGE;
}

static const char *copy_text_to(fv_arena *arena, const char *text, bool *ok)
{
    const char *copy = text == NULL ? NULL : fv_arena_copy_text(arena, text, strlen(text));
    *ok = *ok && (copy != NULL || text == NULL);
    return copy;
}

static const char **copy_providers_to(fv_arena *arena, const fedval_policy *policy, bool *ok)
{
    size_t num = policy->num_providers;
    const char **copy = num == 0 ? NULL : fv_arena_alloc_array(arena, num, sizeof(*copy));
    *ok = *ok && (copy != NULL || num == 0);
    for (size_t i = 0; *ok && i < num; i++)
        copy[i] = copy_text_to(arena, policy->providers[i], ok);
    return copy;
}

static fv_policy_oid *copy_oids_to(fv_arena *arena, const fedval_policy *policy, bool *ok)
{
    size_t num = policy->num_initial_policies;
    fv_policy_oid *copy = num == 0 ? NULL : fv_arena_alloc_array(arena, num, sizeof(*copy));
    *ok = *ok && (copy != NULL || num == 0);
    for (size_t i = 0; *ok && i < num; i++) {
        const fv_policy_oid *from = &policy->initial_policies[i];
        copy[i].text = copy_text_to(arena, from->text, ok);
        *ok = *ok && fv_arena_copy_bytes(arena, from->der, &copy[i].der);
    }
    return copy;
}

const fedval_policy *fv_policy_copy_to(fv_arena *arena, const fedval_policy *policy, int64_t time)
{
    fedval_policy *copy = fv_arena_alloc(arena, sizeof(*copy));
    bool ok = copy != NULL;
    if (!ok)
        return NULL;
    *copy = *policy;
    fv_arena_init(&copy->arena);
    copy->time = time;
    copy->edge_fqdn = copy_text_to(arena, policy->edge_fqdn, &ok);
    copy->subject_name = copy_text_to(arena, policy->subject_name, &ok);
    copy->other_domain = copy_text_to(arena, policy->other_domain, &ok);
    copy->providers_capacity = copy->num_providers;
    copy->providers = copy_providers_to(arena, policy, &ok);
    copy->initial_policies_capacity = copy->num_initial_policies;
    copy->initial_policies = copy_oids_to(arena, policy, &ok);
    return ok && fv_acceptances_copy(arena, policy, copy) ? copy : NULL;
}

void fedval_policy_free(fedval_policy *policy)
{
    if (policy == NULL)
        return;
    fv_arena_clear(&policy->arena);
    free(policy);
}

uint32_t fedval_policy_get_profile(const fedval_policy *policy)
{
    return policy == NULL ? 0 : policy->profile;
}
