/* The getters of fedval_certificate. Each accepts NULL and then returns "nothing there". */
#include "x509/object.h"

#include "base/calendar.h"
#include "base/sha256.h"

#include <string.h>

static const fv_certificate nothing = {
    .not_before = {.seconds = FV_TIME_UNKNOWN},
    .not_after = {.seconds = FV_TIME_UNKNOWN},
};

static const fv_certificate *facts_of(const fedval_certificate *certificate)
{
    return certificate == NULL ? &nothing : &certificate->facts;
}

static const fv_bytes none;

/* Returns the bytes and their number. Where it returns NULL, the length is 0. */
static const uint8_t *give(fv_bytes bytes, size_t *out_len)
{
    if (out_len != NULL)
        *out_len = bytes.len;
    return bytes.data;
}

/* Returns NULL only past the end; an entry that is an empty text is not NULL. */
static const char *give_text(const fv_text *items, size_t num_items, size_t index, size_t *out_len)
{
    bool is_there = index < num_items;
    if (out_len != NULL)
        *out_len = is_there ? items[index].len : 0;
    if (!is_there)
        return NULL;
    return items[index].len == 0 ? "" : items[index].data;
}

const uint8_t *fedval_certificate_get_der(const fedval_certificate *certificate, size_t *out_len)
{
    return give(facts_of(certificate)->der, out_len);
}

fedval_status fedval_certificate_to_sha256(const fedval_certificate *certificate, char *out_text,
                                           size_t out_size)
{
    char text[FV_SHA256_TEXT_SIZE];
    size_t len = 0;
    const uint8_t *der = fedval_certificate_get_der(certificate, &len);
    if (certificate == NULL || out_text == NULL)
        return FEDVAL_ERROR_ARGUMENT;
    if (out_size < sizeof(text))
        return FEDVAL_ERROR_LIMIT;
    fv_sha256_write((fv_bytes){der, len}, text);
    memcpy(out_text, text, sizeof(text));
    return FEDVAL_OK;
}

uint32_t fedval_certificate_get_version(const fedval_certificate *certificate)
{
    const fv_certificate *facts = facts_of(certificate);
    return facts->version_presence == FV_MALFORMED ? 0 : facts->version;
}

const uint8_t *fedval_certificate_get_serial(const fedval_certificate *certificate, size_t *out_len)
{
    return give(facts_of(certificate)->serial, out_len);
}

const char *fedval_certificate_get_subject(const fedval_certificate *certificate)
{
    return certificate == NULL ? "" : certificate->subject;
}

const char *fedval_certificate_get_issuer(const fedval_certificate *certificate)
{
    return certificate == NULL ? "" : certificate->issuer;
}

const uint8_t *fedval_certificate_get_subject_der(const fedval_certificate *certificate,
                                                  size_t *out_len)
{
    return give(facts_of(certificate)->subject.raw, out_len);
}

const uint8_t *fedval_certificate_get_issuer_der(const fedval_certificate *certificate,
                                                 size_t *out_len)
{
    return give(facts_of(certificate)->issuer.raw, out_len);
}

int64_t fedval_certificate_get_not_before(const fedval_certificate *certificate)
{
    return facts_of(certificate)->not_before.seconds;
}

int64_t fedval_certificate_get_not_after(const fedval_certificate *certificate)
{
    return facts_of(certificate)->not_after.seconds;
}

uint32_t fedval_certificate_is_self_issued(const fedval_certificate *certificate)
{
    return fv_certificate_is_self_issued(facts_of(certificate));
}

uint32_t fedval_certificate_get_key_type(const fedval_certificate *certificate)
{
    static const uint8_t codes[] = {
        [FV_KEY_OTHER] = FEDVAL_KEY_OTHER,     [FV_KEY_RSA] = FEDVAL_KEY_RSA,
        [FV_KEY_RSA_PSS] = FEDVAL_KEY_RSA_PSS, [FV_KEY_EC] = FEDVAL_KEY_EC,
        [FV_KEY_DSA] = FEDVAL_KEY_DSA,         [FV_KEY_ED25519] = FEDVAL_KEY_ED25519,
        [FV_KEY_ED448] = FEDVAL_KEY_ED448,     [FV_KEY_X25519] = FEDVAL_KEY_X25519,
        [FV_KEY_X448] = FEDVAL_KEY_X448,
    };
    const fv_subject_key *key = &facts_of(certificate)->key;
    return key->presence == FV_KNOWN ? codes[key->type] : FEDVAL_KEY_OTHER;
}

uint32_t fedval_certificate_get_key_bits(const fedval_certificate *certificate)
{
    return facts_of(certificate)->key.num_bits;
}

const uint8_t *fedval_certificate_get_spki(const fedval_certificate *certificate, size_t *out_len)
{
    return give(facts_of(certificate)->key.spki, out_len);
}

const char *fedval_certificate_get_signature_algorithm(const fedval_certificate *certificate)
{
    return fv_algorithm_to_text(&facts_of(certificate)->outer_algorithm);
}

uint32_t fedval_certificate_has_san(const fedval_certificate *certificate)
{
    fv_presence presence = facts_of(certificate)->subject_alt_name.presence;
    return presence == FV_KNOWN || presence == FV_MALFORMED;
}

size_t fedval_certificate_count_sans(const fedval_certificate *certificate)
{
    return facts_of(certificate)->subject_alt_name.names.num_items;
}

const uint8_t *fedval_certificate_get_san(const fedval_certificate *certificate, size_t index,
                                          uint32_t *out_type, size_t *out_len)
{
    if (index >= fedval_certificate_count_sans(certificate))
        return give(none, out_len);
    const fv_general_name *name = &certificate->facts.subject_alt_name.names.items[index];
    /* The public numbers are the tag numbers plus one. */
    if (out_type != NULL)
        *out_type = name->type == FV_GN_UNKNOWN ? FEDVAL_SAN_UNKNOWN : (uint32_t)name->type + 1;
    return give(name->value, out_len);
}

const char *fedval_certificate_get_san_text(const fedval_certificate *certificate, size_t index)
{
    return index < fedval_certificate_count_sans(certificate) ? certificate->sans[index] : NULL;
}

size_t fedval_certificate_count_common_names(const fedval_certificate *certificate)
{
    return facts_of(certificate)->subject.num_common_names;
}

const char *fedval_certificate_get_common_name(const fedval_certificate *certificate, size_t index,
                                               size_t *out_len)
{
    const fv_name *subject = &facts_of(certificate)->subject;
    return give_text(subject->common_names, subject->num_common_names, index, out_len);
}

uint32_t fedval_certificate_is_ca(const fedval_certificate *certificate)
{
    return facts_of(certificate)->basic_constraints.is_ca;
}

int64_t fedval_certificate_get_path_length(const fedval_certificate *certificate)
{
    const fv_basic_constraints *constraints = &facts_of(certificate)->basic_constraints;
    return constraints->has_path_length ? (int64_t)constraints->path_length : -1;
}

int64_t fedval_certificate_get_key_usage(const fedval_certificate *certificate)
{
    const fv_key_usage *usage = &facts_of(certificate)->key_usage;
    return usage->presence == FV_KNOWN ? (int64_t)usage->bits : -1;
}

size_t fedval_certificate_count_key_purposes(const fedval_certificate *certificate)
{
    return facts_of(certificate)->extended_key_usage.num_oids;
}

const char *fedval_certificate_get_key_purpose(const fedval_certificate *certificate, size_t index)
{
    return index < fedval_certificate_count_key_purposes(certificate) ? certificate->purposes[index]
                                                                      : NULL;
}

static const uint8_t *give_key_id(const fv_key_id *id, size_t *out_len)
{
    return give(id->has_key_id ? id->key_id : none, out_len);
}

const uint8_t *fedval_certificate_get_subject_key_id(const fedval_certificate *certificate,
                                                     size_t *out_len)
{
    return give_key_id(&facts_of(certificate)->subject_key_id, out_len);
}

const uint8_t *fedval_certificate_get_authority_key_id(const fedval_certificate *certificate,
                                                       size_t *out_len)
{
    return give_key_id(&facts_of(certificate)->authority_key_id, out_len);
}

static fv_urls urls_of(const fedval_certificate *certificate, uint32_t kind)
{
    const fv_certificate *facts = facts_of(certificate);
    switch (kind) {
    case FEDVAL_CERTIFICATE_URL_CRL:
        return facts->crl_points.urls;
    case FEDVAL_CERTIFICATE_URL_CA_ISSUER:
        return facts->info_access.ca_issuers;
    case FEDVAL_CERTIFICATE_URL_OCSP:
        return facts->info_access.ocsp;
    default:
        return (fv_urls){NULL, 0};
    }
}

size_t fedval_certificate_count_urls(const fedval_certificate *certificate, uint32_t kind)
{
    return urls_of(certificate, kind).num_items;
}

const char *fedval_certificate_get_url(const fedval_certificate *certificate, uint32_t kind,
                                       size_t index, size_t *out_len)
{
    fv_urls urls = urls_of(certificate, kind);
    return give_text(urls.items, urls.num_items, index, out_len);
}

size_t fedval_certificate_count_extensions(const fedval_certificate *certificate)
{
    return facts_of(certificate)->num_extensions;
}

const char *fedval_certificate_get_extension(const fedval_certificate *certificate, size_t index,
                                             uint32_t *out_is_critical, const uint8_t **out_value,
                                             size_t *out_value_len)
{
    if (index >= fedval_certificate_count_extensions(certificate))
        return (const char *)give(none, out_value_len);
    const fv_extension *extension = &certificate->facts.extensions[index];
    if (out_is_critical != NULL)
        *out_is_critical = extension->is_critical;
    if (out_value != NULL)
        *out_value = extension->value.data;
    if (out_value_len != NULL)
        *out_value_len = extension->value.len;
    return certificate->extensions[index];
}

size_t fedval_certificate_count_defects(const fedval_certificate *certificate)
{
    return facts_of(certificate)->defects.num_items;
}

const char *fedval_certificate_get_defect(const fedval_certificate *certificate, size_t index,
                                          size_t *out_offset)
{
    if (index >= fedval_certificate_count_defects(certificate))
        return NULL;
    const fv_defect *defect = &certificate->facts.defects.items[index];
    if (out_offset != NULL)
        *out_offset = defect->offset;
    return fv_defect_to_text(defect->kind);
}
