/* What to change, worked out together, and what comes of it. Stages - SRV records,
 * DNSSEC, addresses, certificates - each of which looks at the evidence as the one before has left
 * it. */
#ifndef FV_MEND_MEND_H
#define FV_MEND_MEND_H

#include "judge/judgement.h"

/* A certificate as it will be once the actions are carried out: no DER can be made for it, so its
 * facts stand in for those of the present one. */
typedef struct fv_planned_certificate {
    fv_bytes replaces;    /* DER of the present end-entity certificate */
    const char *host;     /* that it serves; NULL: it is the one that the domain calls with */
    fv_certificate facts; /* its DER, TBS and signature are still those of the present one */
    bool has_new_names;
    const uint32_t *mended; /* codes of the faults that it will not have */
    size_t num_mended;
    uint32_t trust; /* FEDVAL_TRUST_ that its chain will have; 0: as the chain is now */
} fv_planned_certificate;

/* Chains as the actions make them: those of the first judgement, and planned certificates in the
 * place of present ones. What a planned certificate is said to have mended is taken out of what
 * the present one's evaluation finds: that is assumed, and the report says so. */
typedef struct fv_mend_source {
    fv_chain_source base;
    const struct fv_mend *mend;
} fv_mend_source;

typedef struct fv_mend {
    fv_arena *arena;
    fv_rules_input input;      /* evidence: with the actions so far applied */
    fedval_evidence *evidence; /* the copy that they were applied to; NULL: none was needed */
    const fv_judgement *first; /* of the evidence as it is */
    const fv_judgement *now;   /* of the stage */
    bool is_changed;           /* by the stage: it has to be judged again */
    bool is_beyond;        /* an action leads beyond this domain: what comes of it is not known */
    bool is_out_of_memory; /* a text could not be made; sticks */
    fv_report_action *actions;
    size_t num_actions, actions_capacity;
    fv_mend_source source; /* of the chains that are judged again */
    fv_planned_certificate *planned;
    size_t num_planned, planned_capacity;
    /* While what a hosting provider runs is mended: its host. No action of either side does that;
     * what would be one is told to the provider. NULL otherwise. */
    const char *provider;
} fv_mend;

/* Works the actions out, judges again, and fills in what the report says of both. Everything but
 * the copy of the evidence lies in the arena; call fv_mend_clear whatever came of it. 0; NO_MEMORY.
 */
fedval_status fv_mend_make(fv_arena *arena, const fv_judgement *first, fv_mend *out,
                           fedval_report *report);
void fv_mend_clear(fv_mend *mend);

/* Works the actions out and gives the judgement of what they lead to, without a report. Call
 * fv_mend_clear whatever came of it. 0; NO_MEMORY; LIMIT for evidence without room. */
fedval_status fv_mend_foresee(fv_arena *arena, const fv_judgement *first, fv_mend *out,
                              fv_judgement *out_last);

/* "New-CsAllowedDomain ..." where the partner could do without the SRV record; NULL: it could not.
 * False: memory is short. */
bool fv_mend_partner_alternative(fv_arena *arena, const fv_judgement *first, const char **out);

/* ---- the stages, and what they share ---- */

/* Hands the actions over to the report, with the verdict that comes of them and what it rests on:
 * `last` is the judgement of the evidence as they make it. 0; NO_MEMORY. */
fedval_status fv_mend_tell_outcome(fv_mend *mend, const fv_judgement *last, fedval_report *report);

/* The `fill` of a fv_mend_source. */
fedval_status fv_mend_fill_chain(const fv_chain_source *source, fv_arena *arena,
                                 const fv_rules_input *input, fv_scene_chain *chain);

fedval_status fv_mend_srv(fv_mend *mend);
fedval_status fv_mend_signatures(fv_mend *mend); /* of DNSSEC */
fedval_status fv_mend_addresses(fv_mend *mend);
fedval_status fv_mend_certificates(fv_mend *mend);

/* The name for a target in place of the one given (NULL: there is none yet); NULL when memory is
 * short. One that the certificate holds is preferred, then the old host's first label, then a host
 * that the evidence knows; else it is left to whoever reads it, and *out_is_to_choose is true. */
const char *fv_mend_choose_name(fv_mend *mend, const fv_scene_target *target,
                                bool *out_is_to_choose);
/* The port of a target's new record (NULL: there is no old one): the old one's, where it can stay.
 */
uint16_t fv_mend_choose_port(const fv_mend *mend, const fv_scene_target *target);
/* Whether the owner of the SRV record is an alias; and the action that removes it, since a new
 * record cannot stand beside it (RFC 1034 3.6.2). 0; NO_MEMORY. */
bool fv_mend_is_owner_alias(const fv_mend *mend);
fedval_status fv_mend_remove_owner_alias(fv_mend *mend);
/* Adds an address, or FV_MEND_ADDRESS_TO_CHOOSE, to a fact. As fedval_fact_append_address. */
fedval_status fv_mend_append_address(fedval_fact *fact, const char *host, uint32_t ttl,
                                     const char *address);

/* The codes of the findings that decide and whose cure is one of a set (bits 1 << FEDVAL_CURE_), at
 * a target or, for NULL, anywhere. Returns how many; *out_why is NULL when memory is short. */
size_t fv_mend_collect_why(const fv_mend *mend, uint32_t cures, const char *target,
                           const uint32_t **out_why);
#define FV_MEND_BY(cure) (1u << FEDVAL_CURE_##cure)

/* Whether a code was found in the evidence as it is; one that was not comes of the actions. */
bool fv_mend_was_found(const fv_mend *mend, uint32_t code);
/* Adds an action, or tells it to the provider. The texts must live in the arena or be static. */
fedval_status fv_mend_add(fv_mend *mend, const fv_report_action *action);
/* The evidence that may be changed: a copy, made at the first call. */
fedval_status fv_mend_open_evidence(fv_mend *mend, fedval_evidence **out);
/* Text from pieces, NULL-ended; NULL when memory is short. */
const char *fv_mend_join(fv_mend *mend, const char *const *pieces);
const char *fv_mend_number(fv_mend *mend, uint64_t number);
#define FV_MEND_JOIN(mend, ...) fv_mend_join((mend), (const char *const[]){__VA_ARGS__, NULL})

/* What stands for an address and for a host that only the administrator knows. */
#define FV_MEND_ADDRESS_TO_CHOOSE "<public address of the server>"
#define FV_MEND_HOST_TO_CHOOSE "<host>"
#define FV_MEND_TTL 3600

typedef struct fv_mend_ttl {
    uint32_t seconds, authority; /* FEDVAL_AUTHORITY_ */
} fv_mend_ttl;

/* Returns the TTL of the records of `fact`: that of the zone where one of its servers told it, else
 * `seconds` as the fact has it. `fact` NULL: FV_MEND_TTL, for new records. (ttl.c) */
fv_mend_ttl fv_mend_ttl_of(const fv_mend *mend, const fedval_fact *fact, uint32_t seconds);
/* The same for the addresses of a target. */
fv_mend_ttl fv_mend_ttl_of_addresses(const fv_mend *mend, const fv_scene_target *target);

#endif
