/* The rules: scene -> findings. One file a family, one table in each. */
#ifndef FV_RULES_RULES_H
#define FV_RULES_RULES_H

#include "model/finding.h"
#include "rules/scene.h"

typedef struct fv_rule fv_rule;

typedef struct fv_findings {
    fv_finding *items;
    size_t num_items, capacity;
    size_t num_unlisted; /* of those: emitted by a rule that does not list the code; a test holds
                            it at 0 */
} fv_findings;

/* Applies every rule. 0; NO_MEMORY. */
fedval_status fv_rules_apply(const fv_scene *scene, fv_findings *out);
/* Applies those about a presented chain alone: to one chain, as if it came from this target. */
fedval_status fv_rules_apply_presented(const fv_scene *scene, const fv_scene_target *target,
                                       const fv_scene_presented *presented, fv_findings *out);

/* What a certificate of a cluster has to hold: the names by which each peer is looked up (R8). */
typedef struct fv_cluster {
    const char **names; /* of this domain first; none twice */
    size_t num_names;
    size_t num_own; /* of those: this domain's own */
} fv_cluster;

/* Collects the names; none where the profile does not compare the SRV target. `with_planned` adds
 * those that the actions of other domains make. 0; NO_MEMORY. */
fedval_status fv_cluster_collect(const fv_scene *scene, bool with_planned, fv_cluster *out);
/* Whether `target` is one of the peers of this domain, which present a certificate of their own. */
bool fv_cluster_has_peer(const fv_scene_target *target);
/* Whether enough was seen to judge R8: several peers, or several domains at one, and the
 * certificate of each peer. */
bool fv_cluster_is_seen(const fv_scene *scene);

/* The severity in force for a code under these inputs: the catalogue's, unless the profile or what
 * was given says otherwise. */
uint32_t fv_severity_of(const fv_rules_input *input, uint32_t code);

/* What the templates of a finding are filled with: its own parameters, then the domain, the SRV
 * owner, the target, the address and the certificate. Returns how many. */
#define FV_FINDING_MAX_PARAMS 16
size_t fv_finding_collect_params(const fv_finding *finding, const fv_scene *scene,
                                 fv_param out[FV_FINDING_MAX_PARAMS]);

/* Every rule of every table, for the walker's test; NULL past the end. */
const fv_rule *fv_rule_get(size_t index);
/* Does the rule list that it may emit the code? */
bool fv_rule_lists(const fv_rule *rule, uint32_t code);

#endif
