/* The profiles, one row each, and the hosting providers that Microsoft runs. This file holds only
 * data. */
#include "catalogue/clouds.h"
#include "fedval/evidence.h"
#include "model/policy.h"

#include "fedval/name.h"

#include <string.h>

/* The values that all profiles have. The limits are far above the needs of a sound chain, and low
 * enough for the worst chain to be judged within milliseconds. */
#define COMMON_VALUES                                                                              \
    .side = FEDVAL_SIDE_UNKNOWN, .scope = FEDVAL_SCOPE_ALL, .time = FEDVAL_TIME_UNKNOWN,           \
    .min_tls = 0x0303, .min_rsa_bits = 2048, .expiry_warning_days = 30,                            \
    .limits = {                                                                                    \
        .depth = 10,                                                                               \
        .signature_checks = 100,                                                                   \
        .tries = 10000,                                                                            \
        .name_comparisons = 250000,                                                                \
        .certificates = 64,                                                                        \
        .chain_bytes = 1 << 20,                                                                    \
        .targets = 16,                                                                             \
        .addresses = 16,                                                                           \
        .connections = 5,                                                                          \
        .findings_per_certificate = 8,                                                             \
        .findings = 1000,                                                                          \
    }

/* Expressway does not work with RSA keys of 8192 bits [C]. */
#define EXPRESSWAY_MAX_RSA_BITS 8191

static const fedval_policy profiles[] = {
    {
        /* An Edge on the partner's own premises judges a Cisco-side domain. */
        .profile = FEDVAL_PROFILE_MICROSOFT_EDGE,
        .service = FEDVAL_SERVICE_SIPFEDERATIONTLS,
        .target_rule = FEDVAL_TARGET_RULE_ONE_LABEL,
        .reference = FEDVAL_REFERENCE_SRV_TARGET,
        .wildcard = FEDVAL_WILDCARD_NEVER,
        .common_name = FEDVAL_CN_WITHOUT_SAN,
        .trust = FEDVAL_ROOTS_PUBLIC_OR_PRIVATE,
        .max_rsa_bits = EXPRESSWAY_MAX_RSA_BITS,
        COMMON_VALUES,
    },
    {
        /* Microsoft's cloud: nobody can import a private root there. */
        .profile = FEDVAL_PROFILE_OFFICE365,
        .service = FEDVAL_SERVICE_SIPFEDERATIONTLS,
        .target_rule = FEDVAL_TARGET_RULE_ONE_LABEL,
        .reference = FEDVAL_REFERENCE_SRV_TARGET,
        .wildcard = FEDVAL_WILDCARD_NEVER,
        .common_name = FEDVAL_CN_WITHOUT_SAN,
        .trust = FEDVAL_ROOTS_PUBLIC_ONLY,
        .max_rsa_bits = EXPRESSWAY_MAX_RSA_BITS,
        COMMON_VALUES,
    },
    {
        /* How an Expressway-E judges the Microsoft side. */
        .profile = FEDVAL_PROFILE_EXPRESSWAY,
        .service = FEDVAL_SERVICE_SIPFEDERATIONTLS,
        .target_rule = FEDVAL_TARGET_RULE_ANY,
        .reference = FEDVAL_REFERENCE_GIVEN_OR_NOTHING,
        .wildcard = FEDVAL_WILDCARD_NEVER,
        .common_name = FEDVAL_CN_NEVER,
        .trust = FEDVAL_ROOTS_PUBLIC_OR_PRIVATE,
        .max_rsa_bits = EXPRESSWAY_MAX_RSA_BITS,
        COMMON_VALUES,
    },
    {
        /* A trunk between CMS and a Front End pool, no Edge between them. */
        .profile = FEDVAL_PROFILE_MICROSOFT_TRUNK,
        .service = FEDVAL_SERVICE_NONE,
        .target_rule = FEDVAL_TARGET_RULE_ANY,
        .reference = FEDVAL_REFERENCE_GIVEN,
        .wildcard = FEDVAL_WILDCARD_NEVER,
        .common_name = FEDVAL_CN_REQUIRED,
        .trust = FEDVAL_ROOTS_PUBLIC_OR_PRIVATE,
        .max_rsa_bits = EXPRESSWAY_MAX_RSA_BITS,
        COMMON_VALUES,
    },
    {
        /* Standard SIP peers, RFC 3263 and RFC 5922. */
        .profile = FEDVAL_PROFILE_RFC5922_SIP,
        .service = FEDVAL_SERVICE_SIPS,
        .target_rule = FEDVAL_TARGET_RULE_ANY,
        .reference = FEDVAL_REFERENCE_SIP_DOMAIN,
        .wildcard = FEDVAL_WILDCARD_NEVER,
        .common_name = FEDVAL_CN_WITHOUT_SAN,
        .trust = FEDVAL_ROOTS_PUBLIC_OR_PRIVATE,
        .max_rsa_bits = 16384,
        COMMON_VALUES,
    },
    {
        /* Any web client: RFC 9525 and RFC 5280. */
        .profile = FEDVAL_PROFILE_WEBPKI,
        .service = FEDVAL_SERVICE_NONE,
        .target_rule = FEDVAL_TARGET_RULE_ANY,
        .reference = FEDVAL_REFERENCE_GIVEN,
        .wildcard = FEDVAL_WILDCARD_LEFT_MOST,
        .common_name = FEDVAL_CN_NEVER,
        .trust = FEDVAL_ROOTS_PUBLIC_OR_PRIVATE,
        .max_rsa_bits = 16384,
        COMMON_VALUES,
    },
};

const fedval_policy *fv_profile_find(uint32_t profile)
{
    for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
        if (profiles[i].profile == profile)
            return &profiles[i];
    }
    return NULL;
}

const char *fv_host_cloud_provider(const char *fqdn)
{
    fv_text host = fv_text_of(fqdn);
    host.len = fqdn != NULL ? strcspn(fqdn, ":") : 0;
    return fv_cloud_provider(host);
}

bool fv_host_is_of_cloud(const char *fqdn)
{
    return fv_host_cloud_provider(fqdn) != NULL;
}

const char *fedval_provider_of_cloud(const char *name, size_t name_len)
{
    char normal[FEDVAL_NAME_SIZE];
    if (name == NULL)
        return NULL;
    fv_text given = fv_text_given(name, name_len);
    fedval_status status =
        fedval_name_normalise(given.data, given.len, normal, sizeof(normal), NULL, NULL);
    return status == FEDVAL_OK ? fv_host_cloud_provider(normal) : NULL;
}

bool fv_host_is_known_provider(fv_text host)
{
    return fv_cloud_is_provider(host);
}

/* Returns the provider that `host` is, or that serves federation in its cloud; NULL: none. */
static const char *provider_of(const fedval_policy *policy, fv_text host)
{
    for (size_t i = 0; policy != NULL && i < policy->num_providers; i++) {
        if (fv_text_equal_nocase(host, fv_text_of(policy->providers[i])))
            return policy->providers[i];
    }
    return fv_cloud_provider(host);
}

const char *fv_provider_without_dot(const fedval_policy *policy, fv_text name, fv_text domain)
{
    fv_text zone = domain;
    const char *dot;
    /* a single label is no zone of a company */
    while ((dot = zone.len > 0 ? memchr(zone.data, '.', zone.len) : NULL) != NULL) {
        fv_text host = {name.data, name.len > zone.len ? name.len - zone.len - 1 : 0};
        if (host.len > 0 && host.data[host.len] == '.' && fv_text_ends_nocase(name, zone)) {
            const char *provider = provider_of(policy, host);
            if (provider != NULL)
                return provider;
        }
        zone.len -= (size_t)(dot + 1 - zone.data);
        zone.data = dot + 1;
    }
    return NULL;
}

uint32_t fedval_provider_is_known(const char *name, size_t name_len)
{
    if (name == NULL)
        return 0;
    fv_text given = fv_text_given(name, name_len);
    if (given.len > 0 && given.data[given.len - 1] == '.')
        given.len--;
    return fv_host_is_known_provider(given);
}
