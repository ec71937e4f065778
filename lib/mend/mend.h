/* Works out together what to change, and judges the result. The stages are DNSSEC, SRV records,
 * DNSSEC again, addresses, certificates. Each looks at the evidence as the stage before has left
 * it. */
#ifndef FV_MEND_MEND_H
#define FV_MEND_MEND_H

#include "judge/judgement.h"

/* A certificate as it will be once the actions are carried out. It has no DER yet, so its facts
 * replace those of the present certificate. */
typedef struct fv_planned_certificate {
    fv_bytes replaces;    /* DER of the present end-entity certificate */
    uint32_t role;        /* FEDVAL_ROLE_ in which it replaces that one */
    const char *host;     /* the host that it serves; NULL: the domain calls with it */
    fv_certificate facts; /* its DER, TBS and signature are still those of the present one */
    bool has_new_names;
    const uint32_t *mended; /* codes of the faults that it will not have */
    size_t num_mended;
    uint32_t trust; /* FEDVAL_TRUST_ that its chain will have; 0: as the chain is now */
} fv_planned_certificate;

/* Gives the chains as the actions make them: those of the first judgement, with planned
 * certificates in place of present ones. It removes the faults that a planned certificate is to
 * mend from the evaluation of the present one. That is an assumption, and the report says so. */
typedef struct fv_mend_supply {
    fv_chain_supply base;
    const struct fv_mend *mend;
} fv_mend_supply;

typedef struct fv_mend {
    fv_arena *arena;
    fv_rules_input input;      /* its evidence has the actions so far applied */
    fedval_evidence *evidence; /* the copy that they were applied to; NULL: none was needed */
    const fv_judgement *first; /* the judgement of the evidence as it is */
    const fv_judgement *now;   /* the judgement that the stage looks at */
    bool is_changed;           /* the stage changed the evidence: it has to be judged again */
    bool is_beyond;            /* an action leads beyond this domain, so its result is not known */
    bool is_out_of_memory;     /* a text could not be made; stays set */
    fv_report_action *actions;
    size_t num_actions, actions_capacity;
    size_t num_kept;       /* of the actions, those that keep a name */
    fv_mend_supply supply; /* gives the chains that are judged again */
    fv_planned_certificate *planned;
    size_t num_planned, planned_capacity;
    /* The host of a hosting provider while faults of its server are mended; else NULL. Neither side
     * can mend those, so fv_mend_add tells actions to the provider instead. */
    const char *provider;
} fv_mend;

/* Works out the actions, judges again, and fills in the report. Everything but the copy of the
 * evidence lies in the arena. Call fv_mend_clear also after a failure. Returns 0, NO_MEMORY, or
 * LIMIT if the evidence has no room for what the actions add. */
fedval_status fv_mend_make(fv_arena *arena, const fv_judgement *first, fv_mend *out,
                           fedval_report *report);
void fv_mend_clear(fv_mend *mend);

/* Works out the actions and judges their result, without a report. Call fv_mend_clear also after a
 * failure. Returns 0, NO_MEMORY, or LIMIT if the evidence has no room for what the actions add. */
fedval_status fv_mend_foresee(fv_arena *arena, const fv_judgement *first, fv_mend *out,
                              fv_judgement *out_last);

/* Their parts: a mend without actions, and stages that change it. Each stage sees a judgement of
 * what the one before has left. Returns 0, NO_MEMORY, or LIMIT. */
typedef fedval_status (*fv_mend_stage)(fv_mend *mend);
void fv_mend_begin(fv_arena *arena, const fv_judgement *first, fv_mend *out);
fedval_status fv_mend_run(fv_mend *mend, const fv_mend_stage *stages, size_t num_stages,
                          fv_judgement *out_last);

/* Sets `*out` to the command with which the partner could do without the SRV record,
 * "Set-CsAllowedDomain ...". NULL: there is none. False: memory is short. */
bool fv_mend_partner_alternative(fv_arena *arena, const fv_judgement *first, const char **out);

/* ---- the stages, and what they share ---- */

/* Gives the report the actions, the verdict after them, and what that verdict assumes. `last` is
 * the judgement of the evidence with all actions applied. Returns 0, or NO_MEMORY. */
fedval_status fv_mend_tell_outcome(fv_mend *mend, const fv_judgement *last, fedval_report *report);

/* The `fill` of a fv_mend_supply. */
fedval_status fv_mend_fill_chain(const fv_chain_supply *supply, fv_arena *arena,
                                 const fv_rules_input *input, fv_scene_chain *chain);

fedval_status fv_mend_srv(fv_mend *mend);
const fv_scene_target *fv_mend_find_substitute(const fv_scene *scene);
bool fv_mend_is_homed_at_provider(const fv_scene *scene);
fedval_status fv_mend_move_out(fv_mend *mend);
/* Removes records whose target has no address, where another record works. */
fedval_status fv_mend_dead_records(fv_mend *mend);
fedval_status fv_mend_signatures(fv_mend *mend); /* those of DNSSEC */
/* Makes every bogus answer a secure one. */
void fv_mend_sign_again(fedval_evidence *evidence);
fedval_status fv_mend_addresses(fv_mend *mend);
fedval_status fv_mend_certificates(fv_mend *mend);

/* Returns a name for the new target; `target` is the old one, or NULL. Prefers a name that the
 * certificate holds, then the first label of the old host, then a host that the evidence knows. If
 * there is none, returns a placeholder and sets `*out_is_to_choose`. NULL: memory is short. */
const char *fv_mend_choose_name(fv_mend *mend, const fv_scene_target *target,
                                bool *out_is_to_choose);
/* Returns the port of the new record: that of `target` if it can stay. `target` NULL: there is no
 * old record. */
uint16_t fv_mend_choose_port(const fv_mend *mend, const fv_scene_target *target);
/* Whether the owner of the SRV record is an alias, and the action that removes the alias. RFC 1034
 * 3.6.2: "If a CNAME RR is present at a node, no other data should be present". The second returns
 * 0, or NO_MEMORY. */
bool fv_mend_is_owner_alias(const fv_mend *mend);
fedval_status fv_mend_remove_owner_alias(fv_mend *mend);
/* Returns an address record. `address` NULL: one whose address somebody has to choose. */
fv_record fv_mend_address_record(const char *host, uint32_t ttl, const char *address);
/* Returns an SRV record with the priority and weight of `like` (NULL: 0 and 0). */
fv_record fv_mend_srv_record(const fv_mend *mend, const fv_scene_target *like, uint16_t port,
                             const char *target);
/* Returns the literal of an address; NULL: it is to be chosen, or not known. */
const char *fv_mend_literal_of(const fv_scene_address *address);
/* Adds a record under the name `owner` to a fact, be it one whose data are to be chosen. Returns
 * what fedval_fact_append_address and fedval_fact_append_srv return. */
fedval_status fv_mend_append_record(fedval_fact *fact, const char *owner, const fv_record *record);

/* Collects the codes of the findings that decide and have one of `cures` (bits 1 << FEDVAL_CURE_),
 * at the host `target` or, for NULL, anywhere. Returns how many there are; `*out_why` becomes NULL
 * if memory is short. */
size_t fv_mend_collect_why(const fv_mend *mend, uint32_t cures, const char *target,
                           const uint32_t **out_why);
#define FV_MEND_BY(cure) (1u << FEDVAL_CURE_##cure)

/* Returns whether `code` was found in the evidence as it is. If not, the actions have caused it. */
bool fv_mend_was_found(const fv_mend *mend, uint32_t code);
/* Adds an action. Of one on DNS, makes the texts of its record. Where the server is a provider's
 * (see `provider`), one that asks the provider. The texts must live in the arena or be static.
 * Returns 0, or NO_MEMORY. */
fedval_status fv_mend_add(fv_mend *mend, const fv_report_action *action);
/* Gives the evidence that may be changed: a copy, made at the first call. Returns 0, NO_MEMORY, or
 * LIMIT. */
fedval_status fv_mend_open_evidence(fv_mend *mend, fedval_evidence **out);
/* Joins `pieces`, which end with NULL. NULL: memory is short. */
const char *fv_mend_join(fv_mend *mend, const char *const *pieces);
#define FV_MEND_JOIN(mend, ...) fv_mend_join((mend), (const char *const[]){__VA_ARGS__, NULL})

/* The first label of a host that only the administrator knows. */
#define FV_MEND_HOST_TO_CHOOSE "<host>"
#define FV_MEND_TTL 3600

typedef struct fv_mend_ttl {
    uint32_t seconds, authority; /* FEDVAL_AUTHORITY_ */
} fv_mend_ttl;

/* Returns the TTL of the records of `fact`: the zone's if one of its servers told it, else
 * `seconds`, which may come from a cache. `fact` NULL: FV_MEND_TTL, for new records. (ttl.c) */
fv_mend_ttl fv_mend_ttl_of(const fv_mend *mend, const fedval_fact *fact, uint32_t seconds);
/* Returns the TTL of the addresses of `target`, in the same way. */
fv_mend_ttl fv_mend_ttl_of_addresses(const fv_mend *mend, const fv_scene_target *target);

#endif
