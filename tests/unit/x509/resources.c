/* IP addresses and AS numbers (RFC 3779). OpenSSL 3.0 was asked what it makes of each row, in a
 * certificate whose issuer has the same or more ("openssl verify"). */
#include "build.h"

#define IP "\x2B\x06\x01\x05\x05\x07\x01\x07"
#define AS "\x2B\x06\x01\x05\x05\x07\x01\x08"

/* UNREADABLE: OpenSSL takes the certificate for invalid; FAULT: "invalid or inconsistent
 * certificate extension" or "not subset of parent's resources"; SLIP: it is taken, and breaks RFC
 * 3779. */
enum { SOUND, UNREADABLE, FAULT, SLIP };

static const struct {
    const char *what;
    bool is_of_ip;
    const char *hex;
    int outcome;
} rows[] = {
    {"a prefix", true, "300c300a0402000130040302000a", SOUND},
    {"what the issuer has", true, "30083006040200010500", SOUND},
    {"an OCTET STRING", true, "04026162", UNREADABLE},
    {"nothing", true, "", UNREADABLE},
    {"an empty list", true, "3000", SLIP},
    {"bytes behind it", true, "300c300a0402000130040302000a0500", SLIP},
    {"unused bits that are set", true, "300d300b0402000130050303040a0f", SLIP},
    {"nine unused bits", true, "300c300a0402000130040302090a", UNREADABLE},
    {"an IPv4 address of five octets", true, "3010300e0402000130080306000a01010101", FAULT},
    {"prefixes out of order", true, "3012301004020001300a0303000a020303000a01", FAULT},
    {"families out of order", true, "30143006040200020500300a0402000130040302000a", FAULT},
    {"prefixes that touch", true, "3012301004020001300a0303000a020303000a03", FAULT},
    {"a prefix written as a range", true, "3012301004020001300a30080302000a0302000a", FAULT},
    {"a range in reverse", true, "3014301204020001300c300a0303000a090303000a01", FAULT},
    {"a range", true, "3014301204020001300c300a0303000a010303010a02", SOUND},
    {"a family of one octet", true, "300b300904010130040302000a", FAULT},
    {"a family of four octets", true, "300e300c04040001010130040302000a", FAULT},
    {"an unknown family", true, "300c300a0402000930040302000a", FAULT},
    {"a family twice", true, "3018300a0402000130040302000a300a0402000130040302000a", FAULT},
    {"a family without addresses", true, "30083006040200013000", FAULT},
    {"a family with a subsequent identifier", true, "300d300b040300010130040302000a", SOUND},
    {"a number", false, "3009a0073005020300fde8", SOUND},
    {"what the issuer has", false, "3004a0020500", SOUND},
    {"an OCTET STRING", false, "04026162", UNREADABLE},
    {"an empty list", false, "3000", SLIP},
    {"numbers out of order", false, "300aa0083006020103020102", FAULT},
    {"a negative number", false, "3007a00530030201ff", FAULT},
    {"a number of 34 bits", false, "300ba009300702050200000000", SLIP},
    {"routing domains", false, "3007a1053003020104", SOUND},
    {"a range in reverse", false, "300ca00a30083006020105020103", FAULT},
    {"a range of one number", false, "300ca00a30083006020103020103", SOUND},
    {"numbers that touch", false, "300aa0083006020103020104", FAULT},
    {"a number with needless bytes", false, "3008a006300402020003", UNREADABLE},
    {"bytes behind it", false, "3007a00530030201030500", SLIP},
};

static uint8_t digit(char c)
{
    return (uint8_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static fv_bytes from_hex(const char *hex, uint8_t *room)
{
    size_t len = strlen(hex) / 2;
    for (size_t i = 0; i < len; i++)
        room[i] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
    return (fv_bytes){room, len};
}

static int outcome_of(const fv_resources *resources)
{
    if (resources->presence != FV_KNOWN)
        return UNREADABLE;
    if (resources->fault != NULL)
        return FAULT;
    return resources->slip != NULL ? SLIP : SOUND;
}

static void decode(void **state, bool is_of_ip, fv_bytes value, fv_certificate *out)
{
    build b = {.len = 0};
    put_extension(&b, is_of_ip ? IP : AS, 8, "", 0, value);
    decode_extensions(*state, &b, out);
}

static void what_openssl_refuses_and_takes_is_told_apart(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t room[64];
        fv_certificate c;
        decode(state, rows[i].is_of_ip, from_hex(rows[i].hex, room), &c);
        const fv_resources *found = rows[i].is_of_ip ? &c.ip_resources : &c.as_resources;
        if (outcome_of(found) != rows[i].outcome)
            fail_msg("%s: %d, wanted %d", rows[i].what, outcome_of(found), rows[i].outcome);
        assert_int_equal(fv_defects_has(&c.defects, FV_DEFECT_EXTENSION_VALUE),
                         rows[i].outcome == UNREADABLE);
    }
}

/* Every cut of a sound value is unreadable: no byte is read past the end. */
static void a_cut_value_is_unreadable(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t room[64];
        fv_bytes whole = from_hex(rows[i].hex, room);
        for (size_t len = 0; rows[i].outcome == SOUND && len < whole.len; len++) {
            fv_certificate c;
            decode(state, rows[i].is_of_ip, (fv_bytes){room, len}, &c);
            assert_int_equal(outcome_of(rows[i].is_of_ip ? &c.ip_resources : &c.as_resources),
                             UNREADABLE);
        }
    }
}

/* An IPv4 prefix, and what the issuer has of IPv6. */
static void inherited_and_own_parts_are_told(void **state)
{
    fv_certificate c;
    uint8_t room[64];
    decode(state, true, from_hex("3016300c0402000130060304000a01023006040200020500", room), &c);
    assert_int_equal(outcome_of(&c.ip_resources), SOUND);
    assert_true(c.ip_resources.has_own && c.ip_resources.inherits);
    decode(state, true, from_hex("30083006040200010500", room), &c);
    assert_true(c.ip_resources.inherits && !c.ip_resources.has_own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_openssl_refuses_and_takes_is_told_apart),
        T(a_cut_value_is_unreadable),
        T(inherited_and_own_parts_are_told),
    };
    return cmocka_run_group_tests_name("x509/resources", tests, NULL, NULL);
}
