/* What a rule is, and how it says what it found. */
#ifndef FV_RULES_RULE_H
#define FV_RULES_RULE_H

#include "rules/rules.h"

/* What the walker is looking at while a rule runs; NULL where the rule's level has none. */
typedef struct fv_rule_context {
    const fv_scene *scene;
    const fv_scene_target *target;
    const fv_scene_address *address;
    const fv_scene_presented *presented;
    const fv_rule *rule;
    fv_findings *findings;
    /* Faults of standby targets: one finding of its own says that the standby is faulty. */
    fv_findings standby_faults;
    uint32_t requirement;  /* of the finding under way; 0: that of the catalogue */
    uint32_t severity;     /* the same; 0: that of the catalogue */
    bool is_out_of_memory; /* sticks; asked for once, at the end */
} fv_rule_context;

/* What each rule is applied to. */
enum {
    FV_LEVEL_SCENE = 1, /* once */
    FV_LEVEL_TARGET,    /* each SRV target */
    FV_LEVEL_ADDRESS,   /* each address of each target */
    FV_LEVEL_PRESENTED, /* each chain of each target once, and the client's */
    FV_LEVEL_LAST,      /* once, when all else is done */
};

#define FV_RULE_MAX_CODES 32

/* Rules add findings and never stop early. They emit no other codes than those listed. */
struct fv_rule {
    const char *name;
    uint32_t level;
    void (*apply)(fv_rule_context *context);
    uint32_t codes[FV_RULE_MAX_CODES]; /* 0-ended */
};

/* One table a family. */
extern const fv_rule fv_rules_srv[], fv_rules_address[], fv_rules_transport[], fv_rules_name[],
    fv_rules_certificate[], fv_rules_trust[], fv_rules_looks[], fv_rules_cluster[];
extern const size_t fv_num_rules_srv, fv_num_rules_address, fv_num_rules_transport,
    fv_num_rules_name, fv_num_rules_certificate, fv_num_rules_trust, fv_num_rules_looks,
    fv_num_rules_cluster;

/* Adds a finding at the place that the context stands at. The values must live in the arena or
 * in static memory (fv_rule_copy); the keys are static. */
void fv_emit(fv_rule_context *context, uint32_t code, const fv_param *params, size_t num_params);
/* The same at the place of `fault`, which the finding is about. */
void fv_emit_faulty(fv_rule_context *context, uint32_t code, const fv_finding *fault,
                    const fv_param *params, size_t num_params);
/* The same for a finding that trust/ made: its place in the chain is kept. */
void fv_emit_adopted(fv_rule_context *context, const fv_finding *finding);

#define FV_EMIT(context, code, ...)                                                                \
    fv_emit((context), FEDVAL_FINDING_##code, (const fv_param[]){__VA_ARGS__},                     \
            sizeof((const fv_param[]){__VA_ARGS__}) / sizeof(fv_param))
#define FV_EMIT_PLAIN(context, code) fv_emit((context), FEDVAL_FINDING_##code, NULL, 0)

/* The next finding counts for this requirement, whatever the catalogue says; 0: as it says. */
void fv_emit_for(fv_rule_context *context, uint32_t requirement, uint32_t code,
                 const fv_param *params, size_t num_params);

/* Texts for parameters. On failure the context remembers it, and "" is given. */
const char *fv_rule_number(fv_rule_context *context, uint64_t number);
/* A copy of a text that belongs to the evidence or to the policy; NULL stays NULL. */
const char *fv_rule_copy(fv_rule_context *context, const char *text);
/* Takes over what is in buf, and clears it. */
const char *fv_rule_text(fv_rule_context *context, fv_buf *buf);
/* "a, b" of the names in a subjectAltName, of the Common Names; "no names". */
const char *fv_rule_alt_names(fv_rule_context *context, const fv_certificate *certificate);
const char *fv_rule_common_names(fv_rule_context *context, const fv_certificate *certificate);

/* What came of a look-up that gave nothing: "servfail, the server answered ...; EDE 9, ...". */
const char *fv_rule_dns_outcome(fv_rule_context *context, const fedval_fact *fact);

/* What Expressway raises an alarm over, or does not take in every release (expressway.c). */
void fv_certificate_suits_expressway(fv_rule_context *context);

/* Whether the views of several resolvers agree (views.c). */
void fv_views_agree(fv_rule_context *context);
void fv_servers_agree(fv_rule_context *context);
void fv_servers_answer(fv_rule_context *context);

#endif
