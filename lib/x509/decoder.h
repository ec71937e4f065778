/* The parts that the decoders of certificates and CRLs share: the arena, the list of defects, and
 * functions that read on after they have noted a defect. Internal to x509/. */
#ifndef FV_X509_DECODER_H
#define FV_X509_DECODER_H

#include "x509/certificate.h"
#include "x509/der.h"

typedef struct fv_decoder {
    fv_arena *arena;
    const uint8_t *start; /* offsets of defects count from here */
    fv_defects *defects;
    bool is_out_of_memory; /* once true it stays true; checked once, at the end */
} fv_decoder;

void fv_decoder_note(fv_decoder *decoder, fv_defect_kind kind, const uint8_t *at);

/* As fv_der_read_loosely; also notes a length that has more bytes than needed. */
static inline bool fv_decoder_read_any(fv_decoder *decoder, fv_cursor *cursor, fv_der *out)
{
    if (!fv_der_read_loosely(cursor, out))
        return false;
    if (out->has_long_length)
        fv_decoder_note(decoder, FV_DEFECT_LENGTH_FORM, out->whole.data);
    return true;
}

/* The same, for an element with the tag `tag` only. */
static inline bool fv_decoder_read(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, fv_der *out)
{
    return fv_der_next_is(cursor, tag) && fv_decoder_read_any(decoder, cursor, out);
}

/* Reads one element with the tag `tag`, and accepts nothing behind it. */
bool fv_decoder_read_only(fv_decoder *decoder, fv_bytes bytes, uint8_t tag, fv_der *out);
/* Opens a value that is one SEQUENCE and nothing else. */
bool fv_decoder_open_sequence(fv_decoder *decoder, fv_bytes value, fv_cursor *out);
/* Opens a value that is one SEQUENCE OF, and counts its elements. Returns false when it is empty.
 */
bool fv_decoder_open_list(fv_decoder *decoder, fv_bytes value, fv_cursor *out, size_t *out_num);
/* Reads an optional number that is not negative. Returns false only when it is there and cannot be
 * read. */
bool fv_decoder_read_number(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, bool *out_is_there,
                            uint32_t *out);
/* Reads a BOOLEAN DEFAULT FALSE. When it is absent, `*out` keeps its value. Returns false when it
 * is there but has no contents. */
bool fv_decoder_read_boolean(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, bool *out);
/* Notes trailing bytes if the cursor is not at its end. */
void fv_decoder_expect_end(fv_decoder *decoder, const fv_cursor *cursor);
/* Notes an OID that is not in its shortest form. */
void fv_decoder_check_oid(fv_decoder *decoder, fv_bytes oid);
/* Returns `count` zeroed items; NULL when `count` is 0 or memory is short. The decoder remembers
 * the latter. */
void *fv_decoder_alloc(fv_decoder *decoder, size_t count, size_t size);

/* The outer structure that certificates and CRLs share: SEQUENCE { SEQUENCE tbs,
 * AlgorithmIdentifier, BIT STRING }. */
typedef struct fv_signed {
    fv_bytes der;
    fv_der tbs;
    fv_algorithm algorithm;
    fv_presence signature_presence;
    fv_bytes signature;
} fv_signed;

bool fv_decoder_read_signed(fv_decoder *decoder, fv_bytes bytes, fv_signed *out);
/* Reads the algorithm inside the TBS; `outer` is the one outside it, which was read before. Returns
 * false when there is none. */
bool fv_decoder_read_algorithm(fv_decoder *decoder, fv_cursor *cursor, const fv_algorithm *outer,
                               fv_algorithm *out);
/* Reads a Name, and notes a malformed one as a defect of the kind `kind`. Returns false when there
 * is none. */
bool fv_decoder_read_name(fv_decoder *decoder, fv_cursor *cursor, fv_defect_kind kind,
                          fv_name *out);
/* Reads a SubjectPublicKeyInfo, and notes a malformed one. Returns false when there is none. */
bool fv_decoder_read_key(fv_decoder *decoder, fv_cursor *cursor, fv_subject_key *out);
/* Reads a UTCTime or GeneralizedTime. Returns false when there is none. */
bool fv_decoder_read_time(fv_decoder *decoder, fv_cursor *cursor, fv_time *out);
/* Reads an optional GeneralizedTime with the tag `tag`. Returns false only when it is there and is
 * not a date in the one form that RFC 5280 4.1.2.5.2 allows. */
bool fv_decoder_read_tagged_time(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, fv_time *out);
/* Up to so many OIDs are compared each with every other. Longer lists, which no honest CA issues,
 * are sorted first, so that the time does not grow with the square of their length. */
enum { FV_DECODER_FEW = 24 };
bool fv_decoder_has_equal_oids(fv_decoder *decoder, const fv_bytes *oids, size_t num);
/* Reads one Extension: its OID, critical flag and value, without decoding the value. Returns false
 * when its structure cannot be read. */
bool fv_decoder_read_extension(fv_decoder *decoder, fv_cursor *list, fv_extension *out);
/* Reads the SEQUENCE OF Extension inside [n] and marks duplicates, without decoding the values.
 * Returns false when the list cannot be read to its end; the extensions before the fault are
 * returned all the same. */
bool fv_decoder_read_extensions(fv_decoder *decoder, fv_bytes bytes, fv_extension **out,
                                size_t *out_num);

bool fv_decoder_read_general_name(fv_decoder *decoder, const fv_der *element, bool is_constraint,
                                  fv_general_name *out);
/* Reads the contents of a SEQUENCE OF GeneralName. A name whose encoding breaks the rule of its
 * type is marked. Returns false when they cannot be cut into elements. */
bool fv_decoder_read_general_names(fv_decoder *decoder, fv_bytes contents, fv_general_names *out);

/* Reads authorityKeyIdentifier, which certificates and CRLs both have. */
bool fv_decoder_read_authority_key_id(fv_decoder *decoder, fv_bytes value, fv_key_id *out);

/* Decodes every extension for which fv_certificate has a member. */
void fv_decoder_read_facts(fv_decoder *decoder, fv_certificate *certificate,
                           fv_extension *extensions);
/* DistributionPointName ::= CHOICE { fullName [0], nameRelativeToCRLIssuer [1] }. `contents` are
 * the contents of the field distributionPoint [0] around it. Returns false when it, or one of its
 * names, cannot be read. */
bool fv_decoder_read_point_name(fv_decoder *decoder, fv_bytes contents, fv_point_name *out);
bool fv_decoder_read_crl_points(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_info_access(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_tls_features(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_scts(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_qc_statements(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_netscape_type(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_key_usage(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_key_period(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_directory_attributes(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_policies(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_policy_mappings(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_policy_constraints(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_inhibit_any_policy(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_ip_resources(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_as_resources(fv_decoder *decoder, fv_bytes value, void *fact);

#endif
