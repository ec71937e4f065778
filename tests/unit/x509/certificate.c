#include "build.h"

#include "base/calendar.h"

static fv_certificate certificate_of(void **state, const recipe *r)
{
    fv_certificate certificate;
    decode_recipe(*state, r, &certificate);
    return certificate;
}

/* The certificate has this defect and no other. */
static void assert_only_defect(const fv_certificate *certificate, fv_defect_kind kind)
{
    for (unsigned i = 0; i < FV_DEFECT_NUM_KINDS; i++) {
        bool has = fv_defects_has(&certificate->defects, (fv_defect_kind)i);
        if (has != (i == (unsigned)kind))
            fail_msg("%s: %s", fv_defect_to_text((fv_defect_kind)i), has ? "found" : "missing");
    }
}

static void a_good_certificate_has_its_facts_and_no_defects(void **state)
{
    recipe r = good_recipe();
    const fv_certificate c = certificate_of(state, &r);
    assert_int_equal(c.defects.kinds, 0);
    assert_int_equal(c.version, 3);
    assert_int_equal(c.version_presence, FV_KNOWN);
    assert_true(bytes_equal(c.serial, BYTES("\x07")));
    assert_true(bytes_equal(c.issuer.raw, BYTES(ISSUER)));
    assert_true(bytes_equal(c.subject.raw, BYTES(SUBJECT)));
    assert_true(fv_text_equal(c.subject.common_names[0], fv_text_of("vcse")));
    assert_int_equal(c.not_before.seconds, 1577836800);
    assert_int_equal(c.not_after.seconds, 1893456000);
    assert_true(bytes_equal(c.signature, BYTES("sign")));
    assert_int_equal(c.algorithm.hash, FV_HASH_SHA256);
    assert_int_equal(c.key.type, FV_KEY_ED25519);
    assert_true(bytes_equal(c.key.spki, BYTES(ED25519_SPKI)));
    assert_int_equal(c.extensions_presence, FV_ABSENT);
    assert_int_equal(c.subject_alt_name.presence, FV_ABSENT);
    assert_int_equal(c.tbs.data[0], FV_DER_SEQUENCE);
    assert_true(c.tbs.data + c.tbs.len < c.der.data + c.der.len);
    assert_false(fv_certificate_is_self_issued(&c));
    assert_false(c.has_sha256);
}

#define SERIAL_21                                                                                  \
    "\x02\x15"                                                                                     \
    "\x01"                                                                                         \
    "01234567890123456789"
#define SERIAL_20                                                                                  \
    "\x02\x15"                                                                                     \
    "\x00\x81"                                                                                     \
    "0123456789012345678"
#define CN(string) "\x30\x0D\x31\x0B\x30\x09\x06\x03\x55\x04\x03" string
/* A name with one attribute whose value has three bytes. */
#define ATTRIBUTE(arc, string) "\x30\x0E\x31\x0C\x30\x0A\x06\x03\x55\x04" arc string
/* A name with one UTF8String of 65 bytes, or of 64. */
#define LONG_NAME(arc, len, text) "\x30\x4C\x31\x4A\x30\x48\x06\x03\x55\x04" arc "\x0C" len text
#define FULL_NAME(arc, len, text) "\x30\x4B\x31\x49\x30\x47\x06\x03\x55\x04" arc "\x0C" len text
#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define KEY_USAGE(len, value_len, value) "\x30" len "\x06\x03\x55\x1D\x0F\x04" value_len value
#define RSA_KEY "\x03\x0B\x00\x30\x08\x02\x03\x00\x90\x01\x02\x01\x03"
#define V1 ""
#define V2 "\xA0\x03\x02\x01\x01"

static const struct {
    fv_defect_kind kind;
    const char *part; /* a member of the recipe */
    fv_bytes value;
} flaws[] = {
#define FLAW(kind, part, literal)                                                                  \
    {                                                                                              \
        kind, part,                                                                                \
        {                                                                                          \
            (const uint8_t *)(literal), sizeof(literal) - 1                                        \
        }                                                                                          \
    }
    FLAW(FV_DEFECT_VERSION, "version", "\xA0\x03\x02\x01\x00"),
    FLAW(FV_DEFECT_VERSION, "version", "\xA0\x03\x02\x01\x03"),
    FLAW(FV_DEFECT_VERSION, "version", "\xA0\x03\x02\x01\xFF"),
    FLAW(FV_DEFECT_INTEGER_FORM, "version", "\xA0\x04\x02\x02\x00\x02"),
    FLAW(FV_DEFECT_VERSION, "version", "\xA0\x03\x04\x01\x02"),
    FLAW(FV_DEFECT_VERSION, "version", "\xA0\x05\x02\x01\x02\x05\x00"),
    FLAW(FV_DEFECT_SERIAL_NOT_POSITIVE, "serial", "\x02\x01\x00"),
    FLAW(FV_DEFECT_SERIAL_NOT_POSITIVE, "serial", "\x02\x01\x80"),
    FLAW(FV_DEFECT_SERIAL_TOO_LONG, "serial", SERIAL_21),
    FLAW(FV_DEFECT_INTEGER_FORM, "serial", "\x02\x02\x00\x07"),
    FLAW(FV_DEFECT_LENGTH_FORM, "serial", "\x02\x81\x01\x07"),
    FLAW(FV_DEFECT_ALGORITHM_MISMATCH, "inner", RSA_SHA1),
    FLAW(FV_DEFECT_ISSUER_EMPTY, "issuer", "\x30\x00"),
    FLAW(FV_DEFECT_ISSUER, "issuer", "\x30\x02\x31\x00"),
    FLAW(FV_DEFECT_SUBJECT, "subject", "\x30\x02\x05\x00"),
    FLAW(FV_DEFECT_TIME, "validity",
         "\x30\x1E\x17\x0D"
         "200230000000Z"
         "\x17\x0D"
         "300101000000Z"),
    FLAW(FV_DEFECT_TIME, "validity",
         "\x30\x0F\x17\x0D"
         "200101000000Z"),
    FLAW(FV_DEFECT_TIME, "validity",
         "\x30\x1E\x17\x0D"
         "2001010000  Z"
         "\x17\x0D"
         "300101000000Z"),
    FLAW(FV_DEFECT_TIME_FORM, "validity",
         "\x30\x1D\x17\x0C"
         "200101000000"
         "\x17\x0D"
         "300101000000Z"),
    FLAW(FV_DEFECT_TIME_TYPE, "validity",
         "\x30\x20\x18\x0F"
         "20200101000000Z"
         "\x17\x0D"
         "300101000000Z"),
    FLAW(FV_DEFECT_KEY, "spki", "\x30\x0A\x30\x05\x06\x03\x2B\x65\x70\x03\x01\x00"),
    FLAW(FV_DEFECT_STRING, "subject", CN("\x1E\x02\xD8\x00")),
    FLAW(FV_DEFECT_STRING, "subject", CN("\x1E\x02\xDF\xFF")),
    FLAW(FV_DEFECT_STRING, "subject",
         "\x30\x0F\x31\x0D\x30\x0B\x06\x03\x55\x04\x03\x1C\x04\x00\x11\x00\x00"),
    FLAW(FV_DEFECT_STRING_KIND, "subject", CN("\x02\x02\x01\x02")),
    FLAW(FV_DEFECT_STRING_KIND, "subject", CN("\x1A\x02xy")),
    FLAW(FV_DEFECT_STRING_CONTENTS, "subject", CN("\x0C\x02x\0")),
    FLAW(FV_DEFECT_STRING_CONTENTS, "subject",
         "\x30\x0B\x31\x09\x30\x07\x06\x03\x55\x04\x03\x0C\x00"),
    FLAW(FV_DEFECT_OID_FORM, "spki",
         "\x30\x2B\x30\x06\x06\x04\x80\x2B\x65\x70\x03\x21\x00"
         "0123456789abcdef0123456789abcdef"),
    FLAW(FV_DEFECT_OID_FORM, "spki",
         "\x30\x15\x30\x0E\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x03\x80\x2B\x01"
         "\x03\x03\x00\x04\x01"),
    FLAW(FV_DEFECT_EXTENSION_VALUE, "extensions",
         "\x30\x0B\x06\x03\x55\x1D\x1F\x04\x04\x30\x02\x30\x00"),
    FLAW(FV_DEFECT_EXTENSION_VALUE, "extensions",
         "\x30\x12\x06\x03\x55\x1D\x1F\x04\x0B\x30\x09\x30\x07\xA0\x05\xA1\x03\x86\x01"
         "a"),
    FLAW(FV_DEFECT_EXTENSION_CONTENTS, "extensions",
         "\x30\x17\x06\x08\x2B\x06\x01\x05\x05\x07\x01\x01\x04\x0B\x30\x09\x30\x07\x06\x02"
         "\x80\x2B\x86\x01"
         "a"),
    FLAW(FV_DEFECT_EXTENSION_CONTENTS, "extensions",
         "\x30\x0E\x06\x03\x55\x1D\x11\x04\x07\x30\x05\x82\x03"
         "a\0b"),
    FLAW(FV_DEFECT_CHARACTERS, "subject", CN("\x13\x02x\xE9")),
    FLAW(FV_DEFECT_CHARACTERS, "subject", CN("\x16\x02\x80x")),
    FLAW(FV_DEFECT_ALGORITHM_PARAMETERS, "spki",
         "\x30\x1A\x30\x0B\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01" RSA_KEY),
    FLAW(FV_DEFECT_ALGORITHM_PARAMETERS, "spki",
         "\x30\x1D\x30\x0E\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x02\x01\x00" RSA_KEY),
    FLAW(FV_DEFECT_PATH_LENGTH, "extensions",
         "\x30\x0C\x06\x03\x55\x1D\x13\x04\x05\x30\x03\x02\x01\x00"),
    FLAW(FV_DEFECT_EXTENSIONS_EMPTY, "empty-extensions", ""),
    FLAW(FV_DEFECT_EXTENSION_FORM, "extensions", "\x30\x03\x06\x01\x55"),
    FLAW(FV_DEFECT_EXTENSION_FORM, "extensions", "\x30\x80"),
    FLAW(FV_DEFECT_TRAILING_BYTES, "after-fields", "\x05\x00"),
    FLAW(FV_DEFECT_BYTES_BEHIND, "after-all", "\n"),
    FLAW(FV_DEFECT_SIGNATURE_BITS, "signature", "\x03\x02\x01\xFE"),
    FLAW(FV_DEFECT_SIGNATURE_BITS, "signature", "\x03\x00"),
    FLAW(FV_DEFECT_BOOLEAN, "extensions",
         "\x30\x0E\x06\x03\x2A\x03\x04\x01\x01\x01\x04\x04"
         "1234"),
    FLAW(FV_DEFECT_BOOLEAN, "extensions",
         "\x30\x0E\x06\x03\x2A\x03\x04\x01\x01\x00\x04\x04"
         "1234"),
    FLAW(FV_DEFECT_STRUCTURE, "serial", ""),
    FLAW(FV_DEFECT_PRINTABLE, "subject", CN("\x13\x02x@")),
    FLAW(FV_DEFECT_PRINTABLE, "issuer", CN("\x13\x02x_")),
    FLAW(FV_DEFECT_NUMERIC, "subject",
         CN("\x12\x02"
            "1a")),
    FLAW(FV_DEFECT_COUNTRY, "subject",
         ATTRIBUTE("\x06", "\x13\x03"
                           "XAB")),
    FLAW(FV_DEFECT_COUNTRY, "subject",
         ATTRIBUTE("\x06", "\x0C\x03"
                           "X\xC3\xA4")),
    FLAW(FV_DEFECT_COMMON_NAME_LENGTH, "subject", LONG_NAME("\x03", "\x41", X64 "x")),
    FLAW(FV_DEFECT_ATTRIBUTE_LENGTH, "subject", LONG_NAME("\x0B", "\x41", X64 "x")),
    FLAW(FV_DEFECT_KEY_USAGE_ZEROS, "extensions", KEY_USAGE("\x0B", "\x04", "\x03\x02\x00\xA0")),
    FLAW(FV_DEFECT_KEY_USAGE_ZEROS, "extensions",
         KEY_USAGE("\x0D", "\x06", "\x03\x04\x00\x80\x00\x00")),
    FLAW(FV_DEFECT_KEY_USAGE_BITS, "extensions", KEY_USAGE("\x0C", "\x05", "\x03\x03\x06\x80\x40")),
    FLAW(FV_DEFECT_KEY_USAGE_BITS, "extensions",
         KEY_USAGE("\x0F", "\x08", "\x03\x06\x00\x80\x00\x00\x00\x01")),
    FLAW(FV_DEFECT_LEAF_CONSTRAINTS, "extensions",
         "\x30\x10\x06\x03\x55\x1D\x1E\x04\x09\x30\x07\xA0\x05\x30\x03\x82\x01"
         "a"),
    FLAW(FV_DEFECT_EXTENSION_VALUE, "extensions", "\x30\x09\x06\x03\x55\x1D\x09\x04\x02\x30\x00"),
    FLAW(FV_DEFECT_EXTENSION_VALUE, "extensions",
         "\x30\x0D\x06\x03\x55\x1D\x09\x04\x06\x30\x04\x06\x02\x2A\x03"),
};

static fv_bytes *part_of(recipe *r, const char *part)
{
    const struct {
        const char *name;
        fv_bytes *at;
    } parts[] = {
        {"version", &r->version},     {"serial", &r->serial},
        {"inner", &r->inner},         {"issuer", &r->issuer},
        {"subject", &r->subject},     {"validity", &r->validity},
        {"spki", &r->spki},           {"extensions", &r->extensions},
        {"signature", &r->signature}, {"after-fields", &r->after_tbs_fields},
        {"after-all", &r->after_all}, {"empty-extensions", &r->extensions},
    };
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (strcmp(parts[i].name, part) == 0)
            return parts[i].at;
    }
    return NULL;
}

static void each_flaw_is_the_one_defect_recorded(void **state)
{
    for (size_t i = 0; i < sizeof(flaws) / sizeof(flaws[0]); i++) {
        recipe r = good_recipe();
        *part_of(&r, flaws[i].part) = flaws[i].value;
        r.has_extensions = strcmp(flaws[i].part, "empty-extensions") == 0;
        const fv_certificate c = certificate_of(state, &r);
        assert_only_defect(&c, flaws[i].kind);
        assert_int_equal(c.defects.num_items, 1);
        assert_true(c.defects.items[0].offset <= c.der.len);
    }
}

static void what_is_allowed_is_no_defect(void **state)
{
    static const struct {
        const char *part;
        fv_bytes value;
    } cases[] = {
#define ALLOWED(part, literal)                                                                     \
    {                                                                                              \
        part,                                                                                      \
        {                                                                                          \
            (const uint8_t *)(literal), sizeof(literal) - 1                                        \
        }                                                                                          \
    }
        ALLOWED("version", V1),
        ALLOWED("version", V2),
        ALLOWED("serial", SERIAL_20),
        ALLOWED("subject", "\x30\x00"),
        ALLOWED("validity", "\x30\x20\x17\x0D"
                            "491231235959Z"
                            "\x18\x0F"
                            "99991231235959Z"),
        ALLOWED("subject", CN("\x13\x02*&")), /* common in certificates that are in use */
        ALLOWED("subject", CN("\x12\x02"
                              "1 ")),
        ALLOWED("subject", CN("\x16\x02_@")),
        ALLOWED("subject", "\x30\x0D\x31\x0B\x30\x09\x06\x03\x55\x04\x06\x13\x02XA"),
        ALLOWED("subject", FULL_NAME("\x03", "\x40", X64)),
        ALLOWED("extensions", KEY_USAGE("\x0B", "\x04", "\x03\x02\x05\xA0")),
        ALLOWED("extensions", KEY_USAGE("\x0C", "\x05", "\x03\x03\x07\x00\x80")),
        ALLOWED("extensions", "\x30\x13\x06\x03\x55\x1D\x09\x04\x0C\x30\x0A\x30\x08\x06\x02\x2A\x03"
                              "\x31\x02\x05\x00"),
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        recipe r = good_recipe();
        *part_of(&r, cases[i].part) = cases[i].value;
        const fv_certificate c = certificate_of(state, &r);
        if (c.defects.kinds != 0)
            fail_msg("case %zu: %s", i, fv_defect_to_text(c.defects.items[0].kind));
    }
}

static void extensions_and_unique_ids_need_their_version(void **state)
{
    recipe r = good_recipe();
    r.version = BYTES(V2);
    r.unique_ids = BYTES("\x81\x02\x00\x01\x82\x02\x00\x01");
    fv_certificate c = certificate_of(state, &r);
    assert_int_equal(c.defects.kinds, 0);
    assert_true(c.has_issuer_unique_id && c.has_subject_unique_id);
    r.version = BYTES(V1);
    c = certificate_of(state, &r);
    assert_only_defect(&c, FV_DEFECT_UNIQUE_ID);
    assert_int_equal(c.version, 1);
    assert_int_equal(c.version_presence, FV_ABSENT);
    r.unique_ids = BYTES("");
    r.extensions = BYTES("\x30\x07\x06\x03\x2A\x03\x04\x04\x00");
    c = certificate_of(state, &r);
    assert_only_defect(&c, FV_DEFECT_EXTENSIONS_VERSION);
    assert_int_equal(c.num_extensions, 1);
}

static void dates_in_odd_forms_are_read_all_the_same(void **state)
{
    static const struct {
        const char *text;
        unsigned tag;
        int64_t seconds;
    } cases[] = {
        {"4912312359Z", FV_DER_UTC_TIME, 2524607940},
        {"500101000000", FV_DER_UTC_TIME, -631152000},
        {"170302081046+0100", FV_DER_UTC_TIME, 1488438646},
        {"1703020010-0700", FV_DER_UTC_TIME, 1488438600},
        {"20500101000000.5Z", FV_DER_GENERALIZED_TIME, 2524608000},
        {"20500101010000+0100", FV_DER_GENERALIZED_TIME, 2524608000},
        {"2017030207Z", FV_DER_GENERALIZED_TIME, FV_TIME_UNKNOWN},
        {"170302081046+01", FV_DER_UTC_TIME, FV_TIME_UNKNOWN},
        {"170302071046Z0", FV_DER_UTC_TIME, FV_TIME_UNKNOWN},
        {"20170302071046.Z", FV_DER_GENERALIZED_TIME, FV_TIME_UNKNOWN},
        {"", FV_DER_UTC_TIME, FV_TIME_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        recipe r = good_recipe();
        build b = {.len = 0};
        size_t validity = open_tag(&b, FV_DER_SEQUENCE);
        put_tag(&b, cases[i].tag, cases[i].text, strlen(cases[i].text));
        PUT_TAG(&b, FV_DER_UTC_TIME, "300101000000Z");
        close_tag(&b, validity);
        r.validity = built(&b);
        const fv_certificate c = certificate_of(state, &r);
        if (c.not_before.seconds != cases[i].seconds)
            fail_msg("case %zu: %lld", i, (long long)c.not_before.seconds);
        bool is_read = cases[i].seconds != FV_TIME_UNKNOWN;
        assert_int_equal(c.not_before.presence, is_read ? FV_KNOWN : FV_MALFORMED);
        assert_only_defect(&c, is_read ? FV_DEFECT_TIME_FORM : FV_DEFECT_TIME);
        assert_int_equal(c.not_after.presence, FV_KNOWN);
    }
}

static void a_broken_tbs_leaves_the_rest_unknown(void **state)
{
    recipe r = good_recipe();
    r.subject = BYTES("");
    const fv_certificate c = certificate_of(state, &r);
    assert_int_equal(c.issuer.presence, FV_KNOWN);
    assert_int_equal(c.not_after.presence, FV_KNOWN);
    /* The key stands where the subject should be: a SEQUENCE, but no Name. */
    assert_int_equal(c.key.presence, FV_UNKNOWN);
    assert_int_equal(c.extensions_presence, FV_UNKNOWN);
    assert_int_equal(c.basic_constraints.presence, FV_UNKNOWN);
}

/* Offsets are within the input whatever is missing. */
static void an_empty_tbs_is_a_defect_at_its_place(void **state)
{
    fv_certificate c;
    assert_int_equal(
        fv_certificate_decode(*state, BYTES("\x30\x15\x30\x00" RSA_SHA256 "\x03\x02\x00\x55"), &c),
        FEDVAL_OK);
    assert_int_equal(c.defects.kinds, FV_DEFECT_BIT(FV_DEFECT_STRUCTURE));
    assert_int_equal(c.defects.items[0].offset, 4);
    assert_int_equal(c.issuer.presence, FV_UNKNOWN);
}

static void what_cannot_be_cut_is_a_syntax_error(void **state)
{
    const fv_bytes cases[] = {BYTES(""),
                              BYTES("\x30\x00"),
                              BYTES("\x30\x02\x30\x00"),
                              BYTES("\x31\x04\x30\x00\x30\x00"),
                              BYTES("\x30\x06\x30\x00\x30\x00\x04\x00"),
                              BYTES("-----BEGIN CERTIFICATE-----")};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_certificate c = {.version = 99};
        assert_int_equal(fv_certificate_decode(*state, cases[i], &c), FEDVAL_ERROR_SYNTAX);
        assert_int_equal(c.version, 99);
    }
}

static void self_issued_goes_by_the_normalised_names(void **state)
{
    recipe r = good_recipe();
    r.subject = BYTES("\x30\x0D\x31\x0B\x30\x09\x06\x03\x55\x04\x03\x13\x02"
                      "ca");
    const fv_certificate c = certificate_of(state, &r);
    assert_true(fv_certificate_is_self_issued(&c));
}

/* RFC 5280 4.2.1.6: "If the subject field contains an empty sequence, then ... the subjectAltName
 * extension ... MUST be marked as critical". */
static void a_name_that_stands_alone_has_to_be_critical(void **state)
{
    const struct {
        fv_bytes subject;
        const char *critical;
        size_t critical_len;
        bool is_noted;
    } cases[] = {{BYTES("\x30\x00"), "", 0, true},
                 {BYTES("\x30\x00"), CRITICAL, 3, false},
                 {BYTES(SUBJECT), "", 0, false}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        build extensions = {.len = 0};
        fv_certificate certificate;
        recipe r = good_recipe();
        put_extension(&extensions, "\x55\x1D\x11", 3, cases[i].critical, cases[i].critical_len,
                      BYTES("\x30\x03\x82\x01"
                            "a"));
        r.subject = cases[i].subject;
        r.extensions = built(&extensions);
        decode_recipe(*state, &r, &certificate);
        assert_int_equal(fv_defects_has(&certificate.defects, FV_DEFECT_SAN_NOT_CRITICAL),
                         cases[i].is_noted);
    }
}

/* OpenSSL loads any INTEGER. */
static void a_version_that_is_an_integer_is_told_from_one_that_is_none(void **state)
{
    const struct {
        fv_bytes version;
        bool is_integer;
    } cases[] = {{BYTES("\xA0\x03\x02\x01\xFF"), true}, {BYTES("\xA0\x03\x04\x01\x02"), false}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_certificate certificate;
        recipe r = good_recipe();
        r.version = cases[i].version;
        decode_recipe(*state, &r, &certificate);
        assert_int_equal(certificate.version_presence, FV_MALFORMED);
        assert_int_equal(certificate.has_integer_version, cases[i].is_integer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_name_that_stands_alone_has_to_be_critical),
        T(a_version_that_is_an_integer_is_told_from_one_that_is_none),
        T(a_good_certificate_has_its_facts_and_no_defects),
        T(each_flaw_is_the_one_defect_recorded),
        T(what_is_allowed_is_no_defect),
        T(extensions_and_unique_ids_need_their_version),
        T(dates_in_odd_forms_are_read_all_the_same),
        T(a_broken_tbs_leaves_the_rest_unknown),
        T(an_empty_tbs_is_a_defect_at_its_place),
        T(what_cannot_be_cut_is_a_syntax_error),
        T(self_issued_goes_by_the_normalised_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
