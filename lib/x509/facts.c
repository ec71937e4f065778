/* The contents of the extensions that RFC 5280 4.2 defines: one small reader for each, and the
 * table that finds them. A reader returns false when the contents cannot be read. */
#include "x509/decoder.h"
#include "x509/oid.h"
#include "x509/shape.h"

#include <string.h>

static bool at_end(const fv_cursor *cursor)
{
    return fv_cursor_left(cursor) == 0;
}

/* 4.2.1.9 */
static bool read_basic_constraints(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_basic_constraints *out = fact;
    fv_cursor inside;
    if (!fv_decoder_open_sequence(decoder, value, &inside) ||
        !fv_decoder_read_boolean(decoder, &inside, FV_DER_BOOLEAN, &out->is_ca) ||
        !fv_decoder_read_number(decoder, &inside, FV_DER_INTEGER, &out->has_path_length,
                                &out->path_length))
        return false;
    if (out->has_path_length && !out->is_ca)
        fv_decoder_note(decoder, FV_DEFECT_PATH_LENGTH, value.data);
    return at_end(&inside);
}

static void note_purpose(fv_bytes oid, fv_extended_key_usage *out)
{
    out->has_server_auth |= fv_oid_equal(oid, FV_OID(FV_OID_SERVER_AUTH));
    out->has_client_auth |= fv_oid_equal(oid, FV_OID(FV_OID_CLIENT_AUTH));
    out->has_sip_domain |= fv_oid_equal(oid, FV_OID(FV_OID_SIP_DOMAIN));
    out->has_any |= fv_oid_equal(oid, FV_OID(FV_OID_ANY_EKU));
}

/* Reads a list of purposes: bare OIDs, or each as the first value of a SEQUENCE. */
static bool read_purposes(fv_decoder *decoder, fv_bytes value, bool is_wrapped,
                          fv_extended_key_usage *out)
{
    fv_cursor list, inside;
    fv_der element, oid;
    size_t num;
    if (!fv_decoder_open_list(decoder, value, &list, &num))
        return false;
    fv_bytes *oids = fv_decoder_alloc(decoder, num, sizeof(*oids));
    for (size_t i = 0; oids != NULL && i < num; i++) {
        if (is_wrapped && !fv_decoder_read(decoder, &list, FV_DER_SEQUENCE, &element))
            return false;
        if (is_wrapped)
            fv_cursor_init(&inside, element.value);
        if (!fv_decoder_read(decoder, is_wrapped ? &inside : &list, FV_DER_OID, &oid) ||
            oid.value.len == 0)
            return false;
        oids[i] = oid.value;
        note_purpose(oid.value, out);
    }
    out->oids = oids;
    out->num_oids = oids == NULL ? 0 : num;
    return true;
}

/* 4.2.1.12 */
static bool read_extended_key_usage(fv_decoder *decoder, fv_bytes value, void *fact)
{
    return read_purposes(decoder, value, false, fact);
}

/* Microsoft's applicationPolicies: the purposes in the form of certificatePolicies. */
static bool read_application_policies(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_extended_key_usage *out = fact;
    bool is_read = read_purposes(decoder, value, true, out);
    for (size_t i = 0; is_read && i < out->num_oids; i++)
        out->has_any |= fv_oid_equal(out->oids[i], FV_OID(FV_OID_ANY_APPLICATION_POLICY));
    return is_read;
}

/* 4.2.1.6 and 4.2.1.7. An empty list, and entries whose encoding breaks the rule of their type, are
 * read all the same. */
static bool read_alt_name(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_subject_alt_name *out = fact;
    fv_der list;
    return fv_decoder_read_only(decoder, value, FV_DER_SEQUENCE, &list) &&
           fv_decoder_read_general_names(decoder, list.value, &out->names);
}

static bool read_subject_alt_name(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_subject_alt_name *out = fact;
    bool is_read = read_alt_name(decoder, value, out);
    decoder->is_out_of_memory |= !fv_general_names_index(decoder->arena, &out->names);
    return is_read;
}

/* 4.2.1.2 */
static bool read_subject_key_id(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_key_id *out = fact;
    fv_der id;
    if (!fv_decoder_read_only(decoder, value, FV_DER_OCTET_STRING, &id))
        return false;
    out->has_key_id = true;
    out->key_id = id.value;
    return true;
}

/* 4.2.1.1: keyIdentifier [0], authorityCertIssuer [1], authorityCertSerialNumber [2]. */
bool fv_decoder_read_authority_key_id(fv_decoder *decoder, fv_bytes value, fv_key_id *out)
{
    fv_cursor inside;
    fv_der part;
    if (!fv_decoder_open_sequence(decoder, value, &inside))
        return false;
    if (fv_decoder_read(decoder, &inside, FV_DER_CONTEXT + 0, &part)) {
        out->has_key_id = true;
        out->key_id = part.value;
    }
    out->has_issuer = fv_decoder_read(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 1, &part);
    if (out->has_issuer && !fv_decoder_read_general_names(decoder, part.value, &out->issuers))
        return false;
    if (fv_decoder_read(decoder, &inside, FV_DER_CONTEXT + 2, &part)) {
        out->has_serial = true;
        out->serial = part.value;
    }
    return at_end(&inside);
}

static bool read_authority_key_id(fv_decoder *decoder, fv_bytes value, void *fact)
{
    return fv_decoder_read_authority_key_id(decoder, value, fact);
}

/* GeneralSubtree ::= SEQUENCE { base, minimum [0] DEFAULT 0, maximum [1] OPTIONAL } */
static bool read_subtree(fv_decoder *decoder, fv_cursor *list, fv_subtree *out)
{
    fv_der element;
    fv_cursor inside;
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (!fv_decoder_read_any(decoder, &inside, &element))
        return false;
    (void)fv_decoder_read_general_name(decoder, &element, true, &out->base);
    if (!fv_decoder_read_number(decoder, &inside, FV_DER_CONTEXT + 0, &out->has_minimum,
                                &out->minimum))
        return false;
    if (out->has_minimum && out->minimum == 0)
        fv_decoder_note(decoder, FV_DEFECT_SUBTREE_MINIMUM, element.whole.data);
    return fv_decoder_read_number(decoder, &inside, FV_DER_CONTEXT + 1, &out->has_maximum,
                                  &out->maximum) &&
           at_end(&inside);
}

/* [n] IMPLICIT SEQUENCE SIZE (1..MAX) OF GeneralSubtree, or nothing. */
static bool read_subtrees(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag,
                          const fv_subtree **out, size_t *out_num)
{
    fv_der list;
    fv_cursor inside;
    size_t num;
    if (!fv_der_next_is(cursor, tag))
        return true;
    if (!fv_decoder_read(decoder, cursor, tag, &list) || !fv_der_count(list.value, &num) ||
        num == 0)
        return false;
    fv_subtree *subtrees = fv_decoder_alloc(decoder, num, sizeof(*subtrees));
    fv_cursor_init(&inside, list.value);
    for (size_t i = 0; subtrees != NULL && i < num; i++) {
        if (!read_subtree(decoder, &inside, &subtrees[i]))
            return false;
    }
    *out = subtrees;
    *out_num = subtrees == NULL ? 0 : num;
    return true;
}

/* 4.2.1.10: the extension has at least one of the two lists. */
static bool read_name_constraints(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_name_constraints *out = fact;
    fv_cursor inside;
    return fv_decoder_open_sequence(decoder, value, &inside) && !at_end(&inside) &&
           read_subtrees(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 0, &out->permitted,
                         &out->num_permitted) &&
           read_subtrees(decoder, &inside, FV_DER_CONTEXT_CONSTRUCTED + 1, &out->excluded,
                         &out->num_excluded) &&
           at_end(&inside);
}

#define FACT(id, member, read)                                                                     \
    {                                                                                              \
        id, read, offsetof(fv_certificate, member), sizeof(((fv_certificate *)NULL)->member)       \
    }

static const struct {
    fv_extension_id id;
    bool (*read)(fv_decoder *decoder, fv_bytes value, void *fact);
    size_t offset;
    size_t size;
} facts[] = {
    FACT(FV_EXT_BASIC_CONSTRAINTS, basic_constraints, read_basic_constraints),
    FACT(FV_EXT_KEY_USAGE, key_usage, fv_decoder_read_key_usage),
    FACT(FV_EXT_PRIVATE_KEY_USAGE_PERIOD, key_period, fv_decoder_read_key_period),
    FACT(FV_EXT_SUBJECT_DIRECTORY_ATTRIBUTES, directory_attributes,
         fv_decoder_read_directory_attributes),
    FACT(FV_EXT_EXTENDED_KEY_USAGE, extended_key_usage, read_extended_key_usage),
    FACT(FV_EXT_APPLICATION_POLICIES, application_policies, read_application_policies),
    FACT(FV_EXT_SUBJECT_ALT_NAME, subject_alt_name, read_subject_alt_name),
    FACT(FV_EXT_ISSUER_ALT_NAME, issuer_alt_name, read_alt_name),
    FACT(FV_EXT_SUBJECT_KEY_ID, subject_key_id, read_subject_key_id),
    FACT(FV_EXT_AUTHORITY_KEY_ID, authority_key_id, read_authority_key_id),
    FACT(FV_EXT_NAME_CONSTRAINTS, name_constraints, read_name_constraints),
    FACT(FV_EXT_CERTIFICATE_POLICIES, policies, fv_decoder_read_policies),
    FACT(FV_EXT_POLICY_MAPPINGS, policy_mappings, fv_decoder_read_policy_mappings),
    FACT(FV_EXT_POLICY_CONSTRAINTS, policy_constraints, fv_decoder_read_policy_constraints),
    FACT(FV_EXT_INHIBIT_ANY_POLICY, inhibit_any_policy, fv_decoder_read_inhibit_any_policy),
    FACT(FV_EXT_CRL_DISTRIBUTION_POINTS, crl_points, fv_decoder_read_crl_points),
    FACT(FV_EXT_AUTHORITY_INFO_ACCESS, info_access, fv_decoder_read_info_access),
    FACT(FV_EXT_TLS_FEATURE, tls_features, fv_decoder_read_tls_features),
    FACT(FV_EXT_SCT_LIST, scts, fv_decoder_read_scts),
    FACT(FV_EXT_QC_STATEMENTS, qc_statements, fv_decoder_read_qc_statements),
    FACT(FV_EXT_NETSCAPE_CERT_TYPE, netscape_type, fv_decoder_read_netscape_type),
    FACT(FV_EXT_IP_RESOURCES, ip_resources, fv_decoder_read_ip_resources),
    FACT(FV_EXT_AS_RESOURCES, as_resources, fv_decoder_read_as_resources),
};

#define NUM_FACTS (sizeof(facts) / sizeof(facts[0]))

/* The first members of every fact. */
struct head {
    fv_presence presence;
    bool is_critical;
};

static void set_head(void *fact, fv_presence presence, bool is_critical)
{
    *(fv_presence *)fact = presence;
    *(bool *)((char *)fact + offsetof(struct head, is_critical)) = is_critical;
}

static void read_fact(fv_decoder *decoder, fv_extension *extension, size_t row, void *fact)
{
    bool is_read = facts[row].read(decoder, extension->value, fact);
    extension->is_malformed = !is_read;
    if (!is_read) {
        memset(fact, 0, facts[row].size);
        fv_decoder_note(decoder, FV_DEFECT_EXTENSION_VALUE, extension->oid.data);
    }
    set_head(fact, is_read ? FV_KNOWN : FV_MALFORMED, extension->is_critical);
}

void fv_decoder_read_facts(fv_decoder *decoder, fv_certificate *certificate,
                           fv_extension *extensions)
{
    /* When only a part of the extensions could be read, a missing extension may be in the rest: it
     * is unknown, not absent. */
    fv_presence unseen = certificate->extensions_presence == FV_MALFORMED ? FV_UNKNOWN : FV_ABSENT;
    for (size_t row = 0; row < NUM_FACTS; row++)
        set_head((char *)certificate + facts[row].offset, unseen, false);
    for (size_t i = 0; i < certificate->num_extensions; i++) {
        fv_extension *extension = &extensions[i];
        if (extension->is_duplicate)
            continue;
        for (size_t row = 0; row < NUM_FACTS; row++) {
            if (facts[row].id == extension->id)
                read_fact(decoder, extension, row, (char *)certificate + facts[row].offset);
        }
        fv_decoder_check_shape(decoder, extension);
    }
}
