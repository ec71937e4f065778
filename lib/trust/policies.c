#include "trust/policies.h"

#include "x509/oid.h"

/* One value of an expected_policy_set of RFC 5280 6.1.2 (a), with the trust anchor's policy that it
 * stands for (`origin`). Example: the first certificate has the policy 1.2.3 and maps it to 4.5.6.
 * The next certificate is expected to have 4.5.6, whose origin is 1.2.3. */
typedef struct node {
    fv_bytes expected, origin;
} node;

/* One depth of the valid_policy_tree. Which node hangs under which other does not matter: the tree
 * is empty when its lowest level is, so a level is the union of the expected policies of its
 * nodes. */
typedef struct level {
    node *items;
    size_t num_items, capacity;
    bool has_any; /* the level has a node of anyPolicy */
} level;

typedef struct state {
    fv_arena *scratch;
    const fv_policies_wanted *wanted;
    level valid;
    uint64_t explicit_policy, policy_mapping, inhibit_any; /* 6.1.2 (d), (e), (f) */
    size_t *comparisons, limit;
    fv_policies_result result;
} state;

static bool is_any(fv_bytes oid)
{
    return fv_oid_equal(oid, FV_OID(FV_OID_ANY_POLICY));
}

static bool is_empty(const level *l)
{
    return l->num_items == 0 && !l->has_any;
}

/* False once the limit is reached: the path is refused then. */
static bool count(state *s)
{
    if (++*s->comparisons > s->limit)
        s->result = FV_POLICIES_LIMIT;
    return s->result == FV_POLICIES_HOLD;
}

static void add(state *s, level *l, fv_bytes expected, fv_bytes origin)
{
    for (size_t i = 0; i < l->num_items; i++) {
        if (!count(s) || (fv_bytes_equal(l->items[i].expected, expected) &&
                          fv_bytes_equal(l->items[i].origin, origin)))
            return;
    }
    if (s->result != FV_POLICIES_HOLD)
        return;
    node *item =
        fv_arena_append(s->scratch, (void **)&l->items, &l->num_items, &l->capacity, sizeof(*item));
    if (item == NULL)
        s->result = FV_POLICIES_NO_MEMORY;
    else
        *item = (node){expected, origin};
}

/* Adds `expected` below every node that expects `oid`; below anyPolicy where there is none. */
static void add_below(state *s, level *next, fv_bytes oid, fv_bytes expected)
{
    bool is_found = false;
    for (size_t i = 0; i < s->valid.num_items && count(s); i++) {
        if (!fv_bytes_equal(s->valid.items[i].expected, oid))
            continue;
        is_found = true;
        add(s, next, expected, s->valid.items[i].origin);
    }
    if (!is_found && s->valid.has_any)
        add(s, next, expected, oid);
}

/* 6.1.3 (d) and (e) */
static void process_policies(state *s, const fv_certificate *certificate, bool is_last)
{
    const fv_certificate_policies *policies = &certificate->policies;
    level next = {0};
    bool any_counts =
        policies->has_any &&
        (s->inhibit_any > 0 || (!is_last && fv_certificate_is_self_issued(certificate)));
    for (size_t i = 0; i < policies->num_oids; i++) {
        if (!is_any(policies->oids[i]))
            add_below(s, &next, policies->oids[i], policies->oids[i]);
    }
    for (size_t i = 0; any_counts && i < s->valid.num_items; i++)
        add(s, &next, s->valid.items[i].expected, s->valid.items[i].origin);
    next.has_any = any_counts && s->valid.has_any;
    s->valid = next;
}

static bool is_mapped(state *s, const fv_policy_mappings *mappings, fv_bytes oid)
{
    for (size_t i = 0; i < mappings->num_items && count(s); i++) {
        if (fv_bytes_equal(mappings->items[i].issuer_domain, oid))
            return true;
    }
    return false;
}

/* 6.1.4 (b): replaces each mapped policy by those that it is mapped to: the mapping A to B turns
 * {A, C} into {B, C}. If mapping is inhibited, A is only removed. */
static void process_mappings(state *s, const fv_policy_mappings *mappings)
{
    level next = {.has_any = s->valid.has_any};
    if (mappings->presence != FV_KNOWN)
        return;
    for (size_t i = 0; i < s->valid.num_items; i++) {
        if (!is_mapped(s, mappings, s->valid.items[i].expected))
            add(s, &next, s->valid.items[i].expected, s->valid.items[i].origin);
    }
    for (size_t i = 0; s->policy_mapping > 0 && i < mappings->num_items; i++)
        add_below(s, &next, mappings->items[i].issuer_domain, mappings->items[i].subject_domain);
    s->valid = next;
}

/* 6.1.4 (a) */
static bool maps_any_policy(const fv_policy_mappings *mappings)
{
    for (size_t i = 0; i < mappings->num_items; i++) {
        if (is_any(mappings->items[i].issuer_domain) || is_any(mappings->items[i].subject_domain))
            return true;
    }
    return false;
}

static void decrement(uint64_t *counter)
{
    *counter -= *counter > 0;
}

static void lower(uint64_t *counter, bool is_given, uint32_t value)
{
    if (is_given && value < *counter)
        *counter = value;
}

/* 6.1.4 (i) and (j) */
static void process_constraints(state *s, const fv_certificate *certificate)
{
    const fv_policy_constraints *constraints = &certificate->policy_constraints;
    lower(&s->explicit_policy, constraints->has_require_explicit, constraints->require_explicit);
    lower(&s->policy_mapping, constraints->has_inhibit_mapping, constraints->inhibit_mapping);
    lower(&s->inhibit_any, certificate->inhibit_any_policy.presence == FV_KNOWN,
          certificate->inhibit_any_policy.skip);
}

/* 6.1.4: prepares for the next certificate. Returns NULL, or why the path breaks at this CA
 * certificate. */
static const char *prepare_next(state *s, const fv_certificate *certificate)
{
    if (maps_any_policy(&certificate->policy_mappings))
        return "policyMappings maps anyPolicy";
    process_mappings(s, &certificate->policy_mappings);
    if (!fv_certificate_is_self_issued(certificate)) {
        decrement(&s->explicit_policy);
        decrement(&s->policy_mapping);
        decrement(&s->inhibit_any);
    }
    process_constraints(s, certificate);
    return NULL;
}

/* 6.1.5 (g): the intersection of the tree with the user-initial-policy-set. */
static void intersect(state *s)
{
    const fv_policies_wanted *wanted = s->wanted;
    level kept = {.has_any = s->valid.has_any};
    if (wanted->num_accepted == 0)
        return;
    for (size_t i = 0; i < s->valid.num_items; i++) {
        for (size_t a = 0; a < wanted->num_accepted && count(s); a++) {
            if (fv_bytes_equal(wanted->accepted[a], s->valid.items[i].origin) ||
                is_any(wanted->accepted[a]))
                add(s, &kept, s->valid.items[i].expected, s->valid.items[i].origin);
        }
    }
    s->valid = kept;
}

static const char *process(state *s, const fv_certificate *certificate, bool is_last)
{
    static const char none_left[] = "a policy is required and none holds along the path";
    static const char none_wanted[] =
        "none of the policies that are asked for holds along the path";
    process_policies(s, certificate, is_last);
    if (s->explicit_policy == 0 && is_empty(&s->valid)) { /* 6.1.3 (f) */
        return none_left;
    }
    if (!is_last)
        return prepare_next(s, certificate);
    decrement(&s->explicit_policy); /* 6.1.5 (a), (b) */
    const fv_policy_constraints *own = &certificate->policy_constraints;
    if (own->has_require_explicit && own->require_explicit == 0)
        s->explicit_policy = 0;
    if (s->explicit_policy > 0)
        return NULL;
    if (is_empty(&s->valid))
        return none_left;
    intersect(s);
    return is_empty(&s->valid) ? none_wanted : NULL;
}

/* Without an explicit policy asked for anywhere explicit_policy never reaches 0, and without a
 * mapping nothing else can break: most paths are done here. */
static bool is_concerned(const fv_policies_wanted *wanted, const fv_certificate *const *path,
                         size_t path_len)
{
    for (size_t i = 0; i < path_len; i++) {
        if (path[i]->policy_constraints.has_require_explicit ||
            path[i]->policy_mappings.num_items > 0)
            return true;
    }
    return wanted->is_explicit;
}

fv_policies_result fv_policies_check(fv_arena *scratch, const fv_policies_wanted *wanted,
                                     const fv_certificate *const *path, size_t path_len,
                                     size_t *comparisons, size_t limit, size_t *out_rung,
                                     const char **out_reason)
{
    state s = {.scratch = scratch,
               .wanted = wanted,
               .valid = {.has_any = true},
               .explicit_policy = wanted->is_explicit ? 0 : path_len,
               .policy_mapping = wanted->inhibits_mapping ? 0 : path_len,
               .inhibit_any = wanted->inhibits_any ? 0 : path_len,
               .comparisons = comparisons,
               .limit = limit,
               .result = FV_POLICIES_HOLD};
    if (path_len < 2 || !is_concerned(wanted, path, path_len))
        return FV_POLICIES_HOLD;
    process_constraints(&s, path[path_len - 1]);
    for (size_t rung = path_len - 1; rung-- > 0;) {
        const char *reason = process(&s, path[rung], rung == 0);
        if (s.result != FV_POLICIES_HOLD)
            return s.result;
        if (reason != NULL) {
            *out_rung = rung;
            *out_reason = reason;
            return FV_POLICIES_VIOLATED;
        }
    }
    return FV_POLICIES_HOLD;
}
