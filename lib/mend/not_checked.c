/* What a report says nothing of, and what would look at it. */
#include "mend/not_checked.h"

#include "rules/rule.h"

static bool was_probed(const fv_scene_target *target)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fedval_fact *probe = target->addresses[i].probe;
        if (probe != NULL && probe->outcome != 0 && probe->outcome != FEDVAL_OUTCOME_NOT_PROBED)
            return true;
    }
    return false;
}

static bool is_port_checked(const fv_scene *scene)
{
    bool any = false;
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].counts && !was_probed(&scene->targets[i]))
            return false;
        any |= scene->targets[i].counts;
    }
    return any;
}

/* Returns whether TLS came up but nobody asked whether it carries SIP. */
static bool lacks_sip(const fv_scene_address *address)
{
    if (address->probe == NULL || address->probe->outcome != FEDVAL_OUTCOME_HANDSHAKE)
        return false;
    for (size_t i = 0; i < address->num_looks; i++) {
        if (address->looks[i].fact->question.look == FEDVAL_LOOK_OPTIONS)
            return false;
    }
    return true;
}

static bool is_sip_asked(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        for (size_t j = 0; j < target->num_addresses; j++) {
            if (target->counts && lacks_sip(&target->addresses[j]))
                return false;
        }
    }
    return true;
}

static bool is_address_known(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        if (target->counts && target->host != NULL && target->a == NULL && target->aaaa == NULL)
            return false;
    }
    return true;
}

/* What was seen of the certificates that peers can meet. */
typedef struct certificates_seen {
    bool is_any, is_all;
} certificates_seen;

static void look_at(const fv_scene *scene, const fv_scene_target *target, certificates_seen *seen)
{
    bool has_any = false;
    for (size_t i = 0; i < target->num_addresses; i++) {
        seen->is_all &= !fv_address_is_unseen(scene, &target->addresses[i]);
        has_any |= target->addresses[i].has_presented;
    }
    seen->is_all &= has_any;
    seen->is_any |= has_any;
}

/* A partner may fall over to a standby, so its certificate counts as open where nobody looked. */
static bool is_standby_unseen(const fv_scene_target *target)
{
    if (target->counts || target->host == NULL || target->is_provider || target->is_of_cloud)
        return false;
    for (size_t i = 0; i < target->num_addresses; i++) {
        const fv_scene_address *address = &target->addresses[i];
        bool is_probed = address->probe != NULL && address->probe->outcome != 0;
        if (!address->has_presented && !is_probed && address->not_public == NULL)
            return true;
    }
    return false;
}

static bool is_any_standby_unseen(const fv_scene *scene)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (is_standby_unseen(&scene->targets[i]))
            return true;
    }
    return false;
}

static certificates_seen look_at_certificates(const fv_scene *scene)
{
    certificates_seen seen = {.is_all = scene->num_targets > 0};
    for (size_t i = 0; i < scene->num_targets; i++) {
        if (scene->targets[i].counts)
            look_at(scene, &scene->targets[i], &seen);
    }
    return seen;
}

/* Returns whether chains were seen but nothing was given to judge their trust by. */
static bool is_trust_open(const fv_judgement *judgement, const certificates_seen *seen)
{
    const fv_scene *scene = &judgement->scene;
    bool is_open = scene->num_chains > 0 && seen->is_all;
    for (size_t i = 0; i < scene->num_chains; i++) {
        uint32_t trust = scene->chains[i]->trust.trust;
        is_open |= trust == FEDVAL_TRUST_NOT_CHECKED || trust == FEDVAL_TRUST_UNKNOWN;
    }
    return is_open && judgement->requirements[5] == FEDVAL_VERDICT_NOT_CHECKED;
}

/* Counts the addresses of one family, of a target that the Edge may use. One peer of a cluster has
 * at most one of each family. */
static size_t count_addresses(const fv_scene_target *target, bool is_ipv6)
{
    size_t count = 0;
    for (size_t i = 0; i < target->num_addresses; i++) {
        const char *text = target->addresses[i].text;
        count += text != NULL && fv_address_is_ipv6(text) == is_ipv6;
    }
    return target->counts && !target->is_provider && !target->is_of_cloud ? count : 0;
}

/* Returns whether a target of the Cisco side has several peers, and R8 of them was not judged. */
static bool is_cluster_unseen(const fv_judgement *judgement)
{
    const fv_scene *scene = &judgement->scene;
    bool is_cluster = false;
    for (size_t i = 0; i < scene->num_targets; i++) {
        is_cluster |= count_addresses(&scene->targets[i], false) > 1 ||
                      count_addresses(&scene->targets[i], true) > 1;
    }
    return is_cluster && scene->side == FEDVAL_SIDE_CISCO &&
           judgement->requirements[8] == FEDVAL_VERDICT_NOT_CHECKED;
}

static uint32_t certificate_hint(bool is_in_scope, const certificates_seen *seen)
{
    if (!is_in_scope)
        return FEDVAL_HINT_WIDER_SCOPE;
    return seen->is_any ? FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS : FEDVAL_HINT_GIVE_CHAIN;
}

static bool has_finding(const fv_judgement *judgement, uint32_t code)
{
    for (size_t i = 0; i < judgement->remarks.num_items; i++) {
        if (judgement->remarks.items[i].code == code)
            return true;
    }
    return false;
}

/* Whether resolvers were asked and none of them is one that partners ask too. */
static bool is_public_unasked(const fv_scene *scene)
{
    return fv_rule_asked_system_alone(scene) ||
           fv_evidence_is_public_unasked(scene->input->evidence);
}

bool fv_fill_not_checked(fedval_report *report, const fv_judgement *judgement)
{
    const fv_scene *scene = &judgement->scene;
    bool is_dns = report->scope != FEDVAL_SCOPE_CERTIFICATE;
    bool is_certificate = report->scope != FEDVAL_SCOPE_DNS;
    const certificates_seen seen = look_at_certificates(scene);
    const struct {
        uint32_t what; /* FEDVAL_NOT_CHECKED_ */
        bool is_checked;
        uint32_t hint;
    } all[] = {
        {FEDVAL_NOT_CHECKED_DNS, is_dns, FEDVAL_HINT_WIDER_SCOPE},
        {FEDVAL_NOT_CHECKED_SRV, !is_dns || scene->srv_owner == NULL || scene->srv != NULL,
         FEDVAL_HINT_ASK_DNS},
        {FEDVAL_NOT_CHECKED_ADDRESS, !is_dns || is_address_known(scene), FEDVAL_HINT_ASK_DNS},
        {FEDVAL_NOT_CHECKED_PUBLIC_DNS, !is_dns || !is_public_unasked(scene),
         FEDVAL_HINT_OTHER_RESOLVER},
        {FEDVAL_NOT_CHECKED_CERTIFICATE,
         is_certificate && seen.is_all && !is_any_standby_unseen(scene),
         certificate_hint(is_certificate, &seen)},
        {FEDVAL_NOT_CHECKED_TRUST, !is_certificate || !is_trust_open(judgement, &seen),
         FEDVAL_HINT_GIVE_ROOT},
        {FEDVAL_NOT_CHECKED_CLUSTER, !is_certificate || !is_cluster_unseen(judgement),
         FEDVAL_HINT_GIVE_CHAIN_OF_ADDRESS},
        {FEDVAL_NOT_CHECKED_PORT, is_port_checked(scene), FEDVAL_HINT_PROBE},
        {FEDVAL_NOT_CHECKED_SIP, is_sip_asked(scene), FEDVAL_HINT_ASK_SIP},
        {FEDVAL_NOT_CHECKED_CALLING_CERTIFICATE, scene->has_client,
         fv_scene_is_at_provider(scene) ? FEDVAL_HINT_NONE : FEDVAL_HINT_GIVE_CALLING_CHAIN},
        {FEDVAL_NOT_CHECKED_PARTNER_ALLOWED_LIST, false, FEDVAL_HINT_NONE},
        {FEDVAL_NOT_CHECKED_USER_POLICY, false, FEDVAL_HINT_NONE},
        {FEDVAL_NOT_CHECKED_MEDIA, false, FEDVAL_HINT_NONE},
        {FEDVAL_NOT_CHECKED_REVOCATION,
         !has_finding(judgement, FEDVAL_FINDING_REVOCATION_NOT_CHECKED), FEDVAL_HINT_GIVE_CRL},
    };
    const size_t count = sizeof(all) / sizeof(all[0]);
    report->not_checked = fv_arena_alloc_array(&report->arena, count, sizeof(*report->not_checked));
    report->not_checked_hints =
        fv_arena_alloc_array(&report->arena, count, sizeof(*report->not_checked_hints));
    if (report->not_checked == NULL || report->not_checked_hints == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (all[i].is_checked)
            continue;
        report->not_checked_hints[report->num_not_checked] = all[i].hint;
        report->not_checked[report->num_not_checked++] = all[i].what;
    }
    return true;
}
