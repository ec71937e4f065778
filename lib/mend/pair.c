/* Works out from two reports what works between their domains. */
#include "model/pair.h"
#include "model/finding.h"

#include "base/code.h"
#include "fedval/catalogue.h"

#include <stdlib.h>
#include <string.h>

static const fv_code ways[] = {
    {FEDVAL_WAY_TO_MICROSOFT, "to-microsoft"},
    {FEDVAL_WAY_FROM_MICROSOFT, "from-microsoft"},
    {FEDVAL_WAY_PRESENCE, "presence"},
    {FEDVAL_WAY_CALL_BACK, "call-back"},
};

static const fv_code outlooks[] = {
    {FEDVAL_OUTLOOK_WORKS, "works"},
    {FEDVAL_OUTLOOK_BROKEN, "broken"},
    {FEDVAL_OUTLOOK_UNKNOWN, "unknown"},
};

FV_CODE_FUNCTIONS(way, ways)
FV_CODE_FUNCTIONS(outlook, outlooks)

/* ---- what each way hangs on ---- */

#define WAY(way) (1u << FEDVAL_WAY_##way)
#define EVERY_WAY (WAY(TO_MICROSOFT) | WAY(FROM_MICROSOFT) | WAY(PRESENCE) | WAY(CALL_BACK))

/* These findings are no faults, but they leave ways open. Nobody documents whether Microsoft's
 * cloud federates with an Edge that is not Microsoft's. If callers use another domain, that domain
 * was not judged. A certificate without clientAuth leaves open what its own side starts: peers that
 * look at the caller's purpose refuse it, as Expressway X15.5 does by default (see fedval explain
 * R6). */
static const struct {
    uint32_t code;
    uint32_t side; /* FEDVAL_SIDE_ whose report has the finding; 0: either */
    uint32_t ways; /* a bit for each */
} open_codes[] = {
    {FEDVAL_FINDING_SRV_HOSTING_PROVIDER, 0, EVERY_WAY},
    {FEDVAL_FINDING_SRV_BESIDE_PROVIDER, 0, EVERY_WAY},
    {FEDVAL_FINDING_CALLER_DOMAINS_DIFFER, 0, WAY(CALL_BACK)},
    {FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SIDE_CISCO, WAY(TO_MICROSOFT) | WAY(PRESENCE)},
    {FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH, FEDVAL_SIDE_MICROSOFT,
     WAY(FROM_MICROSOFT) | WAY(PRESENCE) | WAY(CALL_BACK)},
};

static uint32_t open_ways(uint32_t code, uint32_t side)
{
    for (size_t i = 0; i < sizeof(open_codes) / sizeof(open_codes[0]); i++) {
        if (open_codes[i].code == code && (open_codes[i].side == 0 || open_codes[i].side == side))
            return open_codes[i].ways;
    }
    return 0;
}

/* Returns the FEDVAL_OUTLOOK_ that a remark of a side's report gives a way; 0: it says nothing
 * about it. */
static uint32_t outlook_of(const fedval_finding *finding, uint32_t side, uint32_t way,
                           uint32_t directions)
{
    const fv_remark *remark = &finding->remark;
    if (!fv_remark_counts(remark))
        return 0;
    if ((finding->breaks & directions) != 0 && remark->severity == FEDVAL_SEVERITY_ERROR)
        return FEDVAL_OUTLOOK_BROKEN;
    bool is_open =
        (finding->breaks & directions) != 0 && remark->severity == FEDVAL_SEVERITY_INDETERMINATE;
    return is_open || (open_ways(remark->code, side) >> way & 1) != 0 ? FEDVAL_OUTLOOK_UNKNOWN : 0;
}

/* Returns the calls that a requirement can break: those that one of its findings breaks. Expressway
 * looks at the Microsoft side's domain only when it calls. */
static uint32_t directions_of(uint32_t requirement, uint32_t side)
{
    uint32_t directions = 0;
    for (size_t i = 0; i < fedval_catalogue_count(); i++) {
        const fedval_catalogue_entry *entry = fedval_catalogue_get(i);
        if (entry->requirement == requirement)
            directions |= entry->breaks;
    }
    return side == FEDVAL_SIDE_MICROSOFT ? directions & FEDVAL_DIRECTION_TO_MICROSOFT : directions;
}

/* ---- reasons ---- */

static void add(fedval_pair *pair, const fedval_pair_reason *reason)
{
    void *items = pair->reasons;
    fedval_pair_reason *slot =
        fv_arena_append(&pair->arena, &items, &pair->num_reasons, &pair->capacity, sizeof(*slot));
    if (slot == NULL) {
        pair->failed = true;
        return;
    }
    pair->reasons = items;
    *slot = *reason;
}

static void add_findings(fedval_pair *pair, const fedval_report *report, uint32_t way,
                         uint32_t directions)
{
    for (size_t i = 0; i < report->num_findings; i++) {
        const fedval_finding *finding = &report->findings[i];
        uint32_t outlook = outlook_of(finding, report->side, way, directions);
        if (outlook == 0)
            continue;
        add(pair, &(fedval_pair_reason){.way = way,
                                        .outlook = outlook,
                                        .side = report->side,
                                        .finding = finding,
                                        .finding_index = i});
    }
}

static void add_unseen(fedval_pair *pair, const fedval_report *report, uint32_t way,
                       uint32_t directions)
{
    for (uint32_t i = 1; i <= FV_NUM_REQUIREMENTS; i++) {
        bool is_unseen =
            report->required[i] && report->requirements[i] == FEDVAL_VERDICT_NOT_CHECKED;
        if (!is_unseen || (directions_of(i, report->side) & directions) == 0)
            continue;
        add(pair, &(fedval_pair_reason){.way = way,
                                        .outlook = FEDVAL_OUTLOOK_UNKNOWN,
                                        .side = report->side,
                                        .requirement = i});
    }
}

/* ---- one server for both ---- */

static bool is_same_text(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Returns the host that both endpoints lead to, or an address that both have; NULL: none. Another
 * port can be another server. */
static const char *shared_of(const fv_report_endpoint *a, const fv_report_endpoint *b)
{
    if (a->port != b->port)
        return NULL;
    if (is_same_text(a->target, b->target))
        return a->target;
    for (size_t i = 0; i < a->num_addresses; i++) {
        for (size_t k = 0; k < b->num_addresses; k++) {
            if (is_same_text(a->addresses[i].address, b->addresses[k].address))
                return a->addresses[i].address;
        }
    }
    return NULL;
}

static const char *find_shared(const fedval_report *cisco, const fedval_report *microsoft)
{
    const char *shared = NULL;
    for (size_t i = 0; shared == NULL && i < cisco->num_endpoints; i++) {
        for (size_t k = 0; shared == NULL && k < microsoft->num_endpoints; k++)
            shared = shared_of(&cisco->endpoints[i], &microsoft->endpoints[k]);
    }
    return shared;
}

/* ---- the ways ---- */

/* A way with a fault is broken, even if other things are open. One server is no partner of
 * itself: if both domains lead to it, nothing was seen of the other side. */
static uint32_t fold(const fedval_pair *pair, uint32_t way)
{
    uint32_t outlook = pair->shared_server == NULL ? FEDVAL_OUTLOOK_WORKS : FEDVAL_OUTLOOK_UNKNOWN;
    for (size_t i = 0; i < pair->num_reasons; i++) {
        if (pair->reasons[i].way != way)
            continue;
        if (pair->reasons[i].outlook == FEDVAL_OUTLOOK_BROKEN)
            return FEDVAL_OUTLOOK_BROKEN;
        outlook = FEDVAL_OUTLOOK_UNKNOWN;
    }
    return outlook;
}

static void judge_ways(fedval_pair *pair)
{
    const fedval_report *reports[] = {pair->cisco, pair->microsoft};
    for (uint32_t way = 1; way <= FV_NUM_WAYS; way++) {
        for (size_t r = 0; r < 2; r++) {
            add_findings(pair, reports[r], way, fv_way_directions(way));
            add_unseen(pair, reports[r], way, fv_way_directions(way));
        }
        pair->outlooks[way] = fold(pair, way);
    }
}

/* ---- what was not seen ---- */

static bool is_listed(const fedval_pair *pair, uint32_t what)
{
    for (size_t i = 0; i < pair->num_not_seen; i++) {
        if (pair->not_seen[i] == what)
            return true;
    }
    return false;
}

static void list_unseen(fedval_pair *pair)
{
    const fedval_report *reports[] = {pair->cisco, pair->microsoft};
    size_t most = pair->cisco->num_not_checked + pair->microsoft->num_not_checked;
    pair->not_seen = fv_arena_alloc_array(&pair->arena, most, sizeof(*pair->not_seen));
    if (pair->not_seen == NULL) {
        pair->failed = true;
        return;
    }
    for (size_t r = 0; r < 2; r++) {
        for (size_t i = 0; i < reports[r]->num_not_checked; i++) {
            uint32_t what = reports[r]->not_checked[i];
            if (!is_listed(pair, what))
                pair->not_seen[pair->num_not_seen++] = what;
        }
    }
}

/* ---- who judges whom ---- */

/* Returns whether Microsoft itself hosts the domain. */
static bool is_hosted(const fedval_report *report)
{
    for (size_t i = 0; i < report->num_endpoints; i++) {
        if (report->endpoints[i].is_provider)
            return true;
    }
    return false;
}

uint32_t fedval_pair_choose_profile(uint32_t side, const fedval_report *microsoft)
{
    switch (side) {
    case FEDVAL_SIDE_MICROSOFT:
        return FEDVAL_PROFILE_EXPRESSWAY;
    case FEDVAL_SIDE_CISCO:
        return microsoft != NULL && is_hosted(microsoft) ? FEDVAL_PROFILE_OFFICE365
                                                         : FEDVAL_PROFILE_MICROSOFT_EDGE;
    default:
        return 0;
    }
}

/* ---- the pair ---- */

fedval_status fedval_pair_new(const fedval_report *cisco, const fedval_report *microsoft,
                              fedval_pair **out_pair)
{
    if (cisco == NULL || microsoft == NULL || out_pair == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (cisco->side != FEDVAL_SIDE_CISCO || microsoft->side != FEDVAL_SIDE_MICROSOFT)
        return FEDVAL_ERROR_ARGUMENT;
    fedval_pair *pair = calloc(1, sizeof(*pair));
    if (pair == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    fv_arena_init(&pair->arena);
    pair->cisco = cisco;
    pair->microsoft = microsoft;
    pair->shared_server = find_shared(cisco, microsoft);
    pair->is_perhaps_swapped = is_hosted(cisco);
    judge_ways(pair);
    list_unseen(pair);
    if (pair->failed) {
        fedval_pair_free(pair);
        return FEDVAL_ERROR_NO_MEMORY;
    }
    *out_pair = pair;
    return FEDVAL_OK;
}

void fedval_pair_free(fedval_pair *pair)
{
    if (pair == NULL)
        return;
    fv_arena_clear(&pair->arena);
    free(pair);
}

const fedval_report *fedval_pair_get_cisco(const fedval_pair *pair)
{
    return pair == NULL ? NULL : pair->cisco;
}

const fedval_report *fedval_pair_get_microsoft(const fedval_pair *pair)
{
    return pair == NULL ? NULL : pair->microsoft;
}

uint32_t fedval_pair_get_outlook(const fedval_pair *pair, uint32_t way)
{
    bool is_way = pair != NULL && way >= 1 && way <= FV_NUM_WAYS;
    return is_way ? pair->outlooks[way] : (uint32_t)FEDVAL_OUTLOOK_UNKNOWN;
}

uint32_t fedval_pair_get_outlook_of_all(const fedval_pair *pair)
{
    uint32_t all = FEDVAL_OUTLOOK_WORKS;
    if (pair == NULL)
        return 0;
    for (uint32_t way = 1; way <= FV_NUM_WAYS; way++) {
        if (pair->outlooks[way] == FEDVAL_OUTLOOK_BROKEN)
            return FEDVAL_OUTLOOK_BROKEN;
        if (pair->outlooks[way] != FEDVAL_OUTLOOK_WORKS)
            all = FEDVAL_OUTLOOK_UNKNOWN;
    }
    return all;
}

size_t fedval_pair_count_reasons(const fedval_pair *pair)
{
    return pair == NULL ? 0 : pair->num_reasons;
}

const fedval_pair_reason *fedval_pair_get_reason(const fedval_pair *pair, size_t index)
{
    return index < fedval_pair_count_reasons(pair) ? &pair->reasons[index] : NULL;
}

uint32_t fedval_pair_reason_get_way(const fedval_pair_reason *reason)
{
    return reason == NULL ? 0 : reason->way;
}

uint32_t fedval_pair_reason_get_outlook(const fedval_pair_reason *reason)
{
    return reason == NULL ? 0 : reason->outlook;
}

uint32_t fedval_pair_reason_get_side(const fedval_pair_reason *reason)
{
    return reason == NULL ? 0 : reason->side;
}

const fedval_finding *fedval_pair_reason_get_finding(const fedval_pair_reason *reason)
{
    return reason == NULL ? NULL : reason->finding;
}

uint32_t fedval_pair_reason_get_requirement(const fedval_pair_reason *reason)
{
    return reason == NULL ? 0 : reason->requirement;
}

size_t fedval_pair_reason_get_finding_index(const fedval_pair_reason *reason)
{
    return reason == NULL || reason->finding == NULL ? SIZE_MAX : reason->finding_index;
}

const char *fedval_pair_get_shared_server(const fedval_pair *pair)
{
    return pair == NULL ? NULL : pair->shared_server;
}

size_t fedval_pair_count_not_seen(const fedval_pair *pair)
{
    return pair == NULL ? 0 : pair->num_not_seen;
}

uint32_t fedval_pair_is_perhaps_swapped(const fedval_pair *pair)
{
    return pair != NULL && pair->is_perhaps_swapped;
}

uint32_t fedval_pair_get_not_seen_kind(const fedval_pair *pair, size_t index)
{
    return index < fedval_pair_count_not_seen(pair) ? pair->not_seen[index] : 0;
}

const char *fedval_pair_get_not_seen(const fedval_pair *pair, size_t index)
{
    return fedval_not_checked_to_string(fedval_pair_get_not_seen_kind(pair, index));
}
