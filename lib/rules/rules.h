/* The rules turn a scene into remarks. Each family has one file with one table. */
#ifndef FV_RULES_RULES_H
#define FV_RULES_RULES_H

#include "model/remark.h"
#include "rules/scene.h"

typedef struct fv_rule fv_rule;

typedef struct fv_remarks {
    fv_remark *items;
    size_t num_items, capacity;
    /* how many of the items come from a rule that does not list their code; a test holds it at 0 */
    size_t num_unlisted;
    /* some faults are those of one view, and nothing tells which view partners have: nothing is to
     * be changed before somebody knows */
    bool is_view_open;
} fv_remarks;

/* Appends a copy of `remark`. False: memory is short. */
bool fv_remarks_append(fv_arena *arena, fv_remarks *remarks, const fv_remark *remark);

/* Applies every rule and adds its remarks to `out`. Where nothing tells which of several views
 * partners have, judges the other views too: a fault of one view alone is no error. Returns 0,
 * NO_MEMORY, or what fv_scene_derive returns. */
fedval_status fv_rules_apply(const fv_scene *scene, fv_remarks *out);
/* Applies only the rules on a presented chain, to one chain that `target` presents. Returns 0, or
 * NO_MEMORY. */
fedval_status fv_rules_apply_presented(const fv_scene *scene, const fv_scene_target *target,
                                       const fv_scene_presented *presented, fv_remarks *out);

/* The names that each certificate of a cluster has to hold: those by which its peers are looked up
 * (R8). */
typedef struct fv_cluster {
    const char **names; /* those of this domain first; no name appears twice */
    size_t num_names;
    size_t num_own; /* how many of them are this domain's own */
} fv_cluster;

/* Collects the names. There are none if the profile does not compare the SRV target. `with_all`
 * adds those names of other domains that no SRV record leads to. Returns 0, or NO_MEMORY. */
fedval_status fv_cluster_collect(const fv_scene *scene, bool with_all, fv_cluster *out);
/* Returns whether `target` is a peer of this domain that presents a certificate of its own. */
bool fv_cluster_has_peer(const fv_scene_target *target);
/* Sets `out_seen` to whether R8 can be judged. That takes several peers, or one peer with several
 * domains, and the certificate of each peer. Returns 0, or NO_MEMORY. */
fedval_status fv_cluster_look(const fv_scene *scene, bool *out_seen);

/* Returns the severity of `code`: the catalogue's, unless the profile or the input says otherwise.
 * For example, an untrusted root is only indeterminate for an Edge if no private anchors were
 * given. */
uint32_t fv_severity_of(const fv_rules_input *input, uint32_t code);
/* Returns the remedy to tell where public CAs alone are taken, as Office 365 does: nobody is there
 * who could import a private root. NULL: the remedy of the catalogue holds. */
const char *fv_remedy_of(const fedval_policy *policy, uint32_t code);

/* Returns rule `index` over all tables. NULL: past the end. */
const fv_rule *fv_rule_get(size_t index);
/* Returns whether `rule` lists `code` among those that it may emit. */
bool fv_rule_lists(const fv_rule *rule, uint32_t code);

#endif
