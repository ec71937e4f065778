#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/size.h"
#include "base/text.h"

static void case_is_folded_for_ascii_only(void **state)
{
    (void)state;
    assert_int_equal(fv_ascii_lower('Z'), 'z');
    assert_int_equal(fv_ascii_lower('@'), '@');
    assert_int_equal(fv_ascii_lower('['), '[');
    assert_int_equal(fv_ascii_lower((char)0xC4), (char)0xC4);
    assert_true(fv_ascii_is_alnum('9') && fv_ascii_is_alnum('q') && fv_ascii_is_alnum('Q'));
    assert_false(fv_ascii_is_alnum('_') || fv_ascii_is_alnum((char)0xE4));
    assert_true(fv_ascii_is_space('\v') && fv_ascii_is_space('\r') && fv_ascii_is_space(' '));
    assert_false(fv_ascii_is_space('\0') || fv_ascii_is_space('\b'));
}

static void texts_are_compared_by_length_and_bytes(void **state)
{
    (void)state;
    const fv_text none = {NULL, 0};
    assert_true(fv_text_equal(fv_text_of("a.b"), fv_text_of("a.b")));
    assert_false(fv_text_equal(fv_text_of("a.b"), fv_text_of("A.b")));
    assert_false(fv_text_equal((fv_text){"a\0b", 3}, (fv_text){"a\0c", 3}));
    assert_true(fv_text_equal(none, fv_text_of(NULL)));
    assert_true(fv_text_equal_nocase(fv_text_of("VCSE.Lab"), fv_text_of("vcse.lab")));
    assert_false(fv_text_equal_nocase(fv_text_of("vcse.lab"), fv_text_of("vcse.lab.")));
}

static void prefixes_and_suffixes_fit_inside_the_text(void **state)
{
    (void)state;
    const fv_text name = fv_text_of("vcse.Steven.lab");
    assert_true(fv_text_starts_nocase(name, fv_text_of("VCSE.")));
    assert_false(fv_text_starts_nocase(fv_text_of("vc"), fv_text_of("vcse")));
    assert_true(fv_text_ends_nocase(name, fv_text_of(".steven.LAB")));
    assert_false(fv_text_ends_nocase(fv_text_of("lab"), fv_text_of(".lab")));
    assert_true(fv_text_ends_nocase(name, fv_text_of("")));
    assert_true(fv_text_ends_nocase((fv_text){NULL, 0}, fv_text_of("")));
}

static void a_byte_order_mark_is_passed_over(void **state)
{
    (void)state;
    assert_true(fv_text_equal(fv_text_skip_mark(fv_text_of("\xEF\xBB\xBF{}")), fv_text_of("{}")));
    assert_int_equal(fv_text_skip_mark(fv_text_of("\xEF\xBB\xBF")).len, 0);
    assert_true(fv_text_equal(fv_text_skip_mark(fv_text_of("\xEF\xBB")), fv_text_of("\xEF\xBB")));
    assert_true(fv_text_equal(fv_text_skip_mark(fv_text_of("{}")), fv_text_of("{}")));
    assert_true(fv_text_is_utf16(fv_text_of("\xFF\xFE{")));
    assert_true(fv_text_is_utf16(fv_text_of("\xFE\xFF")));
    assert_false(fv_text_is_utf16(fv_text_of("\xFF")));
    assert_false(fv_text_is_utf16(fv_text_of("{}")));
}

static void trimming_takes_the_ends_only(void **state)
{
    (void)state;
    assert_true(fv_text_equal(fv_text_trim(fv_text_of(" \ta b\r\n")), fv_text_of("a b")));
    assert_int_equal(fv_text_trim(fv_text_of(" \r\n ")).len, 0);
    assert_int_equal(fv_text_trim((fv_text){NULL, 0}).len, 0);
}

static void a_cut_ends_after_a_whole_character(void **state)
{
    (void)state;
    const fv_text text = fv_text_of("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z");
    static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        assert_int_equal(fv_text_cut(text, i).len, kept[i]);
    /* no UTF-8: not much is lost of it */
    assert_int_equal(fv_text_cut(fv_text_of("\x80\x80\x80\x80\x80\x80"), 5).len, 2);
}

static void numbers_are_digits_alone_and_never_overflow(void **state)
{
    (void)state;
    uint64_t value = 7;
    static const char *const refused[] = {
        "", "+1", "-1", " 1", "1 ", "0x1", "1a", "18446744073709551616", "99999999999999999999"};
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        assert_false(fv_text_to_u64(fv_text_of(refused[i]), &value));
    assert_int_equal(value, 7);
    assert_true(fv_text_to_u64(fv_text_of("18446744073709551615"), &value));
    assert_true(value == UINT64_MAX);
    assert_true(fv_text_to_u64(fv_text_of("000"), &value));
    assert_int_equal(value, 0);
}

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    size_t out = 7;
    assert_false(fv_size_add(SIZE_MAX, 1, &out));
    assert_false(fv_size_mul(SIZE_MAX / 2 + 1, 2, &out));
    assert_int_equal(out, 7);
    assert_true(fv_size_add(SIZE_MAX - 1, 1, &out) && out == SIZE_MAX);
    assert_true(fv_size_mul(SIZE_MAX, 0, &out) && out == 0);
    assert_true(fv_size_mul(6, 7, &out) && out == 42);
}

static void a_text_that_is_given_has_its_length_or_ends_with_nul(void **state)
{
    (void)state;
    assert_true(fv_text_equal(fv_text_given("abc", 2), fv_text_of("ab")));
    assert_true(fv_text_equal(fv_text_given("abc", FEDVAL_NUL_ENDED), fv_text_of("abc")));
    assert_null(fv_text_given(NULL, FEDVAL_NUL_ENDED).data);
    assert_int_equal(fv_text_given(NULL, 5).len, 0);
    assert_true(fv_text_has_nul(fv_text_given("a\0b", 3)));
    assert_false(fv_text_has_nul(fv_text_given("a\0b", FEDVAL_NUL_ENDED)));
    assert_false(fv_text_has_nul(fv_text_given(NULL, 3)));
}

static uint64_t hash_folded(const char *text)
{
    return fv_hash_bytes(FV_HASH_SEED, (fv_bytes){(const uint8_t *)text, strlen(text)}, 0x20);
}

static void a_hash_sees_every_byte_and_no_case_where_none_is_wanted(void **state)
{
    (void)state;
    static const char whole[] = "_sip._tls.example.com";
    for (size_t len = 1; len < sizeof(whole); len++) {
        char other[sizeof(whole)];
        memcpy(other, whole, len);
        other[len - 1] = '\x01';
        fv_bytes one = {(const uint8_t *)whole, len}, two = {(const uint8_t *)other, len};
        assert_true(fv_hash_bytes(FV_HASH_SEED, one, 0) != fv_hash_bytes(FV_HASH_SEED, two, 0));
        two = (fv_bytes){(const uint8_t *)whole, len - 1};
        assert_true(fv_hash_bytes(FV_HASH_SEED, one, 0) != fv_hash_bytes(FV_HASH_SEED, two, 0));
    }
    assert_true(hash_folded("EXAMPLE.Com") == hash_folded("example.com"));
    assert_true(hash_folded("example.com") != hash_folded("example.net"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_is_folded_for_ascii_only),
        cmocka_unit_test(texts_are_compared_by_length_and_bytes),
        cmocka_unit_test(prefixes_and_suffixes_fit_inside_the_text),
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(trimming_takes_the_ends_only),
        cmocka_unit_test(a_cut_ends_after_a_whole_character),
        cmocka_unit_test(numbers_are_digits_alone_and_never_overflow),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(a_text_that_is_given_has_its_length_or_ends_with_nul),
        cmocka_unit_test(a_hash_sees_every_byte_and_no_case_where_none_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
