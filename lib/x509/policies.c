/* The contents of the extensions on certificate policies (RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11 and
 * 4.2.1.14). A reader returns false when the contents cannot be read. */
#include "x509/decoder.h"
#include "x509/oid.h"

static bool at_end(const fv_cursor *cursor)
{
    return fv_cursor_left(cursor) == 0;
}

/* PolicyInformation ::= SEQUENCE { policyIdentifier, policyQualifiers OPTIONAL } */
static bool read_policy(fv_decoder *decoder, fv_cursor *list, fv_certificate_policies *fact,
                        fv_bytes *out)
{
    fv_der element, qualifiers;
    fv_cursor inside;
    if (!fv_decoder_read(decoder, list, FV_DER_SEQUENCE, &element))
        return false;
    fv_cursor_init(&inside, element.value);
    if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &element) || element.value.len == 0)
        return false;
    *out = element.value;
    fact->has_any |= fv_oid_equal(element.value, FV_OID(FV_OID_ANY_POLICY));
    (void)fv_decoder_read(decoder, &inside, FV_DER_SEQUENCE, &qualifiers);
    return at_end(&inside);
}

/* Drops each policy that came before. Returns how many are left. */
static size_t drop_repeated(fv_bytes *oids, size_t num)
{
    size_t kept = 0;
    for (size_t i = 0; i < num; i++) {
        size_t j = 0;
        while (j < kept && !fv_bytes_equal(oids[j], oids[i]))
            j++;
        if (j == kept)
            oids[kept++] = oids[i];
    }
    return kept;
}

/* 4.2.1.4: "A certificate policy OID MUST NOT appear more than once in a certificate policies
 * extension." In a short list the repetition means nothing more, and OpenSSL passes over it unless
 * it is asked to judge policies. */
bool fv_decoder_read_policies(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_certificate_policies *out = fact;
    fv_cursor inside;
    size_t num;
    if (!fv_decoder_open_list(decoder, value, &inside, &num))
        return false;
    fv_bytes *oids = fv_decoder_alloc(decoder, num, sizeof(*oids));
    for (size_t i = 0; oids != NULL && i < num; i++) {
        if (!read_policy(decoder, &inside, out, &oids[i]))
            return false;
    }
    out->oids = oids;
    out->num_oids = oids == NULL ? 0 : num;
    if (!fv_decoder_has_equal_oids(decoder, oids, out->num_oids))
        return true;
    if (num > FV_DECODER_FEW)
        return false;
    fv_decoder_note(decoder, FV_DEFECT_POLICY_TWICE, value.data);
    out->num_oids = drop_repeated(oids, num);
    return true;
}

/* 4.2.1.5 */
bool fv_decoder_read_policy_mappings(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_policy_mappings *out = fact;
    fv_cursor list, inside;
    fv_der pair, issuer, subject;
    size_t num;
    if (!fv_decoder_open_list(decoder, value, &list, &num))
        return false;
    fv_policy_mapping *items = fv_decoder_alloc(decoder, num, sizeof(*items));
    for (size_t i = 0; items != NULL && i < num; i++) {
        if (!fv_decoder_read(decoder, &list, FV_DER_SEQUENCE, &pair))
            return false;
        fv_cursor_init(&inside, pair.value);
        if (!fv_decoder_read(decoder, &inside, FV_DER_OID, &issuer) ||
            !fv_decoder_read(decoder, &inside, FV_DER_OID, &subject) || !at_end(&inside))
            return false;
        items[i] = (fv_policy_mapping){issuer.value, subject.value};
    }
    out->items = items;
    out->num_items = items == NULL ? 0 : num;
    return true;
}

/* 4.2.1.11: "Conforming CAs MUST NOT issue certificates where policy constraints is an empty
 * sequence." */
bool fv_decoder_read_policy_constraints(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_policy_constraints *out = fact;
    fv_cursor inside;
    return fv_decoder_open_sequence(decoder, value, &inside) && !at_end(&inside) &&
           fv_decoder_read_number(decoder, &inside, FV_DER_CONTEXT + 0, &out->has_require_explicit,
                                  &out->require_explicit) &&
           fv_decoder_read_number(decoder, &inside, FV_DER_CONTEXT + 1, &out->has_inhibit_mapping,
                                  &out->inhibit_mapping) &&
           at_end(&inside);
}

/* 4.2.1.14 */
bool fv_decoder_read_inhibit_any_policy(fv_decoder *decoder, fv_bytes value, void *fact)
{
    fv_inhibit_any_policy *out = fact;
    fv_cursor cursor;
    bool is_there;
    fv_cursor_init(&cursor, value);
    return fv_decoder_read_number(decoder, &cursor, FV_DER_INTEGER, &is_there, &out->skip) &&
           is_there && at_end(&cursor);
}
