#include "build.h"

#include "x509/name_string.h"

static fv_name decode(fv_arena *arena, const build *contents)
{
    build *b = fv_arena_alloc(arena, sizeof(*b));
    fv_name name;
    put_tag(b, FV_DER_SEQUENCE, contents->data, contents->len);
    assert_true(fv_name_decode(arena, built(b), &name));
    return name;
}

static fv_name one_attribute(fv_arena *arena, unsigned tag, fv_bytes value)
{
    build b = {.len = 0};
    put_rdn(&b, BYTES(FV_OID_COMMON_NAME), tag, value);
    return decode(arena, &b);
}

#define CN(tag, literal) one_attribute(*state, (tag), BYTES(literal))

static void assert_equal_names(fv_name a, fv_name b, bool wanted)
{
    assert_int_equal(a.presence, FV_KNOWN);
    assert_int_equal(b.presence, FV_KNOWN);
    assert_int_equal(fv_name_equal(&a, &b), wanted);
    assert_int_equal(fv_name_equal(&b, &a), wanted);
}

/* RFC 5280 7.1 */
static void case_blanks_and_string_types_do_not_matter(void **state)
{
    const fv_name plain = CN(FV_DER_UTF8_STRING, "test root ca");
    assert_equal_names(plain, CN(FV_DER_PRINTABLE_STRING, "Test ROOT CA"), true);
    assert_equal_names(plain, CN(FV_DER_IA5_STRING, "  test  root\tca "), true);
    assert_equal_names(plain, CN(FV_DER_TELETEX_STRING, "Test Root CA"), true);
    assert_equal_names(plain, CN(FV_DER_BMP_STRING, "\0T\0e\0s\0t\0 \0 \0r\0o\0o\0t\0 \0c\0a"),
                       true);
    assert_equal_names(plain, CN(FV_DER_UTF8_STRING, "testroot ca"), false);
    assert_equal_names(plain, CN(FV_DER_UTF8_STRING, "test root cb"), false);
    assert_equal_names(plain, CN(FV_DER_OCTET_STRING, "test root ca"), false);
    assert_equal_names(CN(FV_DER_OCTET_STRING, "A"), CN(FV_DER_OCTET_STRING, "a"), false);
    assert_equal_names(CN(FV_DER_UTF8_STRING, "   "), CN(FV_DER_UTF8_STRING, ""), true);
}

static void other_scripts_are_compared_as_utf8(void **state)
{
    assert_equal_names(CN(FV_DER_UTF8_STRING, "M\xC3\xBCller \xE2\x82\xAC"),
                       CN(FV_DER_BMP_STRING, "\0M\0\xFC\0l\0l\0e\0r\0 \x20\xAC"), true);
    assert_equal_names(CN(FV_DER_UTF8_STRING, "\xC3\xBC"), CN(FV_DER_TELETEX_STRING, "\xFC"), true);
    assert_equal_names(CN(FV_DER_UTF8_STRING, "\xF0\x9F\x98\x80"),
                       CN(FV_DER_UNIVERSAL_STRING, "\0\x01\xF6\0"), true);
}

static void the_order_of_a_set_does_not_matter_but_that_of_rdns_does(void **state)
{
    build a = {.len = 0}, b = {.len = 0}, c = {.len = 0};
    size_t set = open_tag(&a, FV_DER_SET);
    PUT(&a, "\x30\x08\x06\x03\x55\x04\x03\x0C\x01"
            "b"
            "\x30\x08\x06\x03\x55\x04\x0A\x0C\x01"
            "A");
    close_tag(&a, set);
    set = open_tag(&b, FV_DER_SET);
    PUT(&b, "\x30\x08\x06\x03\x55\x04\x0A\x0C\x01"
            "a"
            "\x30\x08\x06\x03\x55\x04\x03\x13\x01"
            "B");
    close_tag(&b, set);
    put_rdn(&c, BYTES("\x55\x04\x0A"), FV_DER_UTF8_STRING, BYTES("a"));
    put_rdn(&c, BYTES("\x55\x04\x03"), FV_DER_UTF8_STRING, BYTES("b"));
    assert_equal_names(decode(*state, &a), decode(*state, &b), true);
    assert_equal_names(decode(*state, &a), decode(*state, &c), false);
    assert_int_equal(decode(*state, &a).num_rdns, 1);
    assert_int_equal(decode(*state, &c).num_rdns, 2);
}

/* RFC 5280 4.2.1.10 */
static void a_name_is_within_every_beginning_of_itself(void **state)
{
    build b = {.len = 0};
    const fv_name top = decode(*state, &b);
    put_rdn(&b, BYTES("\x55\x04\x06"), FV_DER_PRINTABLE_STRING, BYTES("US"));
    const fv_name country = decode(*state, &b);
    put_rdn(&b, BYTES("\x55\x04\x0A"), FV_DER_UTF8_STRING, BYTES("Lab"));
    const fv_name lab = decode(*state, &b);
    const fv_name longer = CN(FV_DER_UTF8_STRING, "USA");
    assert_int_equal(top.num_rdns, 0);
    assert_true(fv_name_is_within(&lab, &country));
    assert_true(fv_name_is_within(&lab, &lab));
    assert_true(fv_name_is_within(&country, &top));
    assert_false(fv_name_is_within(&country, &lab));
    assert_false(fv_name_is_within(&longer, &country));
}

static void common_names_keep_their_length(void **state)
{
    build b = {.len = 0};
    put_rdn(&b, BYTES(FV_OID_COMMON_NAME), FV_DER_UTF8_STRING,
            BYTES("good.example\0.evil.example"));
    put_rdn(&b, BYTES("\x55\x04\x0A"), FV_DER_UTF8_STRING, BYTES("Lab"));
    put_rdn(&b, BYTES(FV_OID_COMMON_NAME), FV_DER_BMP_STRING, BYTES("\0b\0\xFC"));
    const fv_name name = decode(*state, &b);
    assert_int_equal(name.num_common_names, 2);
    assert_int_equal(name.common_names[0].len, 26);
    assert_memory_equal(name.common_names[0].data, "good.example\0.evil", 18);
    assert_true(fv_text_equal(name.common_names[1], fv_text_of("b\xC3\xBC")));
}

static void malformed_names_are_told_and_equal_nothing(void **state)
{
    const fv_bytes cases[] = {
        BYTES(""),
        BYTES("\x31\x00"),
        BYTES("\x30\x02\x31\x00"),
        BYTES("\x30\x02\x30\x00"),
        BYTES("\x30\x0C\x31\x0A\x30\x08\x06\x03\x55\x04\x03\x0C\x01x\x00"),
        BYTES("\x30\x0F\x31\x0D\x30\x0B\x06\x03\x55\x04\x03\x0C\x01x\x05\x00\x00"),
        BYTES("\x30\x0A\x31\x08\x30\x06\x06\x01\x55\x0C\x02x"),
        BYTES("\x30\x09\x31\x07\x30\x05\x06\x00\x0C\x01x"),
        BYTES("\x30\x0E\x31\x0A\x30\x08\x06\x03\x55\x04\x03\x0C\x01x\x31\x00"),
        BYTES("\x30\x81\x0C\x31\x0A\x30\x08\x06\x03\x55\x04\x03\x0C\x01x"),
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fv_name name;
        assert_true(fv_name_decode(*state, cases[i], &name));
        if (name.presence != FV_MALFORMED)
            fail_msg("case %zu was read", i);
        assert_false(fv_name_equal(&name, &name));
        assert_false(fv_name_is_within(&name, &name));
        assert_int_equal(name.num_common_names, 0);
    }
}

static void names_are_shown_most_specific_first(void **state)
{
    build b = {.len = 0};
    fv_buf buf;
    fv_buf_init(&buf);
    put_rdn(&b, BYTES("\x55\x04\x0A"), FV_DER_UTF8_STRING, BYTES("Lab, \"Inc\"+\\"));
    put_rdn(&b, BYTES("\x2A\x03\x04"), FV_DER_UTF8_STRING, BYTES("\x1B[2J\0\xC2\x9B\xFF"));
    put_rdn(&b, BYTES(FV_OID_COMMON_NAME), FV_DER_TELETEX_STRING, BYTES("vcse.\xFC"));
    put_rdn(&b, BYTES(FV_OID_EMAIL_ADDRESS), FV_DER_OCTET_STRING, BYTES("\x01\x02"));
    const fv_name name = decode(*state, &b);
    fv_name_append_text(&buf, &name);
    assert_string_equal(buf.data, "emailAddress=#0102, CN=vcse.\xC3\xBC, "
                                  "1.2.3.4=\\1b[2J\\00\\c2\\9b\\ff, O=Lab\\, \\\"Inc\\\"\\+\\\\");
    fv_buf_clear(&buf);
}

static void utf8_is_checked_to_the_letter(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len;
    } cases[] = {
        {"a", 1},
        {"\xC2\x80", 2},
        {"\xE0\xA0\x80", 3},
        {"\xF4\x8F\xBF\xBF", 4},
        {"\x80", 0},
        {"\xC1\x80", 0},
        {"\xE0\x9F\x80", 0},
        {"\xED\xA0\x80", 0},
        {"\xE2\x82", 0},
        {"\xF4\x90\x80\x80", 0},
        {"\xF0\x8F\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\xC2"
         "a",
         0},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(fv_string_utf8_len(fv_text_of(cases[i].text)), cases[i].len);
}

static void many_attributes_in_one_set_are_sorted(void **state)
{
    build a = {.len = 0}, b = {.len = 0};
    size_t set_a = open_tag(&a, FV_DER_SET), set_b = open_tag(&b, FV_DER_SET);
    for (unsigned i = 0; i < 200; i++) {
        uint8_t attribute[] = {0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x03, 0x04, 0x01, (uint8_t)i};
        put(&a, attribute, sizeof(attribute));
        attribute[9] = (uint8_t)(199 - i);
        put(&b, attribute, sizeof(attribute));
    }
    close_tag(&a, set_a);
    close_tag(&b, set_b);
    assert_equal_names(decode(*state, &a), decode(*state, &b), true);
}

static void general_names_are_shown_with_their_form(void **state)
{
    static const struct {
        fv_general_name_type type;
        const char *value;
        size_t len;
        const char *text;
    } rows[] = {
        {FV_GN_DNS, "a\\b\x1B\xC2\x9B", 6, "DNS:a\\\\b\\1b\\c2\\9b"},
        {FV_GN_URI, "sip:a.example", 13, "URI:sip:a.example"},
        {FV_GN_RFC822, "a\0b", 3, "email:a\\00b"},
        {FV_GN_IP, "\xC0\x00\x02\x01", 4, "IP:192.0.2.1"},
        {FV_GN_IP, "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x01", 16,
         "IP:2001:0db8:0000:0000:0000:0000:0000:0001"},
        {FV_GN_IP, "\xC0\x00\x02\x00\xFF\xFF\xFF\x00", 8, "IP:192.0.2.0/255.255.255.0"},
        {FV_GN_IP, "\x01\x02\x03", 3, "IP:#010203"},
        {FV_GN_REGISTERED_ID, "\x2A\x03", 2, "RID:1.2.3"},
        {FV_GN_X400, "\x30\x00", 2, "X400:#3000"},
        {FV_GN_EDI_PARTY, "\x80\x00", 2, "EdiParty:#8000"},
        {FV_GN_UNKNOWN, "\x01", 1, "unknown:#01"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const fv_general_name name = {.type = rows[i].type,
                                      .value = {(const uint8_t *)rows[i].value, rows[i].len}};
        fv_buf text;
        fv_buf_init(&text);
        fv_general_name_append_text(&text, &name);
        assert_string_equal(text.data, rows[i].text);
        fv_buf_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(case_blanks_and_string_types_do_not_matter),
        T(other_scripts_are_compared_as_utf8),
        T(the_order_of_a_set_does_not_matter_but_that_of_rdns_does),
        T(a_name_is_within_every_beginning_of_itself),
        T(common_names_keep_their_length),
        T(malformed_names_are_told_and_equal_nothing),
        T(names_are_shown_most_specific_first),
        T(general_names_are_shown_with_their_form),
        T(utf8_is_checked_to_the_letter),
        T(many_attributes_in_one_set_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
