/* The type of a rule, and the functions by which a rule adds remarks. */
#ifndef FV_RULES_RULE_H
#define FV_RULES_RULE_H

#include "rules/rules.h"

/* The things that the walker looks at while a rule runs. A member is NULL if the level of the rule
 * has no such thing. */
typedef struct fv_rule_context {
    const fv_scene *scene;
    const fv_scene_target *target;
    const fv_scene_address *address;
    const fv_scene_presented *presented;
    const fv_rule *rule;
    fv_remarks *remarks;
    /* Faults of standby targets. They are not remarks themselves: one remark says that the
     * standby is faulty. */
    fv_remarks standby_faults;
    uint32_t requirement;  /* of the next remark; 0: the catalogue's */
    uint32_t severity;     /* of the next remark; 0: the catalogue's */
    bool is_out_of_memory; /* stays set; the walker reads it once, at the end */
} fv_rule_context;

/* The level of a rule: the things that it is applied to. */
enum {
    FV_LEVEL_SCENE = 1, /* once */
    FV_LEVEL_TARGET,    /* each SRV target */
    FV_LEVEL_ADDRESS,   /* each address of each target */
    FV_LEVEL_PRESENTED, /* each chain of each target once, and the client's */
    FV_LEVEL_LAST,      /* once, after all other rules */
};

/* No level has more rules than that (tests/unit/rules/tables.c). */
#define FV_LEVEL_MAX_RULES 32

#define FV_RULE_MAX_CODES 32

/* A rule adds remarks and never stops early. It emits only the codes that it lists. */
struct fv_rule {
    const char *name;
    uint32_t level;
    void (*apply)(fv_rule_context *context);
    uint32_t codes[FV_RULE_MAX_CODES]; /* 0-ended */
};

/* One table for each family. */
extern const fv_rule fv_rules_srv[], fv_rules_srv_target[], fv_rules_address[],
    fv_rules_transport[], fv_rules_name[], fv_rules_certificate[], fv_rules_trust[],
    fv_rules_looks[], fv_rules_cluster[];
extern const size_t fv_num_rules_srv, fv_num_rules_srv_target, fv_num_rules_address,
    fv_num_rules_transport, fv_num_rules_name, fv_num_rules_certificate, fv_num_rules_trust,
    fv_num_rules_looks, fv_num_rules_cluster;

/* Adds a remark at the present place of the context. The values of `params` must live in the arena
 * or in static memory (see fv_rule_copy); the keys are static. */
void fv_emit(fv_rule_context *context, uint32_t code, const fv_param *params, size_t num_params);
/* Adds a remark about the remark `fault`, at the place of `fault`. */
void fv_emit_faulty(fv_rule_context *context, uint32_t code, const fv_remark *fault,
                    const fv_param *params, size_t num_params);
/* Adds a remark that trust/ has made. Its place in the chain stays. */
void fv_emit_adopted(fv_rule_context *context, const fv_remark *remark);

#define FV_EMIT(context, code, ...)                                                                \
    fv_emit((context), FEDVAL_FINDING_##code, (const fv_param[]){__VA_ARGS__},                     \
            sizeof((const fv_param[]){__VA_ARGS__}) / sizeof(fv_param))
#define FV_EMIT_PLAIN(context, code) fv_emit((context), FEDVAL_FINDING_##code, NULL, 0)

/* Adds a remark that counts for `requirement`. If that is 0, it counts for the one in the
 * catalogue. */
void fv_emit_for(fv_rule_context *context, uint32_t requirement, uint32_t code,
                 const fv_param *params, size_t num_params);

/* These functions make texts for parameters. If memory is short they return "" and set
 * `is_out_of_memory`. */
const char *fv_rule_number(fv_rule_context *context, uint64_t number);
/* Says how far a server came that fell silent, such as "then says nothing". `offer` says what it
 * was offered, such as " to TLS 1.2"; "" if that is the usual offer. */
const char *fv_rule_silence_text(fv_rule_context *context, const fedval_fact *probe,
                                 const char *offer);
/* Copies a text that belongs to the evidence or to the policy. NULL stays NULL. */
const char *fv_rule_copy(fv_rule_context *context, const char *text);
/* Moves the text in `buf` to the arena and clears `buf`. */
const char *fv_rule_text(fv_rule_context *context, fv_buf *buf);
/* Return the parameter `key` with the names in the subjectAltName, or the Common Names, as "a, b";
 * "no names" if there are none. */
fv_param fv_rule_alt_names(fv_rule_context *context, const char *key,
                           const fv_certificate *certificate);
fv_param fv_rule_common_names(fv_rule_context *context, const char *key,
                              const fv_certificate *certificate);

/* Says why a look-up gave no answer, such as "servfail, the server answered ...; EDE 9, ...". */
const char *fv_rule_dns_outcome(fv_rule_context *context, const fedval_fact *fact);
/* Says how a connection ended, such as "reset by the peer" or "alert 40, handshake failure". */
const char *fv_rule_failure_text(fv_rule_context *context, const fedval_fact *probe);
/* Says how the target relates to the domain, such as "it lies under steven.lab only". */
const char *fv_rule_target_relation(fv_rule_context *context);
/* Says what is wanted of a target that lies too deep, and which slip likely made it so. */
const char *fv_rule_wanted_depth(fv_rule_context *context);

/* Whether only the system's resolver was asked. The resolver of a company may answer from an
 * internal zone, whose records are not those that partners see. */
bool fv_rule_asked_system_alone(const fv_scene *scene);
/* Returns the resolver that gave the answer, "resolver 10.0.0.53", where nothing says that it sees
 * what partners see; else NULL. */
const char *fv_rule_unknown_resolver(const fv_scene *scene, const fedval_fact *fact);

/* The rule on what Expressway raises an alarm over, or does not accept in every release
 * (expressway.c). */
void fv_certificate_suits_expressway(fv_rule_context *context);

/* The rule that the views of several resolvers agree (views.c). */
void fv_views_agree(fv_rule_context *context);
void fv_servers_agree(fv_rule_context *context);
void fv_servers_answer(fv_rule_context *context);
void fv_servers_are_asked(fv_rule_context *context);

#endif
