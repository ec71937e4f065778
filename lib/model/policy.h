/* The fields of a policy, for the rules to read. The profiles are the rows of profiles.c. */
#ifndef FV_MODEL_POLICY_H
#define FV_MODEL_POLICY_H

#include "base/arena.h"
#include "fedval/policy.h"
#include "model/words.h"

typedef struct fv_limits {
    int64_t depth; /* intermediates between end-entity and anchor */
    int64_t signature_checks;
    int64_t tries;
    int64_t name_comparisons;
    int64_t certificates;
    int64_t chain_bytes;
    int64_t targets;
    int64_t addresses;
    int64_t connections;
    int64_t findings_per_certificate; /* of one code */
    int64_t findings;                 /* of a report, and of all paths in it */
} fv_limits;

/* The years 0 to 9999, which RFC 3339 can write. */
#define FV_POLICY_FIRST_TIME INT64_C(-62167219200)
#define FV_POLICY_LAST_TIME INT64_C(253402300799)

/* A finding that somebody lives with. */
typedef struct fv_acceptance {
    uint32_t code;      /* FEDVAL_FINDING_ */
    const char *domain; /* NULL: of every domain */
    int64_t until;      /* FEDVAL_TIME_UNKNOWN: without an end */
} fv_acceptance;

/* An OID as text and as the contents of its DER. */
typedef struct fv_policy_oid {
    const char *text;
    fv_bytes der;
} fv_policy_oid;

struct fedval_policy {
    fv_arena arena;
    uint32_t profile;
    /* numbers, in the order of the FEDVAL_POLICY_ fields */
    int64_t side, scope, time, allow_private, service, target_rule, reference, wildcard,
        common_name, trust, min_tls, min_rsa_bits, max_rsa_bits, expiry_warning_days,
        expiry_critical_days, allow_partial_chain, require_crl, explicit_policy, inhibit_mapping,
        inhibit_any_policy, expressway_version, require, sip_options, authoritative;
    fv_limits limits;
    const char *edge_fqdn;    /* NULL: not given */
    const char *subject_name; /* NULL: not given */
    const char *other_domain; /* NULL: not given */
    const char **providers;   /* beside the known ones */
    size_t num_providers, providers_capacity;
    fv_policy_oid *initial_policies; /* RFC 5280 6.1.1 (c); none: any policy */
    size_t num_initial_policies, initial_policies_capacity;
    fv_acceptance *acceptances;
    size_t num_acceptances, acceptances_capacity;
};

/* How JSON writes a number of the policy. */
enum fv_policy_form {
    FV_POLICY_NUMBER,
    FV_POLICY_FLAG,         /* true or false */
    FV_POLICY_WORDS,        /* one of its words */
    FV_POLICY_TIME,         /* RFC 3339, or null */
    FV_POLICY_REQUIREMENTS, /* an array of "R1" to "R8"; the number has a bit 1 << n for each */
};

/* One number of a policy: its code, its name in JSON, its offset and its range. The JSON functions
 * and the setters walk over a table of these. */
typedef struct fv_policy_field {
    uint32_t field;
    const char *name;
    size_t offset; /* of an int64_t in the policy */
    enum fv_policy_form form;
    int64_t min, max;      /* FV_POLICY_NUMBER */
    const fv_words *words; /* FV_POLICY_WORDS */
} fv_policy_field;

extern const fv_policy_field fv_policy_numbers[];
extern const size_t fv_num_policy_numbers;

/* Returns the policy of a profile, for copying; NULL for an unknown profile. */
const fedval_policy *fv_profile_find(uint32_t profile);
/* Whether `host` is a hosting provider that Microsoft runs. */
bool fv_host_is_known_provider(fv_text host);

/* Whether a server of this name belongs to one of Microsoft's clouds: Microsoft 365, its clouds for
 * governments, or the one in China. */
bool fv_host_is_of_cloud(const char *fqdn);
/* Returns the host that serves federation in the cloud of `fqdn`; NULL if it is of no cloud. */
const char *fv_host_cloud_provider(const char *fqdn);

/* Returns the provider that a zone file meant whose target lacks the final dot: `name` is a host of
 * that provider, or of its cloud, with `domain` or a zone above it behind. NULL: it is none, or no
 * provider that is known or that `policy` (which may be NULL) adds. */
const char *fv_provider_without_dot(const fedval_policy *policy, fv_text name, fv_text domain);

/* Whether `fqdn` is a known hosting provider, or one that the policy adds. */
bool fv_policy_is_provider(const fedval_policy *policy, const char *fqdn);
/* Copies the policy into the arena, with the time that was judged at. The copy is only read, and is
 * never freed by itself. Returns NULL when memory is short. */
const fedval_policy *fv_policy_copy_to(fv_arena *arena, const fedval_policy *policy, int64_t time);
/* Copies the findings that `from` accepts into a policy whose own list is not used, with their
 * texts in `arena`. False: memory is short. */
bool fv_acceptances_copy(fv_arena *arena, const fedval_policy *from, fedval_policy *to);
/* Returns "_sipfederationtls._tcp" or "_sips._tcp"; NULL for a profile that does not use SRV. */
const char *fv_policy_service_label(const fedval_policy *policy);

#endif
