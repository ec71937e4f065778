#include "build.h"

static bool read_all(fv_bytes bytes, bool loosely, fv_der *out)
{
    fv_cursor cursor;
    fv_cursor_init(&cursor, bytes);
    bool is_read = loosely ? fv_der_read_loosely(&cursor, out) : fv_der_read(&cursor, out);
    assert_true(is_read || fv_cursor_offset(&cursor) == 0);
    return is_read && fv_cursor_left(&cursor) == 0;
}

static void lengths_of_each_size_are_read(void **state)
{
    (void)state;
    static const size_t lens[] = {0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x3000};
    for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
        build b = {.len = 0};
        fv_der element;
        size_t start = open_tag(&b, FV_DER_OCTET_STRING);
        b.len += lens[i];
        close_tag(&b, start);
        assert_true(read_all(built(&b), false, &element));
        assert_int_equal(element.value.len, lens[i]);
        assert_int_equal(element.whole.len, b.len);
        assert_int_equal(element.tag, FV_DER_OCTET_STRING);
    }
}

static void what_is_not_definite_and_whole_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
    } refused[] = {
        {"", 0},
        {"\x04", 1},
        {"\x04\x01", 2},
        {"\x04\x80\x00\x00", 4},             /* indefinite */
        {"\x04\x85\x00\x00\x00\x00\x00", 7}, /* more length than anything needs */
        {"\x04\x84\xFF\xFF\xFF\xFF", 6},
        {"\x04\x82\x01", 3},
        {"\x1F\x81\x01\x00", 4}, /* a tag of two bytes */
        {"\x04\xFF", 2},
    };
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        fv_der element;
        const fv_bytes bytes = {(const uint8_t *)refused[i].bytes, refused[i].len};
        if (read_all(bytes, true, &element) || read_all(bytes, false, &element))
            fail_msg("case %zu was read", i);
    }
}

static void a_long_length_is_read_loosely_alone(void **state)
{
    (void)state;
    const fv_bytes inputs[] = {BYTES("\x04\x81\x01x"), BYTES("\x04\x82\x00\x01x"),
                               BYTES("\x04\x84\x00\x00\x00\x01x")};
    for (size_t i = 0; i < 3; i++) {
        fv_der element;
        assert_true(read_all(inputs[i], true, &element));
        assert_true(element.has_long_length);
        assert_int_equal(element.value.len, 1);
        assert_false(read_all(inputs[i], false, &element));
    }
}

static void elements_are_counted_only_if_all_can_be_cut(void **state)
{
    (void)state;
    size_t num = 77;
    assert_false(fv_der_count(BYTES("\x05\x00\x05\x00\x05"), &num));
    assert_int_equal(num, 77);
    assert_true(fv_der_count(BYTES("\x05\x00\x04\x01\x05"), &num));
    assert_int_equal(num, 2);
    assert_true(fv_der_count((fv_bytes){NULL, 0}, &num));
    assert_int_equal(num, 0);
}

static void an_only_element_has_nothing_after_it(void **state)
{
    (void)state;
    fv_der element;
    assert_true(fv_der_read_only(BYTES("\x05\x00"), FV_DER_NULL, &element));
    assert_false(fv_der_read_only(BYTES("\x05\x00\x00"), FV_DER_NULL, &element));
    assert_false(fv_der_read_only(BYTES("\x05\x00"), FV_DER_OID, &element));
}

static void integers_are_read_by_value(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        bool is_minimal, is_number;
        uint32_t value;
    } cases[] = {
        {"", 0, false, false, 0},
        {"\x00", 1, true, true, 0},
        {"\x7F", 1, true, true, 127},
        {"\x80", 1, true, false, 0},
        {"\x00\x80", 2, true, true, 128},
        {"\x00\x7F", 2, false, true, 127},
        {"\xFF\x80", 2, false, false, 0},
        {"\xFF\x7F", 2, true, false, 0},
        {"\x00\xFF\xFF\xFF\xFE", 5, true, true, 0xFFFFFFFE},
        {"\x01\x00\x00\x00\x00", 5, true, true, UINT32_MAX},
        {"\x7F\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 12, true, true, UINT32_MAX},
        {"\x00\x00\x00\x00\x00\x00\x05", 7, false, true, 5},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const fv_bytes value = {(const uint8_t *)cases[i].bytes, cases[i].len};
        uint32_t number = 0;
        assert_int_equal(fv_der_integer_is_minimal(value), cases[i].is_minimal);
        assert_int_equal(fv_der_integer_to_u32(value, &number), cases[i].is_number);
        assert_int_equal(number, cases[i].value);
        if (value.len > 0)
            assert_true(fv_der_integer_is_minimal(fv_der_integer_minimise(value)));
    }
}

static void oids_are_written_with_dots(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *text;
    } cases[] = {
        {"\x55\x04\x03", 3, "2.5.4.3"},
        {"\x2A\x86\x48\x86\xF7\x0D", 6, "1.2.840.113549"},
        {"\x00", 1, "0.0"},
        {"\x27", 1, "0.39"},
        {"\x28", 1, "1.0"},
        {"\x88\x37\x03", 3, "2.999.3"},
        {"", 0, NULL},
        {"\x55\x84", 2, NULL},
        {"\x55\x80\x01", 3, NULL},
        {"\x2A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", 11, NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_buf buf;
        fv_buf_init(&buf);
        const fv_bytes oid = {(const uint8_t *)cases[i].bytes, cases[i].len};
        assert_int_equal(fv_oid_append(&buf, oid), cases[i].text != NULL);
        if (cases[i].text != NULL)
            assert_string_equal(buf.data, cases[i].text);
        else
            assert_int_equal(buf.len, 0);
        fv_buf_clear(&buf);
    }
}

static void extensions_are_known_by_oid(void **state)
{
    (void)state;
    assert_int_equal(fv_extension_find_id(BYTES("\x55\x1D\x11")), FV_EXT_SUBJECT_ALT_NAME);
    assert_int_equal(fv_extension_find_id(BYTES("\x55\x1D\x7F")), FV_EXT_UNRECOGNISED);
    assert_int_equal(fv_extension_find_id(BYTES("\x55\x1D")), FV_EXT_UNRECOGNISED);
    assert_int_equal(fv_extension_find_id(BYTES("\x2B\x06\x01\x05\x05\x07\x01\x01")),
                     FV_EXT_AUTHORITY_INFO_ACCESS);
    assert_null(fv_extension_to_text(FV_EXT_UNRECOGNISED));
    for (unsigned id = FV_EXT_UNRECOGNISED + 1; id <= FV_EXT_CERTIFICATE_ISSUER; id++)
        assert_non_null(fv_extension_to_text((fv_extension_id)id));
}

static void every_defect_has_a_text_and_is_kept_once(void **state)
{
    (void)state;
    fv_defects defects = {0};
    for (unsigned kind = 0; kind < FV_DEFECT_NUM_KINDS; kind++) {
        assert_non_null(fv_defect_to_text((fv_defect_kind)kind));
        assert_false(fv_defects_has(&defects, (fv_defect_kind)kind));
        fv_defects_add(&defects, (fv_defect_kind)kind, kind + 100);
        fv_defects_add(&defects, (fv_defect_kind)kind, 7);
        assert_true(fv_defects_has(&defects, (fv_defect_kind)kind));
    }
    assert_int_equal(defects.num_items, FV_DEFECTS_KEPT);
    for (unsigned i = 0; i < FV_DEFECTS_KEPT; i++)
        assert_int_equal(defects.items[i].offset, i + 100);
    assert_null(fv_defect_to_text(FV_DEFECT_NUM_KINDS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_of_each_size_are_read),
        cmocka_unit_test(what_is_not_definite_and_whole_is_refused),
        cmocka_unit_test(a_long_length_is_read_loosely_alone),
        cmocka_unit_test(elements_are_counted_only_if_all_can_be_cut),
        cmocka_unit_test(an_only_element_has_nothing_after_it),
        cmocka_unit_test(integers_are_read_by_value),
        cmocka_unit_test(oids_are_written_with_dots),
        cmocka_unit_test(extensions_are_known_by_oid),
        cmocka_unit_test(every_defect_has_a_text_and_is_kept_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
