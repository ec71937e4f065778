/* Chains out of mutated certificates: the input chooses a PKI, damages some bytes of it, and the
 * result must agree with itself. Signatures stay good whatever is damaged, so that the rules see
 * it. */
#include "fuzz.h"

#include "toy.h"
#include "x509/certificate.h"

#include <stdlib.h>
#include <string.h>

/* ---- a certificate of choices ---- */

static const char *const cas[] = {"Root", "Issuing", "A", "B"};
static const char *const names[] = {
    NULL,           "dns:host.example.com",     "dns:*.example.com",
    "ip:192.0.2.1", "mail:a@example.com,dir:x", "uri:https://example.com/",
    "dns:.bad,dns:"};
static const char *const constraints[] = {
    NULL,          "dns:example.com",  "dns:.example.com", "dns:", "ip:192.0.2.0/24",
    "dir:Issuing", "mail:example.com", "uri:.example.com"};
static const char *const usages[] = {NULL, "server", "client", "any", "other"};
static const char *const policies[] = {NULL, "1", "2", "any", "1,2"};
static const char *const mappings[] = {NULL, "1>2", "2>1,1>2", "any>1"};
#define PICK(c, table) (table)[choose((c), sizeof(table) / sizeof((table)[0]))]

static toy_cert choose_certificate(choices *c, bool is_leaf)
{
    size_t own = choose(c, 4), issuer = choose(c, 4), flags = choose(c, 256);
    toy_cert out = {.subject = is_leaf ? "host.example.com" : cas[own],
                    .issuer = cas[issuer],
                    .key = is_leaf ? 99 : 1 + (unsigned)(own + 4 * choose(c, 2)),
                    .signer = 1 + (unsigned)(issuer + 4 * choose(c, 2)),
                    .ca = !is_leaf,
                    .names = PICK(c, names),
                    .permitted = PICK(c, constraints),
                    .excluded = PICK(c, constraints),
                    .eku = PICK(c, usages),
                    .policies = PICK(c, policies),
                    .mappings = PICK(c, mappings),
                    .pathlen = (unsigned)choose(c, 4),
                    .require_explicit = (unsigned)choose(c, 4),
                    .inhibit_any = (unsigned)choose(c, 4)};
    out.no_key_ids = (flags & 1) != 0;
    out.unsupported = (flags & 6) == 6;
    out.bad = (flags & 24) == 24;
    out.unknown_critical = (flags & 224) == 224;
    return out;
}

/* Turns over up to four bytes; the lengths stay. */
static fv_bytes damage(toy *t, choices *c, fv_bytes der)
{
    fv_bytes copy = {0};
    uint8_t *bytes;
    size_t count = choose(c, 5);
    require(fv_arena_copy_bytes(&t->arena, der, &copy));
    memcpy(&bytes, &copy.data, sizeof(bytes)); /* the arena's, so it may be written to */
    for (size_t i = 0; i < count; i++)
        bytes[(choose(c, 256) << 8 | choose(c, 256)) % copy.len] ^= (uint8_t)choose(c, 256);
    return copy;
}

static void build(toy *t, choices *c)
{
    static const uint32_t profiles[] = {FEDVAL_PROFILE_MICROSOFT_EDGE, FEDVAL_PROFILE_WEBPKI,
                                        FEDVAL_PROFILE_OFFICE365};
    size_t num_sent = choose(c, 12), num_anchors = choose(c, 4);
    toy_set_profile(t, PICK(c, profiles));
    toy_set(t, FEDVAL_POLICY_ALLOW_PARTIAL_CHAIN, (int64_t)choose(c, 2));
    t->purpose = (uint32_t)choose(c, 3);
    for (size_t i = 0; i <= num_sent; i++) {
        toy_cert cert = choose_certificate(c, i == 0);
        toy_send_der(t, damage(t, c, toy_make(t, &cert)));
    }
    for (size_t i = 0; i <= num_anchors; i++) {
        toy_cert cert = choose_certificate(c, false);
        cert.issuer = choose(c, 4) > 0 ? NULL : cert.issuer;
        fv_bytes der = damage(t, c, toy_make(t, &cert));
        (void)fedval_anchors_append(t->anchors, 1 + (uint32_t)choose(c, 2), der.data, der.len,
                                    NULL);
    }
    for (size_t i = choose(c, 3); i > 0; i--) {
        const toy_crl crl = {.issuer = PICK(c, cas),
                             .signer = 1 + (unsigned)choose(c, 8),
                             .revoked = (unsigned)choose(c, 10),
                             .delta = choose(c, 4) == 3};
        toy_give_crl(t, &crl);
    }
}

/* ---- what must hold ---- */

static void check_findings(const fv_trust_remarks *remarks, size_t num_rungs)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_trust_remark *item = &remarks->items[i];
        require(fedval_finding_code_to_string(item->remark.code) != NULL);
        require(item->rung == FV_TRUST_NO_RUNG || item->rung < num_rungs);
        for (size_t p = 0; p < item->remark.num_params; p++)
            require(item->remark.params[p].key != NULL && item->remark.params[p].value != NULL);
    }
}

static void check_path(const fv_trust_path *path, const fv_trust_result *result)
{
    require(path->num_rungs > 0);
    require(path->accepted == (path == result->accepted));
    require(!path->accepted || (path->ends_at_anchor && path->anchor_class != 0));
    require(path->accepted || path->remarks.num_items > 0 || path->num_rungs > 1);
    check_findings(&path->remarks, path->num_rungs);
    for (size_t i = 0; i + 1 < path->num_rungs; i++) {
        require(fv_name_equal(&path->rungs[i].certificate->issuer,
                              &path->rungs[i + 1].certificate->subject));
    }
}

static void check_result(const toy *t)
{
    const fv_trust_result *result = &t->result;
    bool is_trusted =
        result->trust == FEDVAL_TRUST_BY_PUBLIC || result->trust == FEDVAL_TRUST_BY_PRIVATE;
    require(is_trusted == (result->accepted != NULL));
    require(result->num_paths <= FV_TRUST_MAX_PATHS);
    require(t->num_verified <= 100); /* the profiles' limit */
    for (size_t i = 0; i < result->num_paths; i++)
        check_path(&result->paths[i], result);
    check_findings(&result->chain, 1 + 12 + 4);
    check_findings(&result->end_entity, 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    choices c = {data, size};
    toy t;
    toy_open(&t);
    build(&t, &c);
    toy_run(&t);
    check_result(&t);
    uint32_t trust = t.result.trust;
    size_t num_paths = t.result.num_paths;
    t.num_verified = 0;
    toy_run(&t);
    require(t.result.trust == trust && t.result.num_paths == num_paths);
    toy_close(&t);
    return 0;
}
