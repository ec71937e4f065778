#include "build.h"

#include "base/calendar.h"

#define DATE                                                                                       \
    "\x17\x0D"                                                                                     \
    "200101000000Z"

typedef struct crl_recipe {
    fv_bytes version, times, entries, extensions;
} crl_recipe;

static crl_recipe good_crl(void)
{
    return (crl_recipe){.version = BYTES("\x02\x01\x01"), .times = BYTES(DATE DATE)};
}

static fv_crl crl_of(void **state, const crl_recipe *r)
{
    build *b = fv_arena_alloc(*state, sizeof(*b));
    fv_crl crl;
    size_t whole = open_tag(b, FV_DER_SEQUENCE), tbs = open_tag(b, FV_DER_SEQUENCE);
    put(b, r->version.data, r->version.len);
    PUT(b, RSA_SHA256 ISSUER);
    put(b, r->times.data, r->times.len);
    if (r->entries.len > 0)
        put_tag(b, FV_DER_SEQUENCE, r->entries.data, r->entries.len);
    if (r->extensions.len > 0) {
        size_t outer = open_tag(b, FV_DER_CONTEXT_CONSTRUCTED + 0);
        put_tag(b, FV_DER_SEQUENCE, r->extensions.data, r->extensions.len);
        close_tag(b, outer);
    }
    close_tag(b, tbs);
    PUT(b, RSA_SHA256 "\x03\x02\x00\x55");
    close_tag(b, whole);
    assert_int_equal(fv_crl_decode(*state, built(b), &crl), FEDVAL_OK);
    return crl;
}

static void put_entry(build *b, fv_bytes serial, fv_bytes extensions)
{
    size_t entry = open_tag(b, FV_DER_SEQUENCE);
    put_tag(b, FV_DER_INTEGER, serial.data, serial.len);
    PUT(b, DATE);
    if (extensions.len > 0)
        put_tag(b, FV_DER_SEQUENCE, extensions.data, extensions.len);
    close_tag(b, entry);
}

#define ENTRY(b, serial, extensions) put_entry((b), BYTES(serial), BYTES(extensions))

static void a_list_without_entries_revokes_nothing(void **state)
{
    const crl_recipe r = good_crl();
    const fv_crl crl = crl_of(state, &r);
    assert_int_equal(crl.defects.kinds, 0);
    assert_int_equal(crl.version, 2);
    assert_int_equal(crl.entries_presence, FV_ABSENT);
    assert_int_equal(crl.this_update.seconds, 1577836800);
    assert_int_equal(crl.next_update.presence, FV_KNOWN);
    assert_int_equal(crl.number_presence, FV_ABSENT);
    assert_true(fv_text_equal(crl.issuer.common_names[0], fv_text_of("CA")));
    assert_true(bytes_equal(crl.signature, BYTES("\x55")));
    assert_null(fv_crl_find(&crl, BYTES("\x07")));
}

static void entries_are_found_by_serial_whatever_their_order(void **state)
{
    crl_recipe r = good_crl();
    build b = {.len = 0};
    ENTRY(&b, "\x70\x01", "");
    ENTRY(&b, "\x05", "\x30\x0A\x06\x03\x55\x1D\x15\x04\x03\x0A\x01\x01");
    ENTRY(&b, "\x00\x90", "");
    ENTRY(&b, "\x00\x00\x04", "");
    r.entries = built(&b);
    const fv_crl crl = crl_of(state, &r);
    assert_int_equal(crl.num_entries, 4);
    assert_false(crl.has_equal_serials);
    assert_int_equal(fv_crl_find(&crl, BYTES("\x05"))->reason, 1);
    assert_int_equal(fv_crl_find(&crl, BYTES("\x70\x01"))->reason, FV_CRL_REASON_NONE);
    assert_int_equal(fv_crl_find(&crl, BYTES("\x05"))->revoked_at, 1577836800);
    assert_non_null(fv_crl_find(&crl, BYTES("\x00\x90")));
    assert_non_null(fv_crl_find(&crl, BYTES("\x04")));
    assert_non_null(fv_crl_find(&crl, BYTES("\x00\x05")));
    assert_null(fv_crl_find(&crl, BYTES("\x90")));
    assert_null(fv_crl_find(&crl, BYTES("\x06")));
    assert_null(fv_crl_find(&crl, BYTES("")));
}

static void a_serial_that_comes_twice_is_noticed(void **state)
{
    crl_recipe r = good_crl();
    build b = {.len = 0};
    ENTRY(&b, "\x05", "");
    ENTRY(&b, "\x04", "");
    ENTRY(&b, "\x00\x05", "");
    r.entries = built(&b);
    const fv_crl crl = crl_of(state, &r);
    assert_true(crl.has_equal_serials);
}

static void names_of_the_point_are_told_apart(void **state)
{
    const struct {
        fv_bytes name;
        bool is_odd;
    } points[] = {
        {BYTES("\xA0\x07\xA0\x05\x86\x03"
               "uri"),
         false},
        {BYTES("\xA0\x0C\xA0\x0A\x86\x03"
               "uri"
               "\x82\x03"
               "dns"),
         true},
        {BYTES("\xA0\x0E\xA1\x0C\x30\x0A\x06\x03\x55\x04\x03\x0C\x03"
               "crl"),
         true}, /* relative to the issuer */
    };
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        crl_recipe r = good_crl();
        build b = {.len = 0}, value = {.len = 0};
        put_tag(&value, FV_DER_SEQUENCE, points[i].name.data, points[i].name.len);
        put_extension(&b, "\x55\x1D\x1C", 3, CRITICAL, 3, built(&value));
        r.extensions = built(&b);
        const fv_crl crl = crl_of(state, &r);
        assert_true(crl.has_point_name);
        assert_int_equal(crl.has_other_point_names, points[i].is_odd);
    }
}

#define NUMBER(literal) (literal), sizeof(literal) - 1

static void numbers_are_compared_by_value(void **state)
{
    static const struct {
        const char *a;
        size_t a_len;
        const char *b;
        size_t b_len;
        int order;
    } cases[] = {
        {NUMBER("\x05"), NUMBER("\x06"), -1},    {NUMBER("\x06"), NUMBER("\x05"), 1},
        {NUMBER("\x00\x85"), NUMBER("\x06"), 1}, {NUMBER("\x01\x00"), NUMBER("\x7f"), 1},
        {NUMBER("\xfb"), NUMBER("\x06"), -1},    {NUMBER("\x06"), NUMBER("\xfb"), 1},
        {NUMBER("\xfb"), NUMBER("\xfc"), -1},    {NUMBER("\xfe\x00"), NUMBER("\xfb"), -1},
        {NUMBER("\xfb"), NUMBER("\xfe\x00"), 1}, {NUMBER("\xfb"), NUMBER("\xfb"), 0},
        {NUMBER("\x00\x05"), NUMBER("\x05"), 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_bytes a = {(const uint8_t *)cases[i].a, cases[i].a_len};
        fv_bytes b = {(const uint8_t *)cases[i].b, cases[i].b_len};
        assert_int_equal(fv_crl_compare_numbers(a, b), cases[i].order);
    }
}

static void many_entries_are_all_found(void **state)
{
    crl_recipe r = good_crl();
    build b = {.len = 0};
    for (unsigned i = 0; i < 600; i++) {
        const uint8_t serial[3] = {0x10, (uint8_t)(i * 7 % 256), (uint8_t)(i / 256)};
        put_entry(&b, (fv_bytes){serial, 3}, (fv_bytes){NULL, 0});
    }
    r.entries = built(&b);
    const fv_crl crl = crl_of(state, &r);
    for (unsigned i = 0; i < 600; i++) {
        const uint8_t serial[3] = {0x10, (uint8_t)(i * 7 % 256), (uint8_t)(i / 256)};
        assert_non_null(fv_crl_find(&crl, (fv_bytes){serial, 3}));
    }
    assert_null(fv_crl_find(&crl, BYTES("\x10\x00\x03")));
}

static void extensions_of_entries_are_weighed(void **state)
{
    crl_recipe r = good_crl();
    build b = {.len = 0};
    ENTRY(&b, "\x01", "\x30\x0A\x06\x03\x2A\x03\x04\x01\x01\xFF\x04\x00");
    ENTRY(&b, "\x02", "\x30\x09\x06\x03\x55\x1D\x1D\x04\x02\x30\x00");
    ENTRY(&b, "\x03", "\x30\x07\x06\x03\x2A\x03\x04\x04\x00");
    r.entries = built(&b);
    const fv_crl crl = crl_of(state, &r);
    assert_true(fv_crl_find(&crl, BYTES("\x01"))->is_extended_critically);
    assert_true(fv_crl_find(&crl, BYTES("\x02"))->is_extended_critically);
    assert_false(fv_crl_find(&crl, BYTES("\x03"))->is_extended_critically);
    assert_true(crl.has_unknown_critical_entry);
}

static void an_entry_that_cannot_be_read_makes_the_list_malformed(void **state)
{
    const fv_bytes entries[] = {BYTES("\x30\x02\x02\x00"), BYTES("\x30\x03\x02\x01\x07"),
                                BYTES("\x30\x80"), BYTES("\x05\x00")};
    for (size_t i = 0; i < 4; i++) {
        crl_recipe r = good_crl();
        build b = {.len = 0};
        ENTRY(&b, "\x01", "");
        put(&b, entries[i].data, entries[i].len);
        r.entries = built(&b);
        const fv_crl crl = crl_of(state, &r);
        assert_int_equal(crl.entries_presence, FV_MALFORMED);
        assert_true(fv_defects_has(&crl.defects, FV_DEFECT_STRUCTURE));
    }
}

/* It may be the entry that is looked for. */
static void an_entry_whose_extensions_cannot_be_read_makes_the_list_malformed(void **state)
{
    const fv_bytes extensions[] = {
        BYTES("\x30\x03\x02\x01\x05"), /* no OID */
        BYTES("\x05\x00"),
        BYTES("\x30\x09\x06\x03\x2A\x03\x04\x04\x00\x05\x00"), /* more than an extension */
    };
    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++) {
        crl_recipe r = good_crl();
        build b = {.len = 0};
        put_entry(&b, BYTES("\x01"), extensions[i]);
        r.entries = built(&b);
        const fv_crl crl = crl_of(state, &r);
        assert_int_equal(crl.entries_presence, FV_MALFORMED);
        assert_true(fv_defects_has(&crl.defects, FV_DEFECT_STRUCTURE));
    }
}

/* It is revoked, for whatever reason. */
static void a_reason_that_cannot_be_read_is_none(void **state)
{
    const fv_bytes extensions[] = {
        BYTES("\x30\x0B\x06\x03\x55\x1D\x15\x04\x04\x0A\x02\x00\x01"), /* of two bytes */
        BYTES("\x30\x0A\x06\x03\x55\x1D\x15\x04\x03\x02\x01\x01"),     /* not ENUMERATED */
    };
    for (size_t i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++) {
        crl_recipe r = good_crl();
        build b = {.len = 0};
        put_entry(&b, BYTES("\x01"), extensions[i]);
        r.entries = built(&b);
        const fv_crl crl = crl_of(state, &r);
        assert_int_equal(crl.entries_presence, FV_KNOWN);
        assert_int_equal(fv_crl_find(&crl, BYTES("\x01"))->reason, FV_CRL_REASON_NONE);
    }
}

static void extensions_of_the_list_are_read(void **state)
{
    crl_recipe r = good_crl();
    build b = {.len = 0};
    PUT_CE(&b, "\x14", "", "\x02\x02\x01\x00");
    PUT_CE(&b, "\x23", "",
           "\x30\x05\x80\x03"
           "abc");
    PUT_CE(&b, "\x1B", CRITICAL, "\x02\x01\x05");
    PUT_CE(&b, "\x1C", CRITICAL, "\x30\x0A\x81\x01\xFF\x83\x02\x01\x80\x84\x01\xFF");
    r.extensions = built(&b);
    fv_crl crl = crl_of(state, &r);
    assert_int_equal(crl.defects.kinds, 0);
    assert_true(bytes_equal(crl.number, BYTES("\x01\x00")));
    assert_true(bytes_equal(crl.authority_key_id.key_id, BYTES("abc")));
    assert_true(crl.is_delta && crl.is_user_only && crl.has_only_some_reasons && crl.is_indirect);
    assert_false(crl.is_ca_only || crl.has_point_name || crl.has_unknown_critical);
    b.len = 0;
    put_extension(&b, "\x2A\x03\x04", 3, CRITICAL, 3, BYTES(""));
    PUT_CE(&b, "\x1C", "", "\x30\x05\x81\x01\xFF\x05\x00");
    r.extensions = built(&b);
    crl = crl_of(state, &r);
    assert_true(crl.has_unknown_critical);
    assert_int_equal(crl.distribution_point_presence, FV_MALFORMED);
    assert_false(crl.is_user_only);
    assert_true(fv_defects_has(&crl.defects, FV_DEFECT_EXTENSION_VALUE));
}

static void a_point_that_cannot_be_read_says_nothing(void **state)
{
    static const struct {
        const char *value;
        size_t len;
    } points[] = {
        {"\x30\x05\x81\x01\xFF\x05\x00", 7},         /* an element too many */
        {"\x30\x07\x81\x01\xFF\x82\x02\xFF\xFF", 9}, /* a BOOLEAN of two bytes */
        {"\x30\x05\x81\x01\xFF\x82\x01\xFF", 8},     /* longer than it says */
        {"\x05\x00", 2},
    };
    for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++) {
        crl_recipe r = good_crl();
        build b = {.len = 0};
        put_extension(&b, "\x55\x1D\x1C", 3, CRITICAL, 3,
                      (fv_bytes){(const uint8_t *)points[i].value, points[i].len});
        r.extensions = built(&b);
        const fv_crl crl = crl_of(state, &r);
        assert_int_equal(crl.distribution_point_presence, FV_MALFORMED);
        assert_false(crl.is_user_only || crl.is_ca_only);
    }
}

static void old_and_odd_lists_are_read_too(void **state)
{
    crl_recipe r = good_crl();
    r.version = BYTES("");
    r.times = BYTES(DATE);
    fv_crl crl = crl_of(state, &r);
    assert_int_equal(crl.version, 1);
    assert_int_equal(crl.defects.kinds, 0);
    assert_int_equal(crl.next_update.presence, FV_ABSENT);
    assert_true(crl.next_update.seconds == FV_TIME_UNKNOWN);
    r.version = BYTES("\x02\x01\x02");
    crl = crl_of(state, &r);
    assert_true(fv_defects_has(&crl.defects, FV_DEFECT_VERSION));
    r.version = BYTES("");
    r.extensions = BYTES("\x30\x07\x06\x03\x2A\x03\x04\x04\x00");
    crl = crl_of(state, &r);
    assert_true(fv_defects_has(&crl.defects, FV_DEFECT_EXTENSIONS_VERSION));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_list_without_entries_revokes_nothing),
        T(entries_are_found_by_serial_whatever_their_order),
        T(many_entries_are_all_found),
        T(numbers_are_compared_by_value),
        T(a_serial_that_comes_twice_is_noticed),
        T(names_of_the_point_are_told_apart),
        T(extensions_of_entries_are_weighed),
        T(an_entry_that_cannot_be_read_makes_the_list_malformed),
        T(an_entry_whose_extensions_cannot_be_read_makes_the_list_malformed),
        T(a_reason_that_cannot_be_read_is_none),
        T(extensions_of_the_list_are_read),
        T(a_point_that_cannot_be_read_says_nothing),
        T(old_and_odd_lists_are_read_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
