/* Certificates, anchors and CRLs as JSON, for people: "fedval-certificate/1",
 * "fedval-certificates/1", "fedval-anchors/1", "fedval-crls/1". */
#include "fedval/render.h"
#include "render/json/json.h"
#include "trust/anchors.h"

typedef struct usage_bit {
    int64_t bit;
    const char *word;
} usage_bit;

/* The names of RFC 5280 4.2.1.3. */
static const usage_bit usages[] = {
    {FV_KEY_USAGE_DIGITAL_SIGNATURE, "digitalSignature"},
    {FV_KEY_USAGE_CONTENT_COMMITMENT, "contentCommitment"},
    {FV_KEY_USAGE_KEY_ENCIPHERMENT, "keyEncipherment"},
    {FV_KEY_USAGE_DATA_ENCIPHERMENT, "dataEncipherment"},
    {FV_KEY_USAGE_KEY_AGREEMENT, "keyAgreement"},
    {FV_KEY_USAGE_KEY_CERT_SIGN, "keyCertSign"},
    {FV_KEY_USAGE_CRL_SIGN, "cRLSign"},
    {FV_KEY_USAGE_ENCIPHER_ONLY, "encipherOnly"},
    {FV_KEY_USAGE_DECIPHER_ONLY, "decipherOnly"},
};
#define NUM_USAGES (sizeof(usages) / sizeof(usages[0]))

static void begin(fv_json *json, const char *format)
{
    fv_json_object(json, NULL);
    fv_json_text(json, "format", format);
}

/* `data` in hexadecimal; null if `data` is NULL. */
static void put_hex(fv_json *json, const char *key, const uint8_t *data, size_t len)
{
    fv_buf hex;
    if (data == NULL) {
        fv_json_null(json, key);
        return;
    }
    fv_buf_init(&hex);
    fv_buf_append_hex(&hex, (fv_bytes){data, len});
    fv_json_text(json, key, hex.len == 0 ? "" : hex.data);
    json->buf.failed = json->buf.failed || hex.failed;
    fv_buf_clear(&hex);
}

static void put_key_usage(fv_json *json, const fedval_certificate *certificate)
{
    int64_t bits = fedval_certificate_get_key_usage(certificate);
    if (bits < 0) {
        fv_json_null(json, "key_usage");
        return;
    }
    fv_json_array(json, "key_usage");
    for (size_t i = 0; i < NUM_USAGES; i++) {
        if ((bits & usages[i].bit) != 0)
            fv_json_text(json, NULL, usages[i].word);
    }
    fv_json_end(json);
}

static void put_key_kind(fv_json *json, const fedval_certificate *certificate)
{
    uint32_t bits = fedval_certificate_get_key_bits(certificate);
    fv_json_text(json, "key_type",
                 fedval_key_type_to_string(fedval_certificate_get_key_type(certificate)));
    if (bits == 0)
        fv_json_null(json, "key_bits");
    else
        fv_json_i64(json, "key_bits", bits);
}

static void put_key(fv_json *json, const fedval_certificate *certificate)
{
    size_t len = 0;
    const uint8_t *id;
    put_key_kind(json, certificate);
    fv_json_text(json, "signature_algorithm",
                 fedval_certificate_get_signature_algorithm(certificate));
    id = fedval_certificate_get_subject_key_id(certificate, &len);
    put_hex(json, "subject_key_id", id, len);
    id = fedval_certificate_get_authority_key_id(certificate, &len);
    put_hex(json, "authority_key_id", id, len);
}

static void put_names(fv_json *json, const fedval_certificate *certificate)
{
    if (!fedval_certificate_has_san(certificate)) {
        fv_json_null(json, "names");
        return;
    }
    fv_json_array(json, "names");
    for (size_t i = 0; i < fedval_certificate_count_sans(certificate); i++)
        fv_json_text(json, NULL, fedval_certificate_get_san_text(certificate, i));
    fv_json_end(json);
}

static void put_usage(fv_json *json, const fedval_certificate *certificate)
{
    int64_t path_length = fedval_certificate_get_path_length(certificate);
    fv_json_bool(json, "is_ca", fedval_certificate_is_ca(certificate) != 0);
    if (path_length < 0)
        fv_json_null(json, "path_length");
    else
        fv_json_i64(json, "path_length", path_length);
    put_key_usage(json, certificate);
    fv_json_array(json, "key_purposes");
    for (size_t i = 0; i < fedval_certificate_count_key_purposes(certificate); i++)
        fv_json_text(json, NULL, fedval_certificate_get_key_purpose(certificate, i));
    fv_json_end(json);
}

static void put_extensions(fv_json *json, const fedval_certificate *certificate)
{
    fv_json_array(json, "extensions");
    for (size_t i = 0; i < fedval_certificate_count_extensions(certificate); i++) {
        uint32_t is_critical = 0;
        const char *oid =
            fedval_certificate_get_extension(certificate, i, &is_critical, NULL, NULL);
        fv_json_object(json, NULL);
        fv_json_text(json, "oid", oid);
        fv_json_bool(json, "critical", is_critical != 0);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_defects(fv_json *json, const fedval_certificate *certificate)
{
    fv_json_array(json, "defects");
    for (size_t i = 0; i < fedval_certificate_count_defects(certificate); i++) {
        size_t offset = 0;
        const char *text = fedval_certificate_get_defect(certificate, i, &offset);
        fv_json_object(json, NULL);
        fv_json_text(json, "text", text);
        fv_json_i64(json, "offset", (int64_t)offset);
        fv_json_end(json);
    }
    fv_json_end(json);
}

static void put_sha256(fv_json *json, const fedval_certificate *certificate)
{
    char sha256[FEDVAL_SHA256_SIZE];
    bool is_made = fedval_certificate_to_sha256(certificate, sha256, sizeof(sha256)) == FEDVAL_OK;
    fv_json_text(json, "sha256", is_made ? sha256 : NULL);
}

/* Who it is, since when, until when, and its digest: the members that certificates and anchors
 * have in common. */
static void put_identity(fv_json *json, const fedval_certificate *certificate)
{
    size_t len = 0;
    const uint8_t *serial = fedval_certificate_get_serial(certificate, &len);
    fv_json_text(json, "subject", fedval_certificate_get_subject(certificate));
    fv_json_text(json, "issuer", fedval_certificate_get_issuer(certificate));
    put_hex(json, "serial", serial, len);
    fv_json_time(json, "not_before", fedval_certificate_get_not_before(certificate));
    fv_json_time(json, "not_after", fedval_certificate_get_not_after(certificate));
    put_sha256(json, certificate);
}

static void put_certificate(fv_json *json, const fedval_certificate *certificate)
{
    begin(json, "fedval-certificate/1");
    put_identity(json, certificate);
    fv_json_i64(json, "version", fedval_certificate_get_version(certificate));
    put_names(json, certificate);
    put_key(json, certificate);
    put_usage(json, certificate);
    put_extensions(json, certificate);
    put_defects(json, certificate);
    fv_json_end(json);
}

fedval_status fedval_certificate_to_json(const fedval_certificate *certificate, char **out_json,
                                         size_t *out_len)
{
    fv_json json;
    if (certificate == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    put_certificate(&json, certificate);
    return fv_json_finish(&json, out_json, out_len);
}

fedval_status fedval_certificate_list_to_json(const fedval_certificate_list *list, char **out_json,
                                              size_t *out_len)
{
    fv_json json;
    if (list == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    begin(&json, "fedval-certificates/1");
    fv_json_array(&json, "certificates");
    for (size_t i = 0; i < fedval_certificate_list_count(list); i++)
        put_certificate(&json, fedval_certificate_list_get(list, i));
    fv_json_end(&json);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}

/* ---- sets ---- */

static void put_anchor(fv_json *json, const fv_anchor *anchor)
{
    const fv_bytes der = anchor->certificate.der;
    fedval_certificate *certificate = NULL;
    if (fedval_certificate_new(der.data, der.len, &certificate) != FEDVAL_OK) {
        json->buf.failed = true; /* it was decoded when it was appended: memory is short */
        return;
    }
    fv_json_object(json, NULL);
    fv_json_text(json, "class", fedval_anchor_class_to_string(anchor->anchor_class));
    put_identity(json, certificate);
    put_key_kind(json, certificate);
    fv_json_end(json);
    fedval_certificate_free(certificate);
}

fedval_status fedval_anchors_to_json(const fedval_anchors *anchors, char **out_json,
                                     size_t *out_len)
{
    fv_json json;
    if (anchors == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    begin(&json, "fedval-anchors/1");
    fv_json_array(&json, "anchors");
    for (size_t i = 0; i < anchors->num_items; i++)
        put_anchor(&json, anchors->items[i]);
    fv_json_end(&json);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}

fedval_status fedval_crls_to_json(const fedval_crls *crls, char **out_json, size_t *out_len)
{
    fv_json json;
    if (crls == NULL || out_json == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    fv_json_init(&json);
    begin(&json, "fedval-crls/1");
    fv_json_array(&json, "crls");
    for (size_t i = 0; i < fedval_crls_count(crls); i++) {
        fv_json_object(&json, NULL);
        fv_json_text(&json, "issuer", fedval_crls_get_issuer(crls, i));
        fv_json_time(&json, "this_update", fedval_crls_get_this_update(crls, i));
        fv_json_time(&json, "next_update", fedval_crls_get_next_update(crls, i));
        fv_json_i64(&json, "revoked", (int64_t)fedval_crls_count_revoked(crls, i));
        fv_json_end(&json);
    }
    fv_json_end(&json);
    fv_json_end(&json);
    return fv_json_finish(&json, out_json, out_len);
}
