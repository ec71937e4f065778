#include "toy.h"

#include "base/address.h"
#include "base/buf.h"
#include "trust/search.h"
#include "x509/curve.h"
#include "x509/der.h"
#include "x509/oid.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- DER: fv_buf holds what is written, elements are opened and closed ---- */

static void put(fv_buf *b, const void *data, size_t len)
{
    fv_buf_append(b, data, len);
}

static size_t open_tag(fv_buf *b, unsigned tag)
{
    fv_buf_append_char(b, (char)tag);
    return b->len;
}

static void close_tag(fv_buf *b, size_t start)
{
    uint8_t header[5];
    size_t len = b->len - start, header_len = 0, bytes = 0;
    while (len >= 0x80 && (len >> (8 * bytes)) != 0)
        bytes++;
    header[header_len++] = (uint8_t)(bytes > 0 ? 0x80 | bytes : len);
    for (size_t i = bytes; i-- > 0;)
        header[header_len++] = (uint8_t)(len >> (8 * i));
    put(b, header, header_len);
    memmove(b->data + start + header_len, b->data + start, len);
    memcpy(b->data + start, header, header_len);
}

static void put_tag(fv_buf *b, unsigned tag, const void *data, size_t len)
{
    size_t start = open_tag(b, tag);
    put(b, data, len);
    close_tag(b, start);
}

static void put_small(fv_buf *b, unsigned tag, unsigned value)
{
    uint8_t bytes[3] = {(uint8_t)(value >> 16 & 0x7f), (uint8_t)(value >> 8), (uint8_t)value};
    size_t skip = 0;
    while (skip < 2 && bytes[skip] == 0 && (bytes[skip + 1] & 0x80) == 0)
        skip++;
    put_tag(b, tag, bytes + skip, 3 - skip);
}

#define PUT_OID(b, literal) put_tag((b), FV_DER_OID, (literal), sizeof(literal) - 1)

static void put_attribute(fv_buf *b, const char *oid, size_t oid_len, uint8_t tag, const char *text)
{
    size_t set = open_tag(b, FV_DER_SET), pair = open_tag(b, FV_DER_SEQUENCE);
    put_tag(b, FV_DER_OID, oid, oid_len);
    put_tag(b, tag, text, strlen(text));
    close_tag(b, pair);
    close_tag(b, set);
}

static void put_name_with(fv_buf *b, const char *common_name, const char *email)
{
    size_t name = open_tag(b, FV_DER_SEQUENCE);
    if (common_name != NULL) {
        put_attribute(b, FV_OID_COMMON_NAME, sizeof(FV_OID_COMMON_NAME) - 1, FV_DER_UTF8_STRING,
                      common_name);
    }
    if (email != NULL) {
        put_attribute(b, FV_OID_EMAIL_ADDRESS, sizeof(FV_OID_EMAIL_ADDRESS) - 1, FV_DER_IA5_STRING,
                      email);
    }
    close_tag(b, name);
}

static void put_name(fv_buf *b, const char *common_name)
{
    put_name_with(b, common_name, NULL);
}

static void put_time(fv_buf *b, const char *date, const char *otherwise)
{
    char text[16];
    snprintf(text, sizeof(text), "%.6s000000Z", date != NULL ? date : otherwise);
    put_tag(b, FV_DER_UTC_TIME, text, strlen(text));
}

/* ---- keys and signatures ---- */

enum { POINT_SIZE = 33 };

/* A compressed point of P-256: the number, and a last byte with which there is one, or there is
 * none. */
static void make_point(unsigned key, bool off_curve, uint8_t point[POINT_SIZE])
{
    memset(point, 0x5a, POINT_SIZE);
    point[0] = 2;
    point[28] = (uint8_t)(key >> 24);
    point[29] = (uint8_t)(key >> 16);
    point[30] = (uint8_t)(key >> 8);
    point[31] = (uint8_t)key;
    point[32] = 0;
    while (fv_curve_has_point(FV_CURVE_P256, (fv_bytes){point, POINT_SIZE}) == off_curve)
        point[32]++;
}

static void put_bits(fv_buf *b, const uint8_t *data, size_t len)
{
    size_t bits = open_tag(b, FV_DER_BIT_STRING);
    fv_buf_append_char(b, 0);
    put(b, (const char *)data, len);
    close_tag(b, bits);
}

static void put_key(fv_buf *b, unsigned key, bool off_curve)
{
    uint8_t point[POINT_SIZE];
    size_t spki = open_tag(b, FV_DER_SEQUENCE), algorithm = open_tag(b, FV_DER_SEQUENCE);
    PUT_OID(b, "\x2A\x86\x48\xCE\x3D\x02\x01");
    PUT_OID(b, "\x2A\x86\x48\xCE\x3D\x03\x01\x07");
    close_tag(b, algorithm);
    make_point(key, off_curve, point);
    put_bits(b, point, sizeof(point));
    close_tag(b, spki);
}

static void put_algorithm(fv_buf *b, bool unsupported)
{
    size_t algorithm = open_tag(b, FV_DER_SEQUENCE);
    if (unsupported)
        PUT_OID(b, "\x2A\x03\x04");
    else
        PUT_OID(b, "\x2A\x86\x48\xCE\x3D\x04\x03\x02");
    close_tag(b, algorithm);
}

static void put_signature(fv_buf *b, unsigned signer, bool bad)
{
    uint8_t point[POINT_SIZE];
    make_point(bad ? UINT32_MAX : signer, false, point);
    put_bits(b, point, sizeof(point));
}

static fedval_status key_open(const uint8_t *spki, size_t spki_len, void **out_key, void *user)
{
    (void)user;
    uint8_t *key = malloc(POINT_SIZE);
    if (key == NULL)
        return FEDVAL_ERROR_NO_MEMORY;
    memset(key, 0, POINT_SIZE);
    if (spki_len >= POINT_SIZE)
        memcpy(key, spki + spki_len - POINT_SIZE, POINT_SIZE);
    *out_key = key;
    return FEDVAL_OK;
}

static void key_close(void *key, void *user)
{
    (void)user;
    free(key);
}

static uint32_t verify(void *key, const uint8_t *algorithm, size_t algorithm_len,
                       const uint8_t *tbs, size_t tbs_len, const uint8_t *signature,
                       size_t signature_len, void *user)
{
    _Atomic(size_t) *num_verified = user; /* the tests of threads share a verifier */
    (void)tbs;
    (void)tbs_len;
    ++*num_verified;
    if (algorithm_len > 4 && algorithm[3] == 3)
        return FEDVAL_VERIFY_UNSUPPORTED;
    /* Without the last byte: one that is off the curve would verify too. */
    return signature_len == POINT_SIZE && memcmp(signature, key, POINT_SIZE - 1) == 0
               ? FEDVAL_VERIFY_GOOD
               : FEDVAL_VERIFY_BAD;
}

/* No digest at all, but equal for equal bytes and hardly ever for others. */
static fedval_status digest(const uint8_t *data, size_t data_len, uint8_t out_digest[32],
                            void *user)
{
    uint64_t lanes[4] = {1, 2, 3, 5};
    (void)user;
    for (size_t i = 0; i < data_len; i++) {
        for (size_t lane = 0; lane < 4; lane++)
            lanes[lane] = (lanes[lane] ^ data[i]) * UINT64_C(1099511628211) + lane;
    }
    memcpy(out_digest, lanes, 32);
    return FEDVAL_OK;
}

fedval_verifier *toy_verifier_new(_Atomic(size_t) *num_verified)
{
    const fedval_verifier_vtable vtable = {.size = sizeof(vtable),
                                           .digest = digest,
                                           .key_open = key_open,
                                           .key_close = key_close,
                                           .verify = verify};
    fedval_verifier *verifier = NULL;
    return fedval_verifier_new(&vtable, num_verified, &verifier) == FEDVAL_OK ? verifier : NULL;
}

/* ---- extensions ---- */

static size_t open_extension(fv_buf *b, const char *oid, size_t oid_len, bool critical)
{
    size_t outer = open_tag(b, FV_DER_SEQUENCE);
    put_tag(b, FV_DER_OID, oid, oid_len);
    if (critical)
        put_tag(b, FV_DER_BOOLEAN, "\xff", 1);
    return outer;
}

/* contents is emptied. */
static void put_extension(fv_buf *b, const char *oid, size_t oid_len, bool critical,
                          fv_buf *contents)
{
    size_t outer = open_extension(b, oid, oid_len, critical);
    put_tag(b, FV_DER_OCTET_STRING, contents->data, contents->len);
    close_tag(b, outer);
    fv_buf_clear(contents);
}

#define PUT_EXTENSION(b, literal, critical, contents)                                              \
    put_extension((b), (literal), sizeof(literal) - 1, (critical), (contents))

/* The next item of a list; false at its end. */
static bool next_item(const char **list, char separator, fv_text *out)
{
    if (*list == NULL || **list == '\0')
        return false;
    const char *end = strchr(*list, separator);
    out->data = *list;
    out->len = end == NULL ? strlen(*list) : (size_t)(end - *list);
    *list = end == NULL ? NULL : end + 1;
    return true;
}

static void put_address(fv_buf *b, fv_text text)
{
    fv_address address = {0};
    uint8_t mask[16] = {0};
    uint64_t bits = 0;
    const char *slash = memchr(text.data, '/', text.len);
    fv_text literal = {text.data, slash == NULL ? text.len : (size_t)(slash - text.data)};
    if (!fv_address_parse(literal, &address))
        abort();
    put(b, (const char *)address.bytes, address.len);
    if (slash == NULL)
        return;
    (void)fv_text_to_u64((fv_text){slash + 1, text.len - literal.len - 1}, &bits);
    for (size_t i = 0; i < bits; i++)
        mask[i / 8] |= (uint8_t)(0x80 >> i % 8);
    put(b, (const char *)mask, address.len);
}

/* otherName of an internationalised mailbox (RFC 9598 3) */
static void put_mailbox(fv_buf *b, fv_text value)
{
    PUT_OID(b, FV_OID_UTF8_MAILBOX);
    size_t outer = open_tag(b, 0xA0);
    put_tag(b, FV_DER_UTF8_STRING, value.data, value.len);
    close_tag(b, outer);
}

static void put_general_name(fv_buf *b, fv_text item)
{
    static const struct {
        const char *kind;
        unsigned tag;
    } kinds[] = {{"dns:", 0x82}, {"mail:", 0x81}, {"uri:", 0x86}, {"ip:", 0x87},
                 {"dir:", 0xA4}, {"rid:", 0x88},  {"box:", 0xA0}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        fv_text kind = fv_text_of(kinds[i].kind);
        if (!fv_text_starts_nocase(item, kind))
            continue;
        fv_text value = {item.data + kind.len, item.len - kind.len};
        size_t start = open_tag(b, kinds[i].tag);
        char name[64];
        snprintf(name, sizeof(name), "%.*s", (int)value.len, value.data);
        if (kinds[i].tag == 0x87)
            put_address(b, value);
        else if (kinds[i].tag == 0xA4)
            put_name(b, name);
        else if (kinds[i].tag == 0xA0)
            put_mailbox(b, value);
        else
            put(b, value.data, value.len);
        close_tag(b, start);
        return;
    }
    abort();
}

static void put_names(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    fv_text item;
    const char *list = c->names;
    if (c->names == NULL)
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    while (next_item(&list, ',', &item))
        put_general_name(&contents, item);
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x11", c->subject == NULL, &contents);
}

static void put_subtrees(fv_buf *b, unsigned tag, const char *list)
{
    fv_text item;
    if (list == NULL)
        return;
    size_t subtrees = open_tag(b, tag);
    while (next_item(&list, ',', &item)) {
        size_t subtree = open_tag(b, FV_DER_SEQUENCE);
        put_general_name(b, item);
        close_tag(b, subtree);
    }
    close_tag(b, subtrees);
}

static void put_constraints(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    if (c->permitted == NULL && c->excluded == NULL)
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    put_subtrees(&contents, 0xA0, c->permitted);
    put_subtrees(&contents, 0xA1, c->excluded);
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x1E", !c->constraints_not_critical, &contents);
}

static void put_basic_constraints(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    if (c->no_basic_constraints || (!c->ca && c->pathlen == 0))
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    if (c->ca)
        put_tag(&contents, FV_DER_BOOLEAN, "\xff", 1);
    if (c->pathlen > 0)
        put_small(&contents, FV_DER_INTEGER, c->pathlen - 1);
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x13", true, &contents);
}

static void put_named_bits(fv_buf *b, unsigned bits)
{
    uint8_t byte = 0;
    unsigned unused = 7;
    for (unsigned i = 0; i < 8; i++) {
        if ((bits >> i & 1) != 0) {
            byte |= (uint8_t)(0x80 >> i);
            unused = 7 - i;
        }
    }
    uint8_t value[2] = {(uint8_t)unused, byte};
    put_tag(b, FV_DER_BIT_STRING, value, 2);
}

static void put_usage(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    unsigned usual = FV_KEY_USAGE_KEY_CERT_SIGN | FV_KEY_USAGE_CRL_SIGN;
    unsigned bits = c->usage != 0 ? c->usage : c->ca ? usual : FV_KEY_USAGE_DIGITAL_SIGNATURE;
    if (c->no_usage)
        return;
    fv_buf_init(&contents);
    put_named_bits(&contents, bits);
    PUT_EXTENSION(b, "\x55\x1D\x0F", true, &contents);
}

static void put_purpose(fv_buf *b, fv_text item)
{
    if (item.data[0] == 's')
        PUT_OID(b, FV_OID_SERVER_AUTH);
    else if (item.data[0] == 'c')
        PUT_OID(b, FV_OID_CLIENT_AUTH);
    else if (item.data[0] == 'a')
        PUT_OID(b, FV_OID_ANY_EKU);
    else if (item.data[0] == 'd')
        PUT_OID(b, FV_OID_SIP_DOMAIN);
    else if (item.data[0] == 'm')
        PUT_OID(b, FV_OID_ANY_APPLICATION_POLICY);
    else
        PUT_OID(b, "\x2B\x06\x01\x05\x05\x07\x03\x04");
}

static void put_eku(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    fv_text item;
    const char *list = c->eku;
    if (c->eku == NULL)
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    while (next_item(&list, ',', &item))
        put_purpose(&contents, item);
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x25", c->eku_critical, &contents);
}

static void put_netscape_type(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    if (c->netscape == 0)
        return;
    fv_buf_init(&contents);
    put_named_bits(&contents, c->netscape);
    PUT_EXTENSION(b, "\x60\x86\x48\x01\x86\xF8\x42\x01\x01", c->netscape_critical, &contents);
}

static void put_as_numbers(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    if (c->as_numbers == NULL)
        return;
    fv_buf_init(&contents);
    size_t outer = open_tag(&contents, FV_DER_SEQUENCE);
    size_t choice = open_tag(&contents, FV_DER_CONTEXT_CONSTRUCTED);
    if (strcmp(c->as_numbers, "issuer's") == 0) {
        put_tag(&contents, FV_DER_NULL, "", 0);
    } else {
        const char number = (char)(c->as_numbers[0] - '0');
        size_t list = open_tag(&contents, FV_DER_SEQUENCE);
        put_tag(&contents, FV_DER_INTEGER, &number, 1);
        close_tag(&contents, list);
    }
    close_tag(&contents, choice);
    close_tag(&contents, outer);
    PUT_EXTENSION(b, "\x2B\x06\x01\x05\x05\x07\x01\x08", false, &contents);
}

static void put_application_policies(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    fv_text item;
    const char *list = c->application_policies;
    if (list == NULL)
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    while (next_item(&list, ',', &item)) {
        size_t policy = open_tag(&contents, FV_DER_SEQUENCE);
        put_purpose(&contents, item);
        close_tag(&contents, policy);
    }
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x2B\x06\x01\x04\x01\x82\x37\x15\x0A", true, &contents);
}

static void put_key_ids(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    uint8_t own[4] = {0x1d, 0, (uint8_t)(c->key >> 8), (uint8_t)c->key};
    unsigned issuer = c->wrong_issuer_key_id != 0 ? c->wrong_issuer_key_id
                      : c->signer != 0            ? c->signer
                                                  : c->key;
    uint8_t of_issuer[4] = {0x1d, 0, (uint8_t)(issuer >> 8), (uint8_t)issuer};
    if (c->no_key_ids)
        return;
    fv_buf_init(&contents);
    put_tag(&contents, FV_DER_OCTET_STRING, own, sizeof(own));
    PUT_EXTENSION(b, "\x55\x1D\x0E", false, &contents);
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    put_tag(&contents, 0x80, of_issuer, sizeof(of_issuer));
    if (c->pointer_issuer != NULL) {
        size_t names = open_tag(&contents, 0xA1), name = open_tag(&contents, 0xA4);
        put_name(&contents, c->pointer_issuer);
        close_tag(&contents, name);
        close_tag(&contents, names);
    }
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x23", false, &contents);
}

static void put_policy_oid(fv_buf *b, fv_text item)
{
    uint64_t number = 0;
    uint8_t oid[3] = {0x2A, 0x03, 0};
    if (fv_text_equal(item, fv_text_of("any"))) {
        PUT_OID(b, FV_OID_ANY_POLICY);
        return;
    }
    if (!fv_text_to_u64(item, &number))
        abort();
    oid[2] = (uint8_t)number;
    put_tag(b, FV_DER_OID, oid, sizeof(oid));
}

static void put_policies(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    fv_text item;
    const char *list = c->policies;
    if (c->policies == NULL)
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    while (next_item(&list, ',', &item)) {
        size_t policy = open_tag(&contents, FV_DER_SEQUENCE);
        put_policy_oid(&contents, item);
        close_tag(&contents, policy);
    }
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x20", false, &contents);
}

static void put_mappings(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    fv_text item;
    const char *list = c->mappings;
    if (c->mappings == NULL)
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    while (next_item(&list, ',', &item)) {
        size_t from = (size_t)((const char *)memchr(item.data, '>', item.len) - item.data);
        size_t pair = open_tag(&contents, FV_DER_SEQUENCE);
        put_policy_oid(&contents, (fv_text){item.data, from});
        put_policy_oid(&contents, (fv_text){item.data + from + 1, item.len - from - 1});
        close_tag(&contents, pair);
    }
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x21", true, &contents);
}

static void put_policy_limits(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    fv_buf_init(&contents);
    if (c->require_explicit > 0 || c->inhibit_mapping > 0) {
        size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
        if (c->require_explicit > 0)
            put_small(&contents, 0x80, c->require_explicit - 1);
        if (c->inhibit_mapping > 0)
            put_small(&contents, 0x81, c->inhibit_mapping - 1);
        close_tag(&contents, sequence);
        PUT_EXTENSION(b, "\x55\x1D\x24", true, &contents);
    }
    if (c->inhibit_any > 0) {
        put_small(&contents, FV_DER_INTEGER, c->inhibit_any - 1);
        PUT_EXTENSION(b, "\x55\x1D\x36", true, &contents);
    }
}

#define AIA_URL "http://pki.example.com/issuer.der"
#define CRL_URL "http://pki.example.com/ca.crl"

/* DistributionPointName: a URI, a directoryName or an RDN. */
static void put_point_name(fv_buf *b, const char *uri, const char *directory, const char *relative,
                           bool is_odd)
{
    size_t point = open_tag(b, 0xA0), name = open_tag(b, relative != NULL ? 0xA1 : 0xA0);
    if (relative != NULL) {
        size_t pair = open_tag(b, FV_DER_SEQUENCE);
        PUT_OID(b, FV_OID_COMMON_NAME);
        put_tag(b, FV_DER_UTF8_STRING, relative, strlen(relative));
        close_tag(b, pair);
    } else if (directory != NULL) {
        size_t choice = open_tag(b, 0xA4);
        put_name(b, directory);
        close_tag(b, choice);
    } else {
        put_tag(b, 0x86, uri, strlen(uri));
    }
    if (is_odd)
        put_tag(b, 0x82, "pki.example.com", 15);
    close_tag(b, name);
    close_tag(b, point);
}

static void put_crl_issuer(fv_buf *b, const char *common_name)
{
    if (common_name == NULL)
        return;
    size_t issuers = open_tag(b, 0xA2), choice = open_tag(b, 0xA4);
    put_name(b, common_name);
    close_tag(b, choice);
    close_tag(b, issuers);
}

static void put_urls(fv_buf *b, const toy_cert *c)
{
    fv_buf contents;
    if (c->no_urls)
        return;
    fv_buf_init(&contents);
    size_t list = open_tag(&contents, FV_DER_SEQUENCE), access = open_tag(&contents, 0x30);
    PUT_OID(&contents, FV_OID_CA_ISSUERS);
    put_tag(&contents, 0x86, AIA_URL, sizeof(AIA_URL) - 1);
    close_tag(&contents, access);
    close_tag(&contents, list);
    PUT_EXTENSION(b, "\x2B\x06\x01\x05\x05\x07\x01\x01", false, &contents);
    fv_buf_init(&contents);
    size_t points = open_tag(&contents, FV_DER_SEQUENCE), point = open_tag(&contents, 0x30);
    put_point_name(&contents, CRL_URL, c->point_directory, c->point_relative, c->odd_point);
    put_crl_issuer(&contents, c->crl_issuer);
    close_tag(&contents, point);
    close_tag(&contents, points);
    PUT_EXTENSION(b, "\x55\x1D\x1F", false, &contents);
}

static void put_unknown(fv_buf *b, bool is_wanted)
{
    fv_buf contents;
    if (!is_wanted)
        return;
    fv_buf_init(&contents);
    put_tag(&contents, FV_DER_NULL, "", 0);
    PUT_EXTENSION(b, "\x2A\x03\x09", true, &contents);
}

static void put_extensions(fv_buf *b, const toy_cert *c)
{
    size_t outer = open_tag(b, 0xA3), list = open_tag(b, FV_DER_SEQUENCE);
    put_key_ids(b, c);
    put_basic_constraints(b, c);
    put_usage(b, c);
    put_eku(b, c);
    put_netscape_type(b, c);
    put_as_numbers(b, c);
    put_application_policies(b, c);
    put_names(b, c);
    put_constraints(b, c);
    put_policies(b, c);
    put_mappings(b, c);
    put_policy_limits(b, c);
    put_urls(b, c);
    put_unknown(b, c->unknown_critical);
    close_tag(b, list);
    close_tag(b, outer);
}

/* ---- certificates and CRLs ---- */

static fv_bytes keep(toy *t, fv_buf *b)
{
    fv_bytes out = {0};
    if (!fv_arena_copy_bytes(&t->arena, (fv_bytes){(const uint8_t *)b->data, b->len}, &out))
        abort();
    fv_buf_clear(b);
    return out;
}

static void put_version(fv_buf *b, const toy_cert *c)
{
    if (c->version == 1)
        return;
    size_t outer = open_tag(b, 0xA0);
    put_small(b, c->odd_version ? FV_DER_OCTET_STRING : FV_DER_INTEGER,
              c->version == 0 ? 2 : c->version - 1);
    close_tag(b, outer);
}

static void put_long_time(fv_buf *b, const char *date, const char *otherwise)
{
    char text[20];
    snprintf(text, sizeof(text), "20%.6s000000Z", date != NULL ? date : otherwise);
    put_tag(b, FV_DER_GENERALIZED_TIME, text, strlen(text));
}

static void put_validity(fv_buf *b, const toy_cert *c)
{
    size_t validity = open_tag(b, FV_DER_SEQUENCE);
    void (*put_date)(fv_buf *, const char *, const char *) =
        c->long_dates ? put_long_time : put_time;
    put_date(b, c->from, "200101");
    put_date(b, c->to, "391231");
    close_tag(b, validity);
}

fv_bytes toy_make(toy *t, const toy_cert *c)
{
    fv_buf b;
    fv_buf_init(&b);
    size_t whole = open_tag(&b, FV_DER_SEQUENCE), tbs = open_tag(&b, FV_DER_SEQUENCE);
    put_version(&b, c);
    put_small(&b, FV_DER_INTEGER, c->key);
    put_algorithm(&b, c->unsupported);
    put_name(&b, c->issuer != NULL ? c->issuer : c->subject);
    put_validity(&b, c);
    put_name_with(&b, c->subject, c->email);
    put_key(&b, c->key, c->off_curve);
    if (c->version != 1 && c->version != 2)
        put_extensions(&b, c);
    close_tag(&b, tbs);
    put_algorithm(&b, c->unsupported);
    put_signature(&b, c->signer != 0 ? c->signer : c->key, c->bad);
    close_tag(&b, whole);
    return keep(t, &b);
}

static void put_entry(fv_buf *b, const toy_crl *c)
{
    fv_buf contents;
    size_t entry = open_tag(b, FV_DER_SEQUENCE);
    put_small(b, FV_DER_INTEGER, c->revoked);
    put_time(b, "210101", NULL);
    bool is_extended = c->reason > 0 || c->entry_issuer != NULL || c->entry_unknown_critical;
    size_t extensions = is_extended ? open_tag(b, FV_DER_SEQUENCE) : 0;
    if (c->reason > 0) {
        fv_buf_init(&contents);
        put_small(&contents, FV_DER_ENUMERATED, c->reason - 1);
        PUT_EXTENSION(b, "\x55\x1D\x15", false, &contents);
    }
    if (c->entry_issuer != NULL) {
        fv_buf_init(&contents);
        size_t names = open_tag(&contents, FV_DER_SEQUENCE), choice = open_tag(&contents, 0xA4);
        put_name(&contents, c->entry_issuer);
        close_tag(&contents, choice);
        close_tag(&contents, names);
        PUT_EXTENSION(b, "\x55\x1D\x1D", true, &contents);
    }
    put_unknown(b, c->entry_unknown_critical);
    if (is_extended)
        close_tag(b, extensions);
    close_tag(b, entry);
}

static void put_entries(fv_buf *b, const toy_crl *c)
{
    if (c->revoked == 0)
        return;
    size_t list = open_tag(b, FV_DER_SEQUENCE);
    put_entry(b, c);
    if (c->twice)
        put_entry(b, c);
    close_tag(b, list);
}

static void put_distribution_point(fv_buf *b, const toy_crl *c)
{
    fv_buf contents;
    uint8_t reasons[2] = {0, (uint8_t)(c->some_reasons ? 0x40 : c->reasons)};
    bool has_name = c->point != NULL || c->point_directory != NULL || c->point_relative != NULL;
    if (!c->indirect && !c->users_only && !c->cas_only && reasons[1] == 0 && !has_name)
        return;
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    if (has_name)
        put_point_name(&contents, c->point, c->point_directory, c->point_relative, c->odd_point);
    if (c->users_only)
        put_tag(&contents, 0x81, "\xff", 1);
    if (c->cas_only)
        put_tag(&contents, 0x82, "\xff", 1);
    if (reasons[1] != 0)
        put_tag(&contents, 0x83, reasons, sizeof(reasons));
    if (c->indirect)
        put_tag(&contents, 0x84, "\xff", 1);
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x1C", true, &contents);
}

static void put_crl_extensions(fv_buf *b, const toy_crl *c)
{
    fv_buf contents;
    uint8_t issuer[4] = {0x1d, 0, (uint8_t)(c->signer >> 8), (uint8_t)c->signer};
    size_t outer = open_tag(b, 0xA0), list = open_tag(b, FV_DER_SEQUENCE);
    fv_buf_init(&contents);
    size_t sequence = open_tag(&contents, FV_DER_SEQUENCE);
    put_tag(&contents, 0x80, issuer, sizeof(issuer));
    close_tag(&contents, sequence);
    PUT_EXTENSION(b, "\x55\x1D\x23", false, &contents);
    if (!c->no_number) {
        put_small(&contents, FV_DER_INTEGER, c->number > 0 ? c->number - 1 : 7);
        PUT_EXTENSION(b, "\x55\x1D\x14", false, &contents);
    }
    if (c->delta) {
        put_small(&contents, FV_DER_INTEGER, c->base > 0 ? c->base - 1 : 6);
        PUT_EXTENSION(b, "\x55\x1D\x1B", true, &contents);
    }
    put_distribution_point(b, c);
    put_unknown(b, c->unknown_critical);
    close_tag(b, list);
    close_tag(b, outer);
}

fv_bytes toy_make_crl(toy *t, const toy_crl *c)
{
    fv_buf b;
    fv_buf_init(&b);
    size_t whole = open_tag(&b, FV_DER_SEQUENCE), tbs = open_tag(&b, FV_DER_SEQUENCE);
    put_small(&b, FV_DER_INTEGER, 1);
    put_algorithm(&b, false);
    put_name(&b, c->issuer);
    put_time(&b, c->from, "200101");
    if (c->to == NULL || c->to[0] != '-')
        put_time(&b, c->to, "391231");
    put_entries(&b, c);
    put_crl_extensions(&b, c);
    close_tag(&b, tbs);
    put_algorithm(&b, false);
    put_signature(&b, c->signer, c->bad);
    close_tag(&b, whole);
    return keep(t, &b);
}

/* ---- the world of a test ---- */

#define NOW INT64_C(1893456000) /* 2030-01-01 */

static void check(bool ok)
{
    if (!ok)
        abort();
}

void toy_open(toy *t)
{
    memset(t, 0, sizeof(*t));
    fv_arena_init(&t->arena);
    t->verifier = toy_verifier_new(&t->num_verified);
    check(t->verifier != NULL && fedval_anchors_new(&t->anchors) == FEDVAL_OK);
    toy_set_profile(t, FEDVAL_PROFILE_MICROSOFT_EDGE);
    t->purpose = FEDVAL_PURPOSE_SERVER;
    t->time = NOW;
}

void toy_close(toy *t)
{
    fedval_crls_free(t->crls);
    fedval_anchors_free(t->anchors);
    fedval_policy_free(t->policy);
    fedval_verifier_free(t->verifier);
    fv_arena_clear(&t->arena);
}

void toy_set_profile(toy *t, uint32_t profile)
{
    fedval_policy_free(t->policy);
    t->policy = NULL;
    check(fedval_policy_new(profile, &t->policy) == FEDVAL_OK);
}

void toy_set(toy *t, uint32_t field, int64_t value)
{
    check(fedval_policy_set_number(t->policy, field, value) == FEDVAL_OK);
}

void toy_send_der(toy *t, fv_bytes der)
{
    fv_certificate *decoded = fv_arena_alloc(&t->arena, sizeof(*decoded));
    const fv_certificate **slot = fv_arena_append(&t->arena, (void **)&t->sent, &t->num_sent,
                                                  &t->sent_capacity, sizeof(*slot));
    check(decoded != NULL && slot != NULL);
    *slot = fv_certificate_decode(&t->arena, der, decoded) == FEDVAL_OK ? decoded : NULL;
}

void toy_send(toy *t, const toy_cert *cert)
{
    toy_send_der(t, toy_make(t, cert));
}

void toy_trust(toy *t, uint32_t anchor_class, const toy_cert *cert)
{
    fv_bytes der = toy_make(t, cert);
    check(fedval_anchors_append(t->anchors, anchor_class, der.data, der.len, NULL) == FEDVAL_OK);
}

void toy_give_crl(toy *t, const toy_crl *crl)
{
    fv_bytes der = toy_make_crl(t, crl);
    check(t->crls != NULL || fedval_crls_new(&t->crls) == FEDVAL_OK);
    check(fedval_crls_append(t->crls, der.data, der.len, NULL) == FEDVAL_OK);
}

fv_trust_input toy_input(const toy *t)
{
    return (fv_trust_input){.certificates = t->sent,
                            .num_certificates = t->num_sent,
                            .is_incomplete = t->is_incomplete,
                            .purpose = t->purpose,
                            .policy = t->policy,
                            .time = t->time,
                            .anchors = t->anchors,
                            .crls = t->crls,
                            .verifier = t->verifier};
}

void toy_run(toy *t)
{
    const fv_trust_input input = toy_input(t);
    (void)fedval_anchors_seal(t->anchors, t->verifier); /* again: it is sealed, no matter */
    clock_t before = clock();
    check(fv_trust_evaluate(&t->arena, &input, &t->result) == FEDVAL_OK);
    t->cpu_ms = (int64_t)(clock() - before) * 1000 / CLOCKS_PER_SEC;
}

size_t toy_count(const fv_trust_remarks *remarks, uint32_t code)
{
    size_t count = 0;
    for (size_t i = 0; i < remarks->num_items; i++)
        count += remarks->items[i].remark.code == code;
    return count;
}

const char *toy_param(const fv_trust_remarks *remarks, uint32_t code, const char *key)
{
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i].remark;
        for (size_t p = 0; remark->code == code && p < remark->num_params; p++) {
            if (strcmp(remark->params[p].key, key) == 0)
                return remark->params[p].value;
        }
    }
    return "";
}

const char *toy_describe(toy *t, const fv_trust_remarks *remarks)
{
    fv_buf text;
    fv_buf_init(&text);
    for (size_t i = 0; i < remarks->num_items; i++) {
        const fv_remark *remark = &remarks->items[i].remark;
        fv_buf_append_text(&text, fedval_finding_code_to_string(remark->code));
        for (size_t p = 0; p < remark->num_params; p++) {
            fv_buf_append_text(&text, p == 0 ? "(" : ", ");
            fv_buf_append_text(&text, remark->params[p].key);
            fv_buf_append_text(&text, "=");
            fv_buf_append_text(&text, remark->params[p].value);
        }
        fv_buf_append_text(&text, ") ");
    }
    const char *copy = fv_arena_copy_text(&t->arena, text.data, text.len);
    fv_buf_clear(&text);
    return copy;
}
