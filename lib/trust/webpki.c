/* The duties of issuers: RFC 5280 section 4, and section 7.1 of the Baseline Requirements of the
 * CA/Browser Forum (BR). Only the webpki profile refuses a certificate that breaks one of them. */
#include "trust/rules.h"

#include "base/address.h"
#include "fedval/name.h"
#include "model/dns_name.h"
#include "x509/oid.h"

#include <string.h>

static void refuse(fv_sink *sink, bool is_broken, const char *reason)
{
    if (is_broken)
        fv_sink_add_reason(sink, FEDVAL_FINDING_CERT_MALFORMED, reason);
}

/* RFC 5280 4.1.2.1, 4.1.2.8 (BR 7.1.1, 7.1.2) */
static void judge_basic_fields(fv_sink *sink, const fv_certificate *certificate)
{
    refuse(sink, certificate->version != 3, "the version is not 3");
    refuse(sink, certificate->has_issuer_unique_id || certificate->has_subject_unique_id,
           "it has a unique identifier");
}

/* RFC 5280 4.2.1.1, BR 7.1.2.11.1: a key identifier, and nothing else. A self-signed certificate
 * may go without; if it has one it is its own. */
static void judge_authority_key_id(fv_sink *sink, const fv_certificate *certificate, bool is_anchor,
                                   bool is_self_issued)
{
    const fv_key_id *id = &certificate->authority_key_id;
    const fv_key_id *own = &certificate->subject_key_id;
    /* A root and a self-issued certificate need no authorityKeyIdentifier. */
    refuse(sink, id->presence == FV_ABSENT && !is_self_issued && !is_anchor,
           "it has no authorityKeyIdentifier");
    if (id->presence != FV_KNOWN)
        return;
    refuse(sink, id->is_critical, "authorityKeyIdentifier is critical");
    refuse(sink, !id->has_key_id, "authorityKeyIdentifier has no key identifier");
    refuse(sink, id->has_issuer, "authorityKeyIdentifier has authorityCertIssuer");
    refuse(sink, id->has_serial, "authorityKeyIdentifier has authorityCertSerialNumber");
    refuse(sink,
           is_self_issued && id->has_key_id && own->presence == FV_KNOWN &&
               !fv_bytes_equal(id->key_id, own->key_id),
           "authorityKeyIdentifier is not its subjectKeyIdentifier although it is self-signed");
}

/* RFC 5280 4.2.1.2: every CA certificate has a subjectKeyIdentifier. */
static void judge_subject_key_id(fv_sink *sink, const fv_certificate *certificate, bool is_ca)
{
    const fv_key_id *id = &certificate->subject_key_id;
    refuse(sink, is_ca && id->presence == FV_ABSENT, "it has no subjectKeyIdentifier");
    refuse(sink, id->presence == FV_KNOWN && id->is_critical, "subjectKeyIdentifier is critical");
}

/* RFC 5280 4.2.2.1 */
static void judge_information_access(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_info_access *access = &certificate->info_access;
    refuse(sink, access->presence == FV_KNOWN && access->is_critical,
           "authorityInfoAccess is critical");
}

/* RFC 5280 4.2.1.11, 4.2.1.14, 4.2.1.5 */
static void judge_policy_extensions(fv_sink *sink, const fv_certificate *certificate)
{
    refuse(sink,
           certificate->policy_constraints.presence == FV_KNOWN &&
               !certificate->policy_constraints.is_critical,
           "policyConstraints is not critical");
    refuse(sink,
           certificate->inhibit_any_policy.presence == FV_KNOWN &&
               !certificate->inhibit_any_policy.is_critical,
           "inhibitAnyPolicy is not critical");
}

static void judge_common(fv_sink *sink, const fv_certificate *certificate, bool is_anchor,
                         bool is_self_issued)
{
    judge_basic_fields(sink, certificate);
    judge_authority_key_id(sink, certificate, is_anchor, is_self_issued);
    judge_information_access(sink, certificate);
    judge_policy_extensions(sink, certificate);
    /* RFC 5280 4.2.1.3 */
    refuse(sink, certificate->key_usage.presence == FV_KNOWN && certificate->key_usage.bits == 0,
           "keyUsage has no bit set");
}

/* BR 7.1.2.10, 7.1.2.10.6: the purposes that a CA of TLS servers must not have besides.
 * anyExtendedKeyUsage may only be alone, as in a cross certificate without restrictions (BR
 * 7.1.2.2). */
static void judge_issuer_purposes(fv_sink *sink, const fv_certificate *certificate)
{
    static const fv_oid_entry strange[] = {
        {8, FV_OID_CODE_SIGNING, true},    {8, FV_OID_EMAIL_PROTECTION, true},
        {8, FV_OID_TIME_STAMPING, true},   {8, FV_OID_OCSP_SIGNING, true},
        {10, FV_OID_PRECERTIFICATE, true},
    };
    const fv_extended_key_usage *usage = &certificate->extended_key_usage;
    bool has_strange = usage->has_any && usage->num_oids > 1;
    if (usage->presence != FV_KNOWN || sink->input->purpose == FEDVAL_PURPOSE_CLIENT)
        return;
    for (size_t i = 0; i < usage->num_oids && !has_strange; i++) {
        has_strange =
            fv_oid_find(strange, sizeof(strange) / sizeof(strange[0]), usage->oids[i], false);
    }
    refuse(sink, usage->is_critical, "extKeyUsage is critical");
    refuse(sink, has_strange, "extKeyUsage has a purpose that a CA of TLS servers must not have");
}

/* RFC 5280 4.2.1.9 */
static void judge_basic_constraints(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_basic_constraints *constraints = &certificate->basic_constraints;
    bool may_sign = certificate->key_usage.presence == FV_KNOWN &&
                    (certificate->key_usage.bits & FV_KEY_USAGE_KEY_CERT_SIGN) != 0;
    refuse(sink, constraints->presence == FV_ABSENT, "it has no basicConstraints");
    if (constraints->presence != FV_KNOWN)
        return;
    refuse(sink, !constraints->is_critical, "basicConstraints is not critical");
    refuse(sink, constraints->has_path_length && !(constraints->is_ca && may_sign),
           "pathLenConstraint without keyCertSign");
}

/* BR 7.1.2.10 expressly allows nameConstraints that are not critical, an exception from RFC 5280
 * 4.2.1.10. They bind all the same. */
void fv_trust_judge_webpki_issuer(fv_sink *sink, const fv_certificate *certificate, bool is_anchor)
{
    bool is_self_issued = fv_certificate_is_self_issued(certificate);
    judge_common(sink, certificate, is_anchor, is_self_issued && is_anchor);
    judge_subject_key_id(sink, certificate, true);
    judge_basic_constraints(sink, certificate);
    if (!is_anchor)
        judge_issuer_purposes(sink, certificate);
    /* RFC 5280 4.2.1.3: a CA certificate has keyUsage. Roots from before 2000 do not have it. */
    refuse(sink, certificate->key_usage.presence == FV_ABSENT && !is_anchor, "it has no keyUsage");
    /* RFC 5280 4.1.2.6 */
    refuse(sink, certificate->subject.presence == FV_KNOWN && certificate->subject.num_rdns == 0,
           "the subject of a CA is empty");
    /* BR 7.1.2.1.2 */
    refuse(sink,
           is_anchor && is_self_issued && certificate->extended_key_usage.presence != FV_ABSENT,
           "a root certificate has extKeyUsage");
}

/* ---- end-entity certificates ---- */

/* RFC 5280 4.2.1.6, BR 7.1.2.7.12: a dNSName is in preferred name syntax, without underscores. A
 * wildcard is the whole left-most label, above at least two labels. */
static void judge_dns_name(fv_sink *sink, fv_bytes value)
{
    fv_text name = {(const char *)value.data, value.len};
    bool is_wildcard = name.len > 2 && name.data[0] == '*' && name.data[1] == '.';
    fv_text host = is_wildcard ? (fv_text){name.data + 2, name.len - 2} : name;
    refuse(sink, !fv_host_name_is_valid(host), "a dNSName is no host name");
    refuse(sink, is_wildcard && memchr(host.data, '.', host.len) == NULL,
           "a dNSName is a wildcard above a single label");
}

static void judge_alt_names(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_subject_alt_name *san = &certificate->subject_alt_name;
    refuse(sink, san->presence == FV_ABSENT && sink->input->purpose != FEDVAL_PURPOSE_CLIENT,
           "it has no subjectAltName");
    if (san->presence != FV_KNOWN)
        return;
    bool is_empty = certificate->subject.presence == FV_KNOWN && certificate->subject.num_rdns == 0;
    refuse(sink, is_empty && !san->is_critical,
           "the subject is empty and subjectAltName is not critical");
    refuse(sink, !is_empty && san->is_critical,
           "the subject is not empty and subjectAltName is critical");
    for (size_t i = 0; i < san->names.num_items; i++) {
        if (san->names.items[i].type == FV_GN_DNS)
            judge_dns_name(sink, san->names.items[i].value);
    }
}

/* The text of an entry as the Baseline Requirements want it copied: an IPv4 address as four
 * numbers, an IPv6 address in the form of RFC 5952, anything else as it is. */
static fv_text text_of_entry(const fv_general_name *name, char address_text[FV_ADDRESS_TEXT_SIZE])
{
    fv_address address;
    if (name->type != FV_GN_IP)
        return (fv_text){(const char *)name->value.data, name->value.len};
    if (name->value.len != 4 && name->value.len != 16)
        return (fv_text){NULL, 0};
    memcpy(address.bytes, name->value.data, name->value.len);
    address.len = (uint8_t)name->value.len;
    fv_address_format(&address, address_text);
    return fv_text_of(address_text);
}

/* Whether an entry has the text `wanted`: exactly, if `to_the_letter`; else in upper or lower case.
 */
static bool is_entry(const fv_general_names *names, fv_text wanted, bool to_the_letter)
{
    char address_text[FV_ADDRESS_TEXT_SIZE];
    for (size_t i = 0; i < names->num_items; i++) {
        const fv_general_name *name = &names->items[i];
        if (name->type != FV_GN_DNS && name->type != FV_GN_IP)
            continue;
        fv_text text = text_of_entry(name, address_text);
        if (to_the_letter ? fv_text_equal(text, wanted) : fv_text_equal_nocase(text, wanted))
            return true;
    }
    return false;
}

static bool is_ascii(fv_text text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    }
    return true;
}

/* Whether the last label is a hexadecimal number, as in "0xC0000201". A reader of addresses as old
 * as inet_aton takes that for an address, and no host has such a name. */
static bool ends_in_hexadecimal(fv_text text)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    size_t start = text.len;
    while (start > 0 && text.data[start - 1] != '.')
        start--;
    if (!fv_text_starts_nocase((fv_text){text.data + start, text.len - start}, fv_text_of("0x")))
        return false;
    for (size_t i = start + 2; i < text.len; i++) {
        if (memchr(digits, text.data[i], sizeof(digits) - 1) == NULL)
            return false;
    }
    return true;
}

/* Whether the Common Name breaks BR 7.1.4.3: it has to be a copy, character for character, of an
 * entry of the SAN; an address has only one form, and no label is in Unicode. A Common Name that
 * names something else altogether is accepted: no client looks at it, and it is too common. */
static bool is_sloppy_copy(const fv_general_names *names, fv_text common_name)
{
    char normalised[FEDVAL_NAME_SIZE];
    uint32_t kind, fault = FEDVAL_NAME_FAULT_NONE;
    if (is_entry(names, common_name, true))
        return false;
    if (ends_in_hexadecimal(common_name))
        return true;
    if (fedval_name_normalise(common_name.data, common_name.len, normalised, sizeof(normalised),
                              &kind, &fault) != FEDVAL_OK)
        return fault == FEDVAL_NAME_FAULT_BAD_ADDRESS;
    if (kind == FEDVAL_NAME_KIND_INTERNATIONALISED && !is_ascii(common_name))
        return memchr(common_name.data, '.', common_name.len) != NULL; /* a host, in Unicode */
    return is_entry(names, fv_text_of(normalised), false);
}

static void judge_common_name(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_name *subject = &certificate->subject;
    const fv_subject_alt_name *san = &certificate->subject_alt_name;
    if (san->presence != FV_KNOWN || sink->input->purpose == FEDVAL_PURPOSE_CLIENT)
        return;
    /* Each Common Name is held against each entry: as many as the policy compares names. */
    size_t most = (size_t)sink->input->policy->limits.name_comparisons;
    for (size_t i = 0; i < subject->num_common_names; i++) {
        sink->num_name_comparisons += san->names.num_items;
        if (sink->num_name_comparisons > most) {
            refuse(sink, true, "it has more names than can be compared with one another");
            return;
        }
        refuse(sink, is_sloppy_copy(&san->names, subject->common_names[i]),
               "the Common Name is not copied to the letter from a subjectAltName entry");
    }
}

/* BR 7.1.2.7.11: the uses that a subscriber may have depend on the type of the key, and an ECDSA
 * key has to be for signing. */
static void judge_subscriber_usage(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_key_usage *usage = &certificate->key_usage;
    const uint32_t never =
        FV_KEY_USAGE_CONTENT_COMMITMENT | FV_KEY_USAGE_ENCIPHER_ONLY | FV_KEY_USAGE_DECIPHER_ONLY;
    bool is_ec = certificate->key.type == FV_KEY_EC;
    uint32_t others = is_ec ? FV_KEY_USAGE_KEY_ENCIPHERMENT | FV_KEY_USAGE_DATA_ENCIPHERMENT
                            : FV_KEY_USAGE_KEY_AGREEMENT;
    if (usage->presence != FV_KNOWN)
        return;
    refuse(sink, (usage->bits & (never | others)) != 0,
           "keyUsage has a bit that does not go with its key");
    refuse(sink, is_ec && (usage->bits & FV_KEY_USAGE_DIGITAL_SIGNATURE) == 0,
           "keyUsage has no digitalSignature although the key is for ECDSA");
}

/* BR 7.1.2.7.6 */
static void judge_subscriber_purposes(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_extended_key_usage *usage = &certificate->extended_key_usage;
    refuse(sink, usage->presence == FV_ABSENT, "it has no extKeyUsage");
    refuse(sink, usage->presence == FV_KNOWN && usage->is_critical, "extKeyUsage is critical");
}

/* BR 7.1.2.11.2 */
static void judge_crl_points(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_crl_points *points = &certificate->crl_points;
    refuse(sink, points->presence == FV_KNOWN && points->has_other_names,
           "cRLDistributionPoints has a name that is no URI");
}

/* BR 7.1.2.7.8, 7.1.2.7.10, 7.1.2.7.11; RFC 5280 4.2.1.9, 4.2.1.10 */
static void judge_role(fv_sink *sink, const fv_certificate *certificate)
{
    const fv_key_usage *usage = &certificate->key_usage;
    uint32_t signing = FV_KEY_USAGE_KEY_CERT_SIGN | FV_KEY_USAGE_CRL_SIGN;
    refuse(sink, certificate->basic_constraints.is_ca, "it is a CA certificate");
    refuse(sink, certificate->basic_constraints.has_path_length,
           "it has a pathLenConstraint and is no CA");
    refuse(sink, usage->presence == FV_KNOWN && (usage->bits & signing) != 0,
           "keyUsage has keyCertSign or cRLSign and it is no CA");
    refuse(sink, certificate->extended_key_usage.has_any, "extKeyUsage has anyExtendedKeyUsage");
    refuse(sink, certificate->name_constraints.presence != FV_ABSENT,
           "it has nameConstraints and is no CA");
}

void fv_trust_judge_webpki_end_entity(fv_sink *sink, const fv_certificate *certificate)
{
    judge_common(sink, certificate, false, fv_certificate_is_self_issued(certificate));
    judge_subject_key_id(sink, certificate, false);
    judge_alt_names(sink, certificate);
    judge_common_name(sink, certificate);
    judge_role(sink, certificate);
    if (sink->input->purpose == FEDVAL_PURPOSE_CLIENT)
        return; /* the rest is about servers */
    judge_subscriber_usage(sink, certificate);
    judge_subscriber_purposes(sink, certificate);
    judge_crl_points(sink, certificate);
}
