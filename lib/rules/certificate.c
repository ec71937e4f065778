/* The rules on the end-entity certificate (R6, R7). Path judging (trust/) has found the faults of
 * the certificate itself. The rules here adopt those and add what only the whole check can tell. */
#include "names/certificate_match.h"
#include "rules/rule.h"

#include <string.h>

/* The first release that can call with another certificate than the server's (see fedval explain
 * R6). */
#define FIRST_WITH_TWO_CERTIFICATES 1505

/* How an Expressway of each release treats a certificate without clientAuth (see fedval explain
 * R6). A release is a number as in FEDVAL_POLICY_EXPRESSWAY_VERSION. */
typedef struct release_words {
    int64_t before;      /* the row holds for releases below this one */
    const char *calling; /* text for a certificate that is known to call */
    /* text for a server's certificate that may call too; NULL: it never calls */
    const char *server;
} release_words;

#define STORES                                                                                     \
    "X15.5 takes it into its client store only as a copy of the server's, and peers that check "   \
    "(X15.5 by default) refuse it; of a Lync Edge that is not documented"

static const release_words releases[] = {
    {1, /* the release is not known */
     "Expressway before X15.4 does not load it from its web page, X15.4 only with "
     "EnableServerEkuUpload On; " STORES,
     "if it calls too, Expressway before X15.4 does not load it from its web page, X15.4 only with "
     "EnableServerEkuUpload On; from X15.5 on the calling certificate is one of its own"},
    {1504, "Expressway before X15.4 does not load it from its web page, and peers may refuse it",
     "Expressway before X15.4 has one certificate for both roles and does not load it from its web "
     "page"},
    {1505, "X15.4 loads it only with EnableServerEkuUpload On, and peers may refuse it",
     "X15.4 has one certificate for both roles and loads it only with EnableServerEkuUpload On"},
    {INT64_MAX, STORES, NULL},
};

static const release_words *words_for(int64_t version)
{
    size_t i = 0;
    while (version >= releases[i].before)
        i++;
    return &releases[i];
}

/* How the Expressway on the other side treats a partner's certificate without clientAuth. NULL: its
 * release does not look at that. */
static const char *treated_by_expressway(int64_t version, bool is_calling)
{
    if (version == 0) {
        return is_calling ? "Expressway X15.5 and later refuse it by default; earlier releases do "
                            "not look at that"
                          : "if it calls too, Expressway X15.5 and later refuse it by default; "
                            "earlier releases do not look at that";
    }
    if (version < FIRST_WITH_TWO_CERTIFICATES)
        return NULL;
    return is_calling ? "Expressway from X15.5 on refuses it by default"
                      : "if it calls too, Expressway from X15.5 on refuses it by default";
}

/* Returns how Expressway treats this certificate if it lacks clientAuth. NULL: the certificate need
 * not be fit for callers. */
static const char *consequence_of(const fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    bool is_calling = context->presented->chain->role == FEDVAL_ROLE_CLIENT;
    /* Where the certificate that calls was given, it is judged by itself. */
    if (!is_calling && scene->has_client)
        return NULL;
    if (scene->side != FEDVAL_SIDE_CISCO)
        return treated_by_expressway(scene->input->policy->expressway_version, is_calling);
    const release_words *words = words_for(scene->input->policy->expressway_version);
    return is_calling ? words->calling : words->server;
}

static void emit_no_client_auth(fv_rule_context *context, const fv_remark *remark)
{
    fv_param params[FV_REMARK_MAX_PARAMS];
    size_t count = 0;
    const char *consequence = consequence_of(context);
    if (consequence == NULL)
        return;
    for (; count < remark->num_params && count < FV_REMARK_MAX_PARAMS - 1; count++)
        params[count] = remark->params[count];
    params[count++] = (fv_param){"consequence", consequence};
    fv_emit(context, remark->code, params, count);
}

/* Returns whether a server of the domain presents this very certificate too: it is judged there as
 * a server's. */
static bool is_servers_too(const fv_scene *scene, const fv_scene_chain *chain)
{
    for (size_t i = 0; i < scene->num_targets; i++) {
        const fv_scene_target *target = &scene->targets[i];
        for (size_t k = 0; k < target->num_addresses; k++) {
            if (target->addresses[k].has_presented &&
                fv_scene_is_same_certificate(target->addresses[k].presented.chain, chain))
                return true;
        }
    }
    return false;
}

/* Expressway before X15.5 has one certificate for both roles, so one that is for clients alone
 * cannot be its calling certificate beside another one of the server [C]. */
static void calling_certificate_serves_too(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const fv_scene_chain *chain = context->presented->chain;
    const fv_certificate *certificate = chain->certificates[0];
    int64_t version = scene->input->policy->expressway_version;
    if (chain->role != FEDVAL_ROLE_CLIENT || scene->side != FEDVAL_SIDE_CISCO ||
        certificate == NULL || version <= 0 || version >= FIRST_WITH_TWO_CERTIFICATES ||
        scene->input->policy->service != FEDVAL_SERVICE_SIPFEDERATIONTLS)
        return;
    const fv_extended_key_usage *usage = &certificate->extended_key_usage;
    if (usage->presence != FV_KNOWN || usage->has_any || usage->has_server_auth ||
        !usage->has_client_auth || is_servers_too(scene, chain))
        return;
    context->severity = FEDVAL_SEVERITY_WARNING;
    FV_EMIT(context, CERT_EKU_NO_SERVER_AUTH,
            {"usages", "clientAuth (Expressway before X15.5 has one certificate for both roles)"});
    context->severity = 0;
}

static void certificate_is_sound(fv_rule_context *context)
{
    const fv_trust_remarks *found = &context->presented->chain->trust.end_entity;
    for (size_t i = 0; i < found->num_items; i++) {
        const fv_remark *remark = &found->items[i].remark;
        if (remark->code == FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH && !remark->has_consequence)
            emit_no_client_auth(context, remark);
        else
            fv_emit_adopted(context, remark);
    }
    calling_certificate_serves_too(context);
}

static void client_certificate_is_known(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    if (!scene->has_client && scene->input->policy->service == FEDVAL_SERVICE_SIPFEDERATIONTLS)
        FV_EMIT_PLAIN(context, CLIENT_CERTIFICATE_NOT_OBSERVED);
}

/* ---- a planned certificate beside the present one ---- */

static fv_text text_of(const fv_general_name *name)
{
    return (fv_text){(const char *)name->value.data, name->value.len};
}

/* Whether `planned` holds `name`, which is a dNSName. */
static bool is_name_kept(const fv_general_name *name, const fv_certificate *planned)
{
    const fv_general_names *names = &planned->subject_alt_name.names;
    fv_text wanted = text_of(name);
    const fv_general_name *kept = NULL;
    do
        kept = fv_general_names_next_dns(names, name->value, kept);
    while (kept != NULL && !fv_text_equal_nocase(text_of(kept), wanted));
    return kept != NULL;
}

static const char *lost_names(fv_rule_context *context, const fv_certificate *present,
                              const fv_certificate *planned)
{
    const fv_general_names *names = &present->subject_alt_name.names;
    size_t count = 0;
    fv_buf buf;
    fv_buf_init(&buf);
    for (size_t i = 0; i < names->num_items; i++) {
        if (names->items[i].type != FV_GN_DNS || is_name_kept(&names->items[i], planned))
            continue;
        fv_buf_append_text(&buf, count++ > 0 ? ", " : "");
        for (size_t c = 0; c < names->items[i].value.len; c++) {
            char shown = (char)names->items[i].value.data[c];
            fv_buf_append_char(&buf, shown >= ' ' && shown < 0x7f ? shown : '?');
        }
    }
    if (count > 0)
        return fv_rule_text(context, &buf);
    fv_buf_clear(&buf);
    return NULL;
}

/* Whether the file is judged at an address of the target: then it is for the addresses that have no
 * chain of their own. */
static bool is_used_at_target(const fv_scene_target *target, const fedval_fact *file)
{
    for (size_t i = 0; i < target->num_addresses; i++) {
        if (target->addresses[i].probe == file)
            return true;
    }
    return false;
}

/* If the evidence holds what each address presents and also a file for the whole host, the file
 * holds the certificate that is planned. */
static void planned_certificate_keeps_names(fv_rule_context *context)
{
    const fv_scene *scene = context->scene;
    const fv_scene_address *address = context->address;
    if (!address->has_presented || address->probe->question.address == NULL)
        return;
    const fedval_fact *file = fv_evidence_find_probe(scene->input->evidence, context->target->host,
                                                     NULL, context->target->port);
    const fv_certificate *present = address->presented.chain->certificates[0];
    if (file == NULL || file->num_chain == 0 || present == NULL ||
        is_used_at_target(context->target, file))
        return;
    const fv_certificate **planned = file->certificates;
    if (planned == NULL &&
        fv_chain_decode(scene->arena, file->chain, 1, &planned) == FEDVAL_ERROR_NO_MEMORY)
        context->is_out_of_memory = true;
    if (planned == NULL || planned[0] == NULL)
        return;
    const char *lost = lost_names(context, present, planned[0]);
    if (lost != NULL) {
        FV_EMIT(context, CERT_NAMES_LOST, {"names", lost},
                {"certificate", fv_certificate_copy_name(scene->arena, planned[0]),
                 fv_certificate_name_kind(planned[0])});
    }
}

/* clang-format off */
const fv_rule fv_rules_certificate[] = {
    {"certificate-is-sound", FV_LEVEL_PRESENTED, certificate_is_sound,
     {FEDVAL_FINDING_CERT_EXPIRED, FEDVAL_FINDING_CERT_NOT_YET_VALID,
      FEDVAL_FINDING_CERT_EXPIRES_SOON, FEDVAL_FINDING_CERT_MALFORMED,
      FEDVAL_FINDING_CERT_EKU_NO_SERVER_AUTH, FEDVAL_FINDING_CERT_EKU_NO_CLIENT_AUTH,
      FEDVAL_FINDING_CERT_KEY_WEAK, FEDVAL_FINDING_CERT_KEY_UNSUPPORTED,
      FEDVAL_FINDING_CERT_SIGNATURE_WEAK, FEDVAL_FINDING_CERT_SIGNATURE_PSS,
      FEDVAL_FINDING_CERT_NO_CRL_DISTRIBUTION_POINT,
      FEDVAL_FINDING_CHAIN_UNKNOWN_CRITICAL_EXTENSION, FEDVAL_FINDING_CERT_KEY_USAGE,
      FEDVAL_FINDING_CERT_UNDECODABLE_BY_PEERS}},
    {"certificate-suits-expressway", FV_LEVEL_PRESENTED, fv_certificate_suits_expressway,
     {FEDVAL_FINDING_CERT_NO_COMMON_NAME, FEDVAL_FINDING_CERT_KEY_ECDSA,
      FEDVAL_FINDING_CERT_ENDS_AFTER_2050, FEDVAL_FINDING_CERT_WILDCARD_BESIDE}},
    {"client-certificate-is-known", FV_LEVEL_SCENE, client_certificate_is_known,
     {FEDVAL_FINDING_CLIENT_CERTIFICATE_NOT_OBSERVED}},
    {"planned-certificate-keeps-names", FV_LEVEL_ADDRESS, planned_certificate_keeps_names,
     {FEDVAL_FINDING_CERT_NAMES_LOST}},
};
/* clang-format on */

const size_t fv_num_rules_certificate =
    sizeof(fv_rules_certificate) / sizeof(fv_rules_certificate[0]);
