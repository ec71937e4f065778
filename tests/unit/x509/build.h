/* A small DER writer, so that tests can make what no tool would: elements are opened, filled and
 * closed. Lengths are written in their shortest form unless a test says otherwise. */
#ifndef TESTS_X509_BUILD_H
#define TESTS_X509_BUILD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../arena.h"
#include "x509/crl.h"
#include "x509/der.h"
#include "x509/oid.h"

typedef struct build {
    uint8_t data[16384];
    size_t len;
} build;

static inline void put(build *b, const void *data, size_t len)
{
    assert_true(len <= sizeof(b->data) - b->len);
    if (len > 0)
        memcpy(b->data + b->len, data, len);
    b->len += len;
}

#define PUT(b, literal) put((b), (literal), sizeof(literal) - 1)

static inline size_t open_tag(build *b, unsigned tag)
{
    uint8_t byte = (uint8_t)tag;
    put(b, &byte, 1);
    return b->len;
}

static inline void close_tag(build *b, size_t start)
{
    size_t len = b->len - start;
    uint8_t header[3];
    size_t header_len = 0;
    if (len >= 0x100)
        header[header_len++] = 0x82;
    else if (len >= 0x80)
        header[header_len++] = 0x81;
    if (len >= 0x100)
        header[header_len++] = (uint8_t)(len >> 8);
    header[header_len++] = (uint8_t)len;
    put(b, header, header_len); /* room; then everything moves up */
    memmove(b->data + start + header_len, b->data + start, len);
    memcpy(b->data + start, header, header_len);
}

static inline void put_tag(build *b, unsigned tag, const void *data, size_t len)
{
    size_t start = open_tag(b, tag);
    put(b, data, len);
    close_tag(b, start);
}

#define PUT_TAG(b, tag, literal) put_tag((b), (tag), (literal), sizeof(literal) - 1)

static inline fv_bytes built(const build *b)
{
    return (fv_bytes){b->data, b->len};
}

#define BYTES(literal) ((fv_bytes){(const uint8_t *)(literal), sizeof(literal) - 1})

/* One RDN with one attribute: type is the literal contents of its OID. */
static inline void put_rdn(build *b, fv_bytes type, unsigned tag, fv_bytes value)
{
    size_t set = open_tag(b, FV_DER_SET), sequence = open_tag(b, FV_DER_SEQUENCE);
    put_tag(b, FV_DER_OID, type.data, type.len);
    put_tag(b, tag, value.data, value.len);
    close_tag(b, sequence);
    close_tag(b, set);
}

static inline void put_common_name(build *b, const char *text)
{
    size_t name = open_tag(b, FV_DER_SEQUENCE);
    put_rdn(b, BYTES(FV_OID_COMMON_NAME), FV_DER_UTF8_STRING,
            (fv_bytes){(const uint8_t *)text, strlen(text)});
    close_tag(b, name);
}

#define RSA_SHA256 "\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B\x05\x00"
#define RSA_SHA1 "\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x05\x05\x00"
#define ED25519 "\x30\x05\x06\x03\x2B\x65\x70"
#define ED25519_SPKI                                                                               \
    "\x30\x2A\x30\x05\x06\x03\x2B\x65\x70\x03\x21\x00"                                             \
    "0123456789abcdef0123456789abcdef"

static inline void put_extension(build *b, const char *oid, size_t oid_len, const char *critical,
                                 size_t critical_len, fv_bytes value)
{
    size_t sequence = open_tag(b, FV_DER_SEQUENCE);
    put_tag(b, FV_DER_OID, oid, oid_len);
    put(b, critical, critical_len);
    put_tag(b, FV_DER_OCTET_STRING, value.data, value.len);
    close_tag(b, sequence);
}

#define CRITICAL "\x01\x01\xFF"
/* id-ce OIDs differ in their last byte alone. */
#define PUT_CE(b, arc, critical, value)                                                            \
    put_extension((b), "\x55\x1D" arc, 3, critical, sizeof(critical) - 1, BYTES(value))

/* A certificate whose parts a test may replace; an empty part is left out. */
typedef struct recipe {
    fv_bytes version, serial, inner, issuer, validity, subject, spki, unique_ids;
    fv_bytes extensions; /* contents of the SEQUENCE OF Extension */
    bool has_extensions;
    fv_bytes outer, signature, after_tbs_fields, after_all;
} recipe;

#define ISSUER                                                                                     \
    "\x30\x0D\x31\x0B\x30\x09\x06\x03\x55\x04\x03\x0C\x02"                                         \
    "CA"
#define SUBJECT                                                                                    \
    "\x30\x0F\x31\x0D\x30\x0B\x06\x03\x55\x04\x03\x0C\x04"                                         \
    "vcse"
#define VALIDITY                                                                                   \
    "\x30\x1E\x17\x0D"                                                                             \
    "200101000000Z"                                                                                \
    "\x17\x0D"                                                                                     \
    "300101000000Z"

static inline recipe good_recipe(void)
{
    return (recipe){.version = BYTES("\xA0\x03\x02\x01\x02"),
                    .serial = BYTES("\x02\x01\x07"),
                    .inner = BYTES(RSA_SHA256),
                    .issuer = BYTES(ISSUER),
                    .validity = BYTES(VALIDITY),
                    .subject = BYTES(SUBJECT),
                    .spki = BYTES(ED25519_SPKI),
                    .outer = BYTES(RSA_SHA256),
                    .signature = BYTES("\x03\x05\x00"
                                       "sign")};
}

static inline void put_certificate(build *b, const recipe *r)
{
    size_t whole = open_tag(b, FV_DER_SEQUENCE), tbs = open_tag(b, FV_DER_SEQUENCE);
    const fv_bytes *const parts[] = {&r->version,  &r->serial,  &r->inner, &r->issuer,
                                     &r->validity, &r->subject, &r->spki,  &r->unique_ids};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        put(b, parts[i]->data, parts[i]->len);
    if (r->has_extensions || r->extensions.len > 0) {
        size_t outer = open_tag(b, FV_DER_CONTEXT_CONSTRUCTED + 3);
        put_tag(b, FV_DER_SEQUENCE, r->extensions.data, r->extensions.len);
        close_tag(b, outer);
    }
    put(b, r->after_tbs_fields.data, r->after_tbs_fields.len);
    close_tag(b, tbs);
    put(b, r->outer.data, r->outer.len);
    put(b, r->signature.data, r->signature.len);
    close_tag(b, whole);
    put(b, r->after_all.data, r->after_all.len);
}

static inline void decode_recipe(fv_arena *arena, const recipe *r, fv_certificate *out)
{
    build *b = fv_arena_alloc(arena, sizeof(*b));
    assert_non_null(b);
    put_certificate(b, r);
    assert_int_equal(fv_certificate_decode(arena, built(b), out), FEDVAL_OK);
}

/* The good certificate with these extensions. */
static inline void decode_extensions(fv_arena *arena, const build *extensions, fv_certificate *out)
{
    recipe r = good_recipe();
    r.extensions = built(extensions);
    decode_recipe(arena, &r, out);
}

static inline bool bytes_equal(fv_bytes a, fv_bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
