#include "build.h"
#include "x509/decoder.h"

/* A certificate with one extension: 2.5.29.arc with that value. */
static fv_certificate with_ce(void **state, uint8_t arc, bool is_critical, fv_bytes value)
{
    build b = {.len = 0};
    fv_certificate certificate;
    const char oid[3] = {0x55, 0x1D, (char)arc};
    put_extension(&b, oid, 3, CRITICAL, is_critical ? 3 : 0, value);
    decode_extensions(*state, &b, &certificate);
    return certificate;
}

#define WITH(arc, literal) with_ce(state, (arc), false, BYTES(literal))

static void extensions_keep_their_order_oid_flag_and_value(void **state)
{
    build b = {.len = 0};
    fv_certificate c;
    PUT_CE(&b, "\x13", CRITICAL, "\x30\x00");
    put_extension(&b, "\x2A\x03\x04", 3, CRITICAL, 3, BYTES("any"));
    PUT_CE(&b, "\x0F", "", "\x03\x02\x05\xA0");
    decode_extensions(*state, &b, &c);
    assert_int_equal(c.num_extensions, 3);
    assert_int_equal(c.extensions_presence, FV_KNOWN);
    assert_int_equal(c.extensions[1].id, FV_EXT_UNRECOGNISED);
    assert_true(c.extensions[1].is_critical);
    assert_true(bytes_equal(c.extensions[1].oid, BYTES("\x2A\x03\x04")));
    assert_true(bytes_equal(c.extensions[1].value, BYTES("any")));
    assert_int_equal(c.extensions[2].id, FV_EXT_KEY_USAGE);
    assert_true(c.basic_constraints.is_critical);
    assert_false(c.key_usage.is_critical);
    assert_int_equal(c.defects.kinds, 0);
}

static void the_first_of_two_counts_and_the_second_is_marked(void **state)
{
    build b = {.len = 0};
    fv_certificate c;
    PUT_CE(&b, "\x13", "", "\x30\x03\x01\x01\xFF");
    PUT_CE(&b, "\x13", CRITICAL, "\x30\x00");
    decode_extensions(*state, &b, &c);
    assert_true(fv_defects_has(&c.defects, FV_DEFECT_EXTENSION_DUPLICATE));
    assert_false(c.extensions[0].is_duplicate);
    assert_true(c.extensions[1].is_duplicate);
    assert_true(c.basic_constraints.is_ca);
    assert_false(c.basic_constraints.is_critical);
}

static void duplicates_are_found_among_very_many(void **state)
{
    build b = {.len = 0};
    fv_certificate c;
    for (unsigned i = 0; i < 600; i++) {
        const char oid[4] = {0x2A, 0x03, (char)(i % 300 / 100 + 1), (char)(i % 100)};
        put_extension(&b, oid, 4, "", 0, BYTES(""));
    }
    decode_extensions(*state, &b, &c);
    assert_int_equal(c.num_extensions, 600);
    for (unsigned i = 0; i < 600; i++)
        assert_int_equal(c.extensions[i].is_duplicate, i >= 300);
}

/* A list cut off in its middle: what it held is not said to be absent. */
static void a_list_that_breaks_off_leaves_the_unseen_unknown(void **state)
{
    build b = {.len = 0};
    fv_certificate c;
    PUT_CE(&b, "\x13", "", "\x30\x00");
    PUT(&b, "\x30\x02\x06\x00");
    decode_extensions(*state, &b, &c);
    assert_int_equal(c.extensions_presence, FV_MALFORMED);
    assert_int_equal(c.num_extensions, 1);
    assert_int_equal(c.basic_constraints.presence, FV_KNOWN);
    assert_int_equal(c.key_usage.presence, FV_UNKNOWN);
}

static void the_period_of_a_private_key_is_read(void **state)
{
    const struct {
        fv_bytes value;
        fv_presence presence;
        bool has_begin, has_end;
    } cases[] = {
        {BYTES("\x30\x11\x81\x0F"
               "20260101000000Z"),
         FV_KNOWN, false, true},
        {BYTES("\x30\x11\x80\x0F"
               "20260101000000Z"),
         FV_KNOWN, true, false},
        {BYTES("\x30\x22\x80\x0F"
               "20260101000000Z\x81\x0F"
               "20270101000000Z"),
         FV_KNOWN, true, true},
        {BYTES("\x30\x22\x81\x0F"
               "20260101000000Z\x80\x0F"
               "20270101000000Z"),
         FV_MALFORMED, false, false},
        {BYTES("\x30\x0F\x81\x0D"
               "202601010000Z"),
         FV_MALFORMED, false, false},
        {BYTES("\x30\x03\x81\x01x"), FV_MALFORMED, false, false},
        {BYTES("\x30\x03\x82\x01x"), FV_MALFORMED, false, false},
        {BYTES("\x30\x00"), FV_MALFORMED, false, false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const fv_certificate c = with_ce(state, 0x10, false, cases[i].value);
        if (c.key_period.presence != cases[i].presence)
            fail_msg("case %zu", i);
        assert_int_equal(c.key_period.not_before.presence == FV_KNOWN, cases[i].has_begin);
        assert_int_equal(c.key_period.not_after.presence == FV_KNOWN, cases[i].has_end);
        assert_int_equal(fv_defects_has(&c.defects, FV_DEFECT_EXTENSION_VALUE),
                         cases[i].presence == FV_MALFORMED);
    }
}

/* X.690 11.5: "The encoding of a set value or sequence value shall not include an encoding for any
 * component value which is equal to its default value". */
static void a_minimum_of_0_is_not_written_out(void **state)
{
    const fv_certificate with = WITH(0x1E, "\x30\x0A\xA0\x08\x30\x06\x82\x01"
                                           "a\x80\x01\x00");
    const fv_certificate without = WITH(0x1E, "\x30\x07\xA0\x05\x30\x03\x82\x01"
                                              "a");
    assert_true(fv_defects_has(&with.defects, FV_DEFECT_SUBTREE_MINIMUM));
    assert_false(fv_defects_has(&without.defects, FV_DEFECT_SUBTREE_MINIMUM));
    assert_int_equal(with.name_constraints.presence, FV_KNOWN);
}

/* RFC 5280 4.2.1.10 */
static void constraints_are_for_cas(void **state)
{
    for (int is_ca = 0; is_ca < 2; is_ca++) {
        build b = {.len = 0};
        fv_certificate c;
        put_extension(&b, "\x55\x1D\x13", 3, "", 0,
                      is_ca != 0 ? BYTES("\x30\x03\x01\x01\xFF") : BYTES("\x30\x00"));
        PUT_CE(&b, "\x1E", CRITICAL,
               "\x30\x07\xA0\x05\x30\x03\x82\x01"
               "a");
        decode_extensions(*state, &b, &c);
        assert_int_equal(fv_defects_has(&c.defects, FV_DEFECT_LEAF_CONSTRAINTS), is_ca == 0);
    }
}

static void basic_constraints_are_read(void **state)
{
    fv_certificate c = WITH(0x13, "\x30\x06\x01\x01\xFF\x02\x01\x03");
    assert_true(c.basic_constraints.is_ca && c.basic_constraints.has_path_length);
    assert_int_equal(c.basic_constraints.path_length, 3);
    c = WITH(0x13, "\x30\x00");
    assert_int_equal(c.basic_constraints.presence, FV_KNOWN);
    assert_false(c.basic_constraints.is_ca || c.basic_constraints.has_path_length);
    c = WITH(0x13, "\x30\x0A\x01\x01\xFF\x02\x05\x01\x00\x00\x00\x00");
    assert_true(c.basic_constraints.path_length == UINT32_MAX);
}

static void key_usage_bits_are_numbered_from_the_left(void **state)
{
    fv_certificate c = WITH(0x0F, "\x03\x02\x05\xA0");
    assert_int_equal(c.key_usage.bits,
                     FV_KEY_USAGE_DIGITAL_SIGNATURE | FV_KEY_USAGE_KEY_ENCIPHERMENT);
    c = WITH(0x0F, "\x03\x03\x07\x06\x80");
    assert_int_equal(c.key_usage.bits, FV_KEY_USAGE_KEY_CERT_SIGN | FV_KEY_USAGE_CRL_SIGN |
                                           FV_KEY_USAGE_DECIPHER_ONLY);
    /* An unused bit that is set counts for nothing, and is a slip. */
    c = WITH(0x0F, "\x03\x02\x05\xBF");
    assert_int_equal(c.key_usage.bits,
                     FV_KEY_USAGE_DIGITAL_SIGNATURE | FV_KEY_USAGE_KEY_ENCIPHERMENT);
    assert_int_equal(c.extensions[0].faults, 0);
    assert_int_equal(c.extensions[0].slips, FV_DEFECT_BIT(FV_DEFECT_BIT_PADDING));
    c = WITH(0x0F, "\x03\x01\x00");
    assert_int_equal(c.key_usage.presence, FV_KNOWN);
    assert_int_equal(c.key_usage.bits, 0);
}

static void extended_key_usages_are_listed(void **state)
{
    fv_certificate c = WITH(0x25, "\x30\x1D"
                                  "\x06\x08\x2B\x06\x01\x05\x05\x07\x03\x01"
                                  "\x06\x04\x55\x1D\x25\x00"
                                  "\x06\x0B\x2A\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C");
    assert_int_equal(c.extended_key_usage.num_oids, 3);
    assert_true(c.extended_key_usage.has_server_auth && c.extended_key_usage.has_any);
    assert_false(c.extended_key_usage.has_client_auth);
    assert_int_equal(c.extended_key_usage.oids[2].len, 11);
}

static void every_type_of_alternative_name_is_read(void **state)
{
    fv_certificate c = WITH(0x11, "\x30\x4E"
                                  "\x82\x08"
                                  "vcse.lab"
                                  "\x82\x08"
                                  "a.b\0c.de"
                                  "\x81\x03"
                                  "a@b"
                                  "\x86\x07"
                                  "sip:lab"
                                  "\x87\x04\xC0\x00\x02\x01"
                                  "\xA4\x0F\x30\x0D\x31\x0B\x30\x09\x06\x03\x55\x04\x03\x0C\x02"
                                  "CA"
                                  "\xA0\x0C\x06\x08\x2B\x06\x01\x05\x05\x07\x08\x07\xA0\x00"
                                  "\x88\x03\x2A\x03\x04"
                                  "\x87\x00");
    const fv_general_name *names = c.subject_alt_name.names.items;
    static const fv_general_name_type types[] = {
        FV_GN_DNS,       FV_GN_DNS,   FV_GN_RFC822,        FV_GN_URI, FV_GN_IP,
        FV_GN_DIRECTORY, FV_GN_OTHER, FV_GN_REGISTERED_ID, FV_GN_IP};
    assert_int_equal(c.subject_alt_name.names.num_items, 9);
    for (size_t i = 0; i < 9; i++) {
        assert_int_equal(names[i].type, types[i]);
        assert_int_equal(names[i].is_malformed, i == 8);
    }
    assert_int_equal(names[1].value.len, 8);
    assert_true(fv_text_equal(names[5].directory->common_names[0], fv_text_of("CA")));
    assert_int_equal(names[6].other_type.len, 8);
    /* the otherName has no value */
    assert_int_equal(c.extensions[0].faults, FV_DEFECT_BIT(FV_DEFECT_STRUCTURE));
    assert_int_equal(c.extensions[0].slips,
                     FV_DEFECT_BIT(FV_DEFECT_TEXT_CONTENTS) | FV_DEFECT_BIT(FV_DEFECT_ADDRESS));
}

static void entries_that_break_their_rule_are_marked_and_kept(void **state)
{
    static const struct {
        fv_bytes value;
        fv_general_name_type type;
    } cases[] = {
#define ENTRY(literal, type) {{(const uint8_t *)(literal), sizeof(literal) - 1}, type}
        ENTRY("\x30\x03\x82\x01\xE4", FV_GN_DNS),
        ENTRY("\x30\x03\xA2\x01x", FV_GN_UNKNOWN),
        ENTRY("\x30\x02\x82\x00", FV_GN_DNS),
        ENTRY("\x30\x02\x86\x00", FV_GN_URI),
        ENTRY("\x30\x07\x87\x05"
              "12345",
              FV_GN_IP),
        ENTRY("\x30\x0A\x87\x08"
              "12345678",
              FV_GN_IP),
        ENTRY("\x30\x02\xA4\x00", FV_GN_DIRECTORY),
        ENTRY("\x30\x04\xA0\x02\xA0\x00", FV_GN_OTHER),
        ENTRY("\x30\x03\x88\x01\x80", FV_GN_REGISTERED_ID),
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const fv_certificate c = with_ce(state, 0x11, false, cases[i].value);
        assert_int_equal(c.subject_alt_name.presence, FV_KNOWN);
        assert_int_equal(c.subject_alt_name.names.num_items, 1);
        assert_int_equal(c.subject_alt_name.names.items[0].type, cases[i].type);
        assert_true(c.subject_alt_name.names.items[0].is_malformed);
        assert_int_equal(c.defects.kinds, FV_DEFECT_BIT(FV_DEFECT_EXTENSION_CONTENTS));
    }
}

static void entries_of_no_kind_are_a_defect_of_their_own(void **state)
{
    static const fv_bytes values[] = {
        {(const uint8_t *)"\x30\x03\x0C\x01x", 5},
        {(const uint8_t *)"\x30\x03\x89\x01x", 5},
        {(const uint8_t *)"\x30\x03\xC2\x01x", 5},
    };
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        const fv_certificate c = with_ce(state, 0x11, false, values[i]);
        assert_int_equal(c.subject_alt_name.names.items[0].type, FV_GN_UNKNOWN);
        assert_int_equal(c.extensions[0].faults, FV_DEFECT_BIT(FV_DEFECT_ELEMENT_KIND));
    }
}

/* What OpenSSL refuses to decode is a fault, what it passes over a slip. */
static void names_are_checked_wherever_they_are(void **state)
{
    static const struct {
        uint8_t arc;
        fv_bytes value;
        fv_defect_kind fault, slip;
    } rows[] = {
        {0x12, {(const uint8_t *)"\x30\x00", 2}, 0, FV_DEFECT_EMPTY},
        {0x12, {(const uint8_t *)"\x30\x03\x82\x01\xE4", 5}, 0, FV_DEFECT_TEXT},
        {0x12, {(const uint8_t *)"\x30\x03\x0C\x01x", 5}, FV_DEFECT_ELEMENT_KIND, 0},
        {0x12, {(const uint8_t *)"\x30\x04\x88\x02\x80\x2B", 6}, FV_DEFECT_OID_FORM, 0},
        {0x23, {(const uint8_t *)"\x30\x05\xA1\x03\x82\x01\xE4", 7}, 0, FV_DEFECT_TEXT},
        {0x23, {(const uint8_t *)"\x30\x05\xA1\x03\x0C\x01x", 7}, FV_DEFECT_ELEMENT_KIND, 0},
        {0x2E, {(const uint8_t *)"\x30\x02\x30\x00", 4}, FV_DEFECT_STRUCTURE, FV_DEFECT_EMPTY},
        {0x21,
         {(const uint8_t *)"\x30\x08\x30\x06\x06\x02\x2A\x83\x06\x00", 10},
         FV_DEFECT_OID_FORM,
         0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const fv_certificate c = with_ce(state, rows[i].arc, false, rows[i].value);
        uint64_t fault = rows[i].fault == 0 ? 0 : FV_DEFECT_BIT(rows[i].fault);
        uint64_t slip = rows[i].slip == 0 ? 0 : FV_DEFECT_BIT(rows[i].slip);
        assert_int_equal(c.extensions[0].faults, fault);
        assert_int_equal(c.extensions[0].slips, slip);
        assert_true(fv_defects_has(&c.defects, FV_DEFECT_EXTENSION_CONTENTS));
    }
}

static void a_tls_feature_is_must_staple_or_another(void **state)
{
    static const struct {
        const char *value;
        size_t len;
        fv_presence presence;
        bool is_must_staple;
    } rows[] = {
        {"\x30\x03\x02\x01\x05", 5, FV_KNOWN, true},
        {"\x30\x06\x02\x01\x11\x02\x01\x05", 8, FV_KNOWN, true},
        {"\x30\x03\x02\x01\x11", 5, FV_KNOWN, false},
        {"\x30\x00", 2, FV_KNOWN, false},
        {"\x30\x03\x04\x01\x05", 5, FV_MALFORMED, false},
        {"\x02\x01\x05", 3, FV_MALFORMED, false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        build b = {.len = 0};
        fv_certificate c;
        put_extension(&b, "\x2B\x06\x01\x05\x05\x07\x01\x18", 8, CRITICAL, 0,
                      (fv_bytes){(const uint8_t *)rows[i].value, rows[i].len});
        decode_extensions(*state, &b, &c);
        assert_int_equal(c.tls_features.presence, rows[i].presence);
        assert_int_equal(c.tls_features.has_status_request, rows[i].is_must_staple);
    }
}

static void statements_that_cannot_be_read_are_a_defect(void **state)
{
    static const char sct_oid[] = "\x2B\x06\x01\x04\x01\xD6\x79\x02\x04\x02";
    static const char qc_oid[] = "\x2B\x06\x01\x05\x05\x07\x01\x03";
    static const struct {
        bool is_sct;
        const char *value;
        size_t len;
        fv_presence presence;
    } rows[] = {
        /* one SCT of version 2, which nobody knows */
        {true, "\x04\x05\x00\x03\x00\x01\x01", 7, FV_KNOWN},
        {true, "\x04\x04\x00\x03\x00\x01", 6, FV_MALFORMED},
        {true, "\x04\x05\x00\x03\x00\x01\x00", 7, FV_MALFORMED},
        {true, "\x04\x05\x00\x03\x00\x02\x01", 7, FV_MALFORMED},
        {true, "\x04\x06\x00\x03\x00\x01\x01\x00", 8, FV_MALFORMED},
        {true, "\x04\x02\x00\x00", 4, FV_MALFORMED},
        {true, "\x04\x00", 2, FV_MALFORMED},
        {true, "\x30\x00", 2, FV_MALFORMED},
        {false, "\x30\x00", 2, FV_KNOWN},
        {false, "\x30\x05\x30\x03\x06\x01\x2A", 7, FV_KNOWN},
        {false, "\x30\x07\x30\x05\x06\x01\x2A\x05\x00", 9, FV_KNOWN},
        {false, "\x30\x09\x30\x07\x06\x01\x2A\x05\x00\x05\x00", 11, FV_MALFORMED},
        {false, "\x30\x04\x30\x02\x05\x00", 6, FV_MALFORMED},
        {false, "\x30\x03\x06\x01\x2A", 5, FV_MALFORMED},
        {false, "\x04\x00", 2, FV_MALFORMED},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        build b = {.len = 0};
        fv_certificate c;
        put_extension(&b, rows[i].is_sct ? sct_oid : qc_oid, rows[i].is_sct ? 10 : 8, CRITICAL, 0,
                      (fv_bytes){(const uint8_t *)rows[i].value, rows[i].len});
        decode_extensions(*state, &b, &c);
        assert_int_equal(rows[i].is_sct ? c.scts.presence : c.qc_statements.presence,
                         rows[i].presence);
        assert_int_equal(fv_defects_has(&c.defects, FV_DEFECT_EXTENSION_VALUE),
                         rows[i].presence == FV_MALFORMED);
    }
}

static void an_empty_list_of_names_is_there_and_a_defect(void **state)
{
    const fv_certificate c = with_ce(state, 0x11, true, BYTES("\x30\x00"));
    assert_int_equal(c.subject_alt_name.presence, FV_KNOWN);
    assert_true(c.subject_alt_name.is_critical);
    assert_int_equal(c.subject_alt_name.names.num_items, 0);
    assert_int_equal(c.defects.kinds, FV_DEFECT_BIT(FV_DEFECT_EXTENSION_CONTENTS));
    assert_int_equal(c.extensions[0].slips, FV_DEFECT_BIT(FV_DEFECT_EMPTY));
}

static void key_ids_are_read(void **state)
{
    fv_certificate c = WITH(0x0E, "\x04\x03"
                                  "abc");
    assert_true(c.subject_key_id.has_key_id);
    assert_true(bytes_equal(c.subject_key_id.key_id, BYTES("abc")));
    c = WITH(0x23, "\x30\x0C\x80\x03"
                   "abc"
                   "\xA1\x02\x82\x00\x82\x01\x07");
    assert_true(c.authority_key_id.has_issuer && c.authority_key_id.has_serial);
    assert_true(bytes_equal(c.authority_key_id.key_id, BYTES("abc")));
    assert_true(bytes_equal(c.authority_key_id.serial, BYTES("\x07")));
    c = WITH(0x23, "\x30\x00");
    assert_int_equal(c.authority_key_id.presence, FV_KNOWN);
    assert_false(c.authority_key_id.has_key_id);
}

static void name_constraints_are_read(void **state)
{
    const fv_certificate c =
        WITH(0x1E, "\x30\x24"
                   "\xA0\x0F\x30\x07\x82\x05"
                   ".test"
                   "\x30\x04\x82\x02"
                   "ab"
                   "\xA1\x11\x30\x0F\x87\x08\xC0\x00\x02\x00\xFF\xFF\xFF\x00\x80\x00\x81\x01");
    /* minimum is empty there: not an INTEGER */
    assert_int_equal(c.name_constraints.presence, FV_MALFORMED);
    const fv_certificate d = WITH(
        0x1E,
        "\x30\x26"
        "\xA0\x0F\x30\x07\x82\x05"
        ".test"
        "\x30\x04\x82\x02"
        "ab"
        "\xA1\x13\x30\x11\x87\x08\xC0\x00\x02\x00\xFF\xFF\xFF\x00\x80\x01\x01\x81\x02\x00\x80");
    assert_int_equal(d.name_constraints.presence, FV_KNOWN);
    assert_int_equal(d.name_constraints.num_permitted, 2);
    assert_int_equal(d.name_constraints.num_excluded, 1);
    assert_true(bytes_equal(d.name_constraints.permitted[1].base.value, BYTES("ab")));
    assert_false(d.name_constraints.permitted[0].has_minimum);
    assert_false(d.name_constraints.excluded[0].base.is_malformed);
    assert_int_equal(d.name_constraints.excluded[0].minimum, 1);
    assert_int_equal(d.name_constraints.excluded[0].maximum, 128);
}

static void policies_and_what_constrains_them_are_read(void **state)
{
    fv_certificate c = WITH(0x20, "\x30\x13\x30\x06\x06\x04\x55\x1D\x20\x00"
                                  "\x30\x09\x06\x03\x2A\x03\x04\x30\x02\x05\x00");
    assert_int_equal(c.policies.num_oids, 2);
    assert_true(c.policies.has_any);
    c = WITH(0x21, "\x30\x0B\x30\x09\x06\x03\x2A\x03\x04\x06\x02\x2A\x05");
    assert_int_equal(c.policy_mappings.num_items, 1);
    assert_true(bytes_equal(c.policy_mappings.items[0].subject_domain, BYTES("\x2A\x05")));
    c = WITH(0x24, "\x30\x06\x80\x01\x00\x81\x01\x05");
    assert_true(c.policy_constraints.has_require_explicit);
    assert_int_equal(c.policy_constraints.inhibit_mapping, 5);
    c = WITH(0x36, "\x02\x01\x02");
    assert_int_equal(c.inhibit_any_policy.skip, 2);
}

static void a_policy_named_twice_is_found_among_few_and_many(void **state)
{
    static const unsigned counts[] = {2, 24, 25, 200};
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        for (unsigned twice = 0; twice < 2; twice++) {
            build b = {.len = 0};
            size_t list = open_tag(&b, FV_DER_SEQUENCE);
            for (unsigned k = 0; k < counts[i]; k++) {
                unsigned arc = twice == 1 && k == counts[i] - 1 ? 0 : k;
                const uint8_t policy[] = {
                    0x30, 0x05, 0x06, 0x03, 0x2A, (uint8_t)(1 + arc / 100), (uint8_t)(arc % 100)};
                put(&b, policy, sizeof(policy));
            }
            close_tag(&b, list);
            const fv_certificate c = with_ce(state, 0x20, false, built(&b));
            bool is_few = counts[i] <= FV_DECODER_FEW;
            assert_int_equal(c.policies.presence, twice && !is_few ? FV_MALFORMED : FV_KNOWN);
            assert_int_equal(fv_defects_has(&c.defects, FV_DEFECT_POLICY_TWICE), twice && is_few);
            if (is_few)
                assert_int_equal(c.policies.num_oids, counts[i] - twice);
        }
    }
}

static void urls_are_listed_by_use(void **state)
{
    build b = {.len = 0};
    fv_certificate c;
    PUT_CE(&b, "\x1F", "",
           "\x30\x25\x30\x13\xA0\x11\xA0\x0F\x86\x04"
           "ldap"
           "\x82\x01x"
           "\x86\x04"
           "http"
           "\x30\x0E\xA0\x08\xA0\x06\x86\x04"
           "http"
           "\x81\x02\x01\x80");
    put_extension(&b, "\x2B\x06\x01\x05\x05\x07\x01\x01", 8, "", 0,
                  BYTES("\x30\x24\x30\x10\x06\x08\x2B\x06\x01\x05\x05\x07\x30\x01\x86\x04"
                        "ocsp"
                        "\x30\x10\x06\x08\x2B\x06\x01\x05\x05\x07\x30\x02\x86\x04"
                        "cert"));
    decode_extensions(*state, &b, &c);
    assert_int_equal(c.crl_points.presence, FV_KNOWN);
    assert_int_equal(c.crl_points.num_points, 2);
    assert_int_equal(c.crl_points.urls.num_items, 3);
    assert_true(c.crl_points.has_other_names);
    assert_true(fv_text_equal(c.crl_points.urls.items[1], fv_text_of("http")));
    assert_int_equal(c.info_access.ocsp.num_items, 1);
    assert_int_equal(c.info_access.ca_issuers.num_items, 1);
    assert_true(fv_text_equal(c.info_access.ca_issuers.items[0], fv_text_of("cert")));
}

static const struct {
    uint8_t arc;
    fv_bytes value;
} malformed[] = {
#define BAD(arc, literal)                                                                          \
    {                                                                                              \
        arc,                                                                                       \
        {                                                                                          \
            (const uint8_t *)(literal), sizeof(literal) - 1                                        \
        }                                                                                          \
    }
    BAD(0x13, ""),
    BAD(0x13, "\x30\x03\x02\x01\x80"),
    BAD(0x13, "\x30\x02\x01\x00"),
    BAD(0x13, "\x30\x02\x05\x00"),
    BAD(0x13, "\x30\x00\x00"),
    BAD(0x13, "\x30\x04\x02\x02\x00\x01"),
    BAD(0x0F, "\x03\x00"),
    BAD(0x0F, "\x03\x01\x01"),
    BAD(0x0F, "\x03\x02\x08\x00"),
    BAD(0x25, "\x30\x00"),
    BAD(0x25, "\x30\x02\x05\x00"),
    BAD(0x25, "\x30\x02\x06\x00"),
    BAD(0x11, "vcse.lab"),
    BAD(0x11, "\x30\x03\x82\x02x"),
    BAD(0x0E, "\x05\x00"),
    BAD(0x23, "\x30\x02\x04\x00"),
    BAD(0x1E, "\x30\x00"),
    BAD(0x1E, "\x05\x00"),
    BAD(0x1E, "\x30\x02\xA0\x00"),
    BAD(0x1E, "\x30\x04\xA0\x02\x30\x00"),
    BAD(0x20, "\x30\x00"),
    BAD(0x20, "\x30\x02\x05\x00"),
    BAD(0x20, "\x30\x04\x30\x02\x05\x00"),
    BAD(0x20, "\x30\x04\x30\x02\x06\x00"),
    BAD(0x20, "\x30\x08\x30\x06\x06\x02\x2A\x03\x05\x00"),
    BAD(0x21, "\x30\x06\x30\x04\x06\x02\x2A\x03"),
    BAD(0x24, "\x30\x00"),
    BAD(0x24, "\x30\x03\x80\x01\xFF"),
    BAD(0x36, "\x02\x00"),
    BAD(0x36, ""),
    BAD(0x1F, "\x30\x00"),
    BAD(0x1F, "\x30\x04\x30\x02\xA0\x00"),
};

static const fv_presence *presence_of(const fv_certificate *c, uint8_t arc)
{
    const struct {
        uint8_t arc;
        const fv_presence *presence;
    } facts[] = {
        {0x13, &c->basic_constraints.presence},  {0x0F, &c->key_usage.presence},
        {0x25, &c->extended_key_usage.presence}, {0x11, &c->subject_alt_name.presence},
        {0x0E, &c->subject_key_id.presence},     {0x23, &c->authority_key_id.presence},
        {0x1E, &c->name_constraints.presence},   {0x20, &c->policies.presence},
        {0x21, &c->policy_mappings.presence},    {0x24, &c->policy_constraints.presence},
        {0x36, &c->inhibit_any_policy.presence}, {0x1F, &c->crl_points.presence},
    };
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        if (facts[i].arc == arc)
            return facts[i].presence;
    }
    return NULL;
}

static void contents_that_cannot_be_read_are_malformed_facts(void **state)
{
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        const fv_certificate c = with_ce(state, malformed[i].arc, true, malformed[i].value);
        if (*presence_of(&c, malformed[i].arc) != FV_MALFORMED)
            fail_msg("case %zu: %d", i, (int)*presence_of(&c, malformed[i].arc));
        assert_true(c.extensions[0].is_malformed);
        assert_true(fv_defects_has(&c.defects, FV_DEFECT_EXTENSION_VALUE));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(extensions_keep_their_order_oid_flag_and_value),
        T(the_first_of_two_counts_and_the_second_is_marked),
        T(duplicates_are_found_among_very_many),
        T(a_list_that_breaks_off_leaves_the_unseen_unknown),
        T(the_period_of_a_private_key_is_read),
        T(a_minimum_of_0_is_not_written_out),
        T(constraints_are_for_cas),
        T(basic_constraints_are_read),
        T(key_usage_bits_are_numbered_from_the_left),
        T(extended_key_usages_are_listed),
        T(every_type_of_alternative_name_is_read),
        T(entries_that_break_their_rule_are_marked_and_kept),
        T(a_tls_feature_is_must_staple_or_another),
        T(statements_that_cannot_be_read_are_a_defect),
        T(entries_of_no_kind_are_a_defect_of_their_own),
        T(names_are_checked_wherever_they_are),
        T(an_empty_list_of_names_is_there_and_a_defect),
        T(key_ids_are_read),
        T(name_constraints_are_read),
        T(policies_and_what_constrains_them_are_read),
        T(a_policy_named_twice_is_found_among_few_and_many),
        T(urls_are_listed_by_use),
        T(contents_that_cannot_be_read_are_malformed_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
