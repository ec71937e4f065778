/* Recognises what a file holds, by the tags in its DER or by its PEM label. */
#include "x509/bundle.h"

#include "x509/der.h"
#include "x509/oid.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const names[] = {
    [FV_BUNDLE_UNKNOWN] = "something that is not known here",
    [FV_BUNDLE_CERTIFICATE] = "a certificate",
    [FV_BUNDLE_CRL] = "a certificate revocation list (CRL)",
    [FV_BUNDLE_REQUEST] = "a certificate request (PKCS #10)",
    [FV_BUNDLE_PKCS7] = "a PKCS #7 file",
    [FV_BUNDLE_PKCS12] = "a PKCS #12 file, which has to be opened with its password",
    [FV_BUNDLE_PRIVATE_KEY] = "a private key",
    [FV_BUNDLE_ENCRYPTED_KEY] = "an encrypted private key",
    [FV_BUNDLE_PUBLIC_KEY] = "a public key",
    [FV_BUNDLE_OCSP_RESPONSE] = "an OCSP response",
    [FV_BUNDLE_PARAMETERS] = "parameters of a key exchange",
};

const char *fv_bundle_kind_name(fv_bundle_kind kind)
{
    return names[(size_t)kind < COUNT(names) ? kind : FV_BUNDLE_UNKNOWN];
}

/* Several labels mean the same kind: old programs write "X509 CERTIFICATE". In a TRUSTED
 * CERTIFICATE, OpenSSL appends its own data behind the certificate's DER. */
static const struct {
    const char *label;
    fv_bundle_kind kind;
} labels[] = {
    {"CERTIFICATE", FV_BUNDLE_CERTIFICATE},
    {"X509 CERTIFICATE", FV_BUNDLE_CERTIFICATE},
    {"TRUSTED CERTIFICATE", FV_BUNDLE_CERTIFICATE},
    {"X509 CRL", FV_BUNDLE_CRL},
    {"CERTIFICATE REQUEST", FV_BUNDLE_REQUEST},
    {"NEW CERTIFICATE REQUEST", FV_BUNDLE_REQUEST},
    {"PKCS7", FV_BUNDLE_PKCS7},
    {"CMS", FV_BUNDLE_PKCS7},
    {"PKCS #7 SIGNED DATA", FV_BUNDLE_PKCS7},
    {"PKCS12", FV_BUNDLE_PKCS12},
    {"PRIVATE KEY", FV_BUNDLE_PRIVATE_KEY},
    {"RSA PRIVATE KEY", FV_BUNDLE_PRIVATE_KEY},
    {"EC PRIVATE KEY", FV_BUNDLE_PRIVATE_KEY},
    {"DSA PRIVATE KEY", FV_BUNDLE_PRIVATE_KEY},
    {"OPENSSH PRIVATE KEY", FV_BUNDLE_PRIVATE_KEY},
    {"ENCRYPTED PRIVATE KEY", FV_BUNDLE_ENCRYPTED_KEY},
    {"PUBLIC KEY", FV_BUNDLE_PUBLIC_KEY},
    {"RSA PUBLIC KEY", FV_BUNDLE_PUBLIC_KEY},
    {"DH PARAMETERS", FV_BUNDLE_PARAMETERS},
    {"EC PARAMETERS", FV_BUNDLE_PARAMETERS},
};

fv_bundle_kind fv_bundle_kind_of_label(fv_text label)
{
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (fv_text_equal(label, fv_text_of(labels[i].label)))
            return labels[i].kind;
    }
    return FV_BUNDLE_UNKNOWN;
}

#define MAX_TAGS 5

typedef struct shape {
    /* the tags of the first elements, ended by 0 */
    uint8_t tags[MAX_TAGS];
    fv_bundle_kind kind;
} shape;

/* `outsides` holds the elements of a document; `insides` those of the first element of a signed
 * document. The first row that fits decides. So a longer row comes before a shorter one with the
 * same beginning: INTEGER, SEQUENCE, OCTET STRING is a private key, INTEGER, SEQUENCE alone is PKCS
 * #12. */
static const shape outsides[] = {
    {{FV_DER_OID, FV_DER_CONTEXT_CONSTRUCTED}, FV_BUNDLE_PKCS7},
    {{FV_DER_INTEGER, FV_DER_SEQUENCE, FV_DER_OCTET_STRING}, FV_BUNDLE_PRIVATE_KEY},
    {{FV_DER_INTEGER, FV_DER_SEQUENCE}, FV_BUNDLE_PKCS12},
    {{FV_DER_INTEGER, FV_DER_INTEGER, FV_DER_INTEGER}, FV_BUNDLE_PRIVATE_KEY},
    {{FV_DER_INTEGER, FV_DER_INTEGER}, FV_BUNDLE_PUBLIC_KEY},
    {{FV_DER_INTEGER, FV_DER_OCTET_STRING}, FV_BUNDLE_PRIVATE_KEY},
    {{FV_DER_SEQUENCE, FV_DER_OCTET_STRING}, FV_BUNDLE_ENCRYPTED_KEY},
    {{FV_DER_SEQUENCE, FV_DER_BIT_STRING}, FV_BUNDLE_PUBLIC_KEY},
    {{FV_DER_ENUMERATED}, FV_BUNDLE_OCSP_RESPONSE},
};
static const shape insides[] = {
    {{FV_DER_INTEGER, FV_DER_SEQUENCE, FV_DER_SEQUENCE, FV_DER_CONTEXT_CONSTRUCTED},
     FV_BUNDLE_REQUEST},
    {{FV_DER_INTEGER, FV_DER_SEQUENCE, FV_DER_SEQUENCE, FV_DER_UTC_TIME}, FV_BUNDLE_CRL},
    {{FV_DER_INTEGER, FV_DER_SEQUENCE, FV_DER_SEQUENCE, FV_DER_GENERALIZED_TIME}, FV_BUNDLE_CRL},
    {{FV_DER_SEQUENCE, FV_DER_SEQUENCE, FV_DER_UTC_TIME}, FV_BUNDLE_CRL},
    {{FV_DER_SEQUENCE, FV_DER_SEQUENCE, FV_DER_GENERALIZED_TIME}, FV_BUNDLE_CRL},
};

static bool has_shape(const uint8_t *tags, const shape *wanted)
{
    for (size_t i = 0; i < MAX_TAGS && wanted->tags[i] != 0; i++) {
        if (tags[i] != wanted->tags[i])
            return false;
    }
    return true;
}

/* Reads the tags of the first elements, and stops behind an element with an indefinite length. */
static void read_tags(fv_bytes contents, uint8_t *tags)
{
    fv_cursor cursor;
    fv_der element;
    fv_cursor_init(&cursor, contents);
    for (size_t i = 0; i < MAX_TAGS; i++) {
        if (!fv_cursor_peek_u8(&cursor, &tags[i]) || !fv_der_read_loosely(&cursor, &element))
            return;
    }
}

static fv_bundle_kind find(const shape *shapes, size_t num_shapes, fv_bytes contents,
                           fv_bundle_kind fallback)
{
    uint8_t tags[MAX_TAGS] = {0};
    read_tags(contents, tags);
    for (size_t i = 0; i < num_shapes; i++) {
        if (has_shape(tags, &shapes[i]))
            return shapes[i].kind;
    }
    return fallback;
}

/* RFC 7292 4: "version INTEGER {v3(3)}". Other documents begin with INTEGER and SEQUENCE too, such
 * as a request for a time stamp, which has another version. */
static bool is_pkcs12(fv_bytes contents)
{
    fv_cursor cursor;
    fv_der version;
    fv_cursor_init(&cursor, contents);
    return fv_der_read_loosely(&cursor, &version) && version.value.len == 1 &&
           version.value.data[0] == 3;
}

bool fv_bundle_is_cut_pkcs12(fv_bytes der)
{
    fv_cursor cursor;
    fv_der version;
    uint8_t tag, size_of_length;
    size_t len;
    bool is_minimal;
    fv_cursor_init(&cursor, der);
    if (!fv_cursor_read_u8(&cursor, &tag) || tag != FV_DER_SEQUENCE ||
        !fv_cursor_read_u8(&cursor, &size_of_length) || size_of_length < 0x80 ||
        !fv_der_read_long_length(&cursor, size_of_length, &len, &is_minimal) ||
        fv_cursor_left(&cursor) >= len)
        return false;
    return is_pkcs12((fv_bytes){cursor.next, fv_cursor_left(&cursor)}) &&
           fv_der_read_tag(&cursor, FV_DER_INTEGER, &version) &&
           fv_der_next_is(&cursor, FV_DER_SEQUENCE);
}

/* A document that begins with a SEQUENCE and fits no row is called a certificate, however damaged
 * it is: the decoder of certificates can then say what is wrong with it. */
fv_bundle_kind fv_bundle_kind_of_der(fv_bytes der)
{
    fv_cursor cursor, inside;
    fv_der document, first;
    fv_cursor_init(&cursor, der);
    if (der.len >= 2 && der.data[0] == FV_DER_SEQUENCE && der.data[1] == 0x80)
        return FV_BUNDLE_PKCS7; /* BER: no other kind known here has an indefinite length */
    if (!fv_der_read_loosely(&cursor, &document) || document.tag != FV_DER_SEQUENCE)
        return FV_BUNDLE_UNKNOWN;
    fv_bundle_kind kind = find(outsides, COUNT(outsides), document.value, FV_BUNDLE_UNKNOWN);
    if (kind == FV_BUNDLE_PKCS12 && !is_pkcs12(document.value))
        return FV_BUNDLE_UNKNOWN;
    fv_cursor_init(&inside, document.value);
    if (kind != FV_BUNDLE_UNKNOWN || !fv_der_read_loosely(&inside, &first) ||
        first.tag != FV_DER_SEQUENCE)
        return kind;
    return find(insides, COUNT(insides), first.value, FV_BUNDLE_CERTIFICATE);
}
