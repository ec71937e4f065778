/* What the decoders of certificates and CRLs share: the arena, the place where defects go, and
 * reading that notes a defect and goes on. Internal to x509/. */
#ifndef FV_X509_DECODER_H
#define FV_X509_DECODER_H

#include "x509/certificate.h"
#include "x509/der.h"

typedef struct fv_decoder {
    fv_arena *arena;
    const uint8_t *start; /* offsets of defects count from here */
    fv_defects *defects;
    bool is_out_of_memory; /* sticks; asked for once, at the end */
} fv_decoder;

void fv_decoder_note(fv_decoder *decoder, fv_defect_kind kind, const uint8_t *at);

/* As fv_der_read_loosely, noting a length that is longer than needed. */
static inline bool fv_decoder_read_any(fv_decoder *decoder, fv_cursor *cursor, fv_der *out)
{
    if (!fv_der_read_loosely(cursor, out))
        return false;
    if (out->has_long_length)
        fv_decoder_note(decoder, FV_DEFECT_LENGTH_FORM, out->whole.data);
    return true;
}

/* The same for an element of that tag. */
static inline bool fv_decoder_read(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, fv_der *out)
{
    return fv_der_next_is(cursor, tag) && fv_decoder_read_any(decoder, cursor, out);
}

/* One element of that tag and nothing after it. */
bool fv_decoder_read_only(fv_decoder *decoder, fv_bytes bytes, uint8_t tag, fv_der *out);
/* A BOOLEAN DEFAULT FALSE: absent leaves *out false. False when there is one that has no byte. */
bool fv_decoder_read_boolean(fv_decoder *decoder, fv_cursor *cursor, uint8_t tag, bool *out);
/* Notes trailing bytes if the cursor is not at its end. */
void fv_decoder_expect_end(fv_decoder *decoder, const fv_cursor *cursor);
/* Notes an OID that is not in its shortest form. */
void fv_decoder_check_oid(fv_decoder *decoder, fv_bytes oid);
/* Zeroed items; NULL when there are none or memory is short (which is remembered). */
void *fv_decoder_alloc(fv_decoder *decoder, size_t count, size_t size);

/* Splits SEQUENCE { SEQUENCE tbs, AlgorithmIdentifier, BIT STRING }, the outside of certificates
 * and of CRLs alike. */
typedef struct fv_signed {
    fv_bytes der;
    fv_der tbs;
    fv_algorithm algorithm;
    fv_presence signature_presence;
    fv_bytes signature;
} fv_signed;

bool fv_decoder_read_signed(fv_decoder *decoder, fv_bytes bytes, fv_signed *out);
/* The inner algorithm; outer is the one already read. False when there is none. */
bool fv_decoder_read_algorithm(fv_decoder *decoder, fv_cursor *cursor, const fv_algorithm *outer,
                               fv_algorithm *out);
/* A Name; a malformed one is noted under that kind. False when there is none. */
bool fv_decoder_read_name(fv_decoder *decoder, fv_cursor *cursor, fv_defect_kind kind,
                          fv_name *out);
/* A SubjectPublicKeyInfo; a malformed one is noted. False when there is none. */
bool fv_decoder_read_key(fv_decoder *decoder, fv_cursor *cursor, fv_subject_key *out);
/* UTCTime or GeneralizedTime. False when there is none. */
bool fv_decoder_read_time(fv_decoder *decoder, fv_cursor *cursor, fv_time *out);
/* Few are compared each with each; many (nobody honest has them) are sorted first. */
enum { FV_DECODER_FEW = 24 };
bool fv_decoder_has_equal_oids(fv_decoder *decoder, const fv_bytes *oids, size_t num);
/* One Extension: OID, flag, value; contents not looked at. False when it cannot be cut. */
bool fv_decoder_read_extension(fv_decoder *decoder, fv_cursor *list, fv_extension *out);
/* The SEQUENCE OF Extension inside [n]: list and flags, contents not yet looked at. False when the
 * list cannot be read to its end; what came before is there. */
bool fv_decoder_read_extensions(fv_decoder *decoder, fv_bytes bytes, fv_extension **out,
                                size_t *out_num);

bool fv_decoder_read_general_name(fv_decoder *decoder, const fv_der *element, bool is_constraint,
                                  fv_general_name *out);
/* The contents of a SEQUENCE OF GeneralName. False when the elements cannot be cut. */
bool fv_decoder_read_general_names(fv_decoder *decoder, fv_bytes contents, fv_general_names *out);

/* authorityKeyIdentifier, which certificates and CRLs share. */
bool fv_decoder_read_authority_key_id(fv_decoder *decoder, fv_bytes value, fv_key_id *out);

/* Finds the contents of every extension that fv_certificate has a member for. */
void fv_decoder_read_facts(fv_decoder *decoder, fv_certificate *certificate,
                           fv_extension *extensions);
/* DistributionPointName ::= CHOICE { fullName [0], nameRelativeToCRLIssuer [1] }; contents: what
 * [0] of the one who has it holds. False when it or one of its names cannot be read. */
bool fv_decoder_read_point_name(fv_decoder *decoder, fv_bytes contents, fv_point_name *out);
bool fv_decoder_read_crl_points(fv_decoder *decoder, fv_bytes value, void *fact);
bool fv_decoder_read_info_access(fv_decoder *decoder, fv_bytes value, void *fact);

#endif
