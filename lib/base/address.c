#include "base/address.h"

#include "base/cursor.h"

#include <string.h>

#define NUM_GROUPS 8

/* ---- reading ---- */

/* One decimal number of 0 to 255 without leading zeros (RFC 6943 3.1.1: no octal, no short forms).
 */
static bool read_octet(fv_cursor *cursor, uint8_t *out)
{
    uint32_t value = 0, num_digits = 0;
    uint8_t c;
    while (fv_cursor_peek_u8(cursor, &c) && fv_ascii_is_digit((char)c)) {
        if (num_digits > 0 && value == 0)
            return false;
        value = value * 10 + (uint32_t)(c - '0');
        if (value > 255)
            return false;
        num_digits++;
        (void)fv_cursor_skip(cursor, 1);
    }
    *out = (uint8_t)value;
    return num_digits > 0;
}

static bool skip_char(fv_cursor *cursor, char wanted)
{
    uint8_t c;
    if (!fv_cursor_peek_u8(cursor, &c) || c != (uint8_t)wanted)
        return false;
    return fv_cursor_skip(cursor, 1);
}

static bool parse_ipv4(fv_text text, uint8_t out[4])
{
    fv_cursor cursor;
    fv_cursor_init(&cursor, (fv_bytes){(const uint8_t *)text.data, text.len});
    for (size_t i = 0; i < 4; i++) {
        if (i > 0 && !skip_char(&cursor, '.'))
            return false;
        if (!read_octet(&cursor, &out[i]))
            return false;
    }
    return fv_cursor_left(&cursor) == 0;
}

static bool parse_group(fv_text text, uint8_t out[2])
{
    uint32_t value = 0;
    if (text.len == 0 || text.len > 4)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int digit = fv_ascii_hex_digit(text.data[i]);
        if (digit < 0)
            return false;
        value = value << 4 | (uint32_t)digit;
    }
    out[0] = (uint8_t)(value >> 8);
    out[1] = (uint8_t)value;
    return true;
}

/* Reads groups of hexadecimal digits between colons; the last group may be an IPv4 address. An
 * empty text has no groups, and is valid. */
static bool parse_groups(fv_text text, uint8_t out[16], size_t *out_len)
{
    size_t len = 0;
    while (text.len > 0) {
        const char *colon = memchr(text.data, ':', text.len);
        fv_text group = {text.data, colon == NULL ? text.len : (size_t)(colon - text.data)};
        if (colon == NULL && len <= 12 && parse_ipv4(group, out + len)) {
            len += 4;
        } else if (len <= 14 && parse_group(group, out + len)) {
            len += 2;
        } else {
            return false;
        }
        text.data += group.len;
        text.len -= group.len;
        if (colon != NULL) {
            text.data++;
            if (--text.len == 0)
                return false;
        }
    }
    *out_len = len;
    return true;
}

/* Returns the start of "::", or NULL where there is none. */
static const char *find_gap(fv_text text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.data[i] == ':' && text.data[i + 1] == ':')
            return text.data + i;
    }
    return NULL;
}

/* RFC 4291 2.2: eight groups, or fewer around one "::". */
static bool parse_ipv6(fv_text text, uint8_t out[16])
{
    uint8_t front[16], back[16];
    size_t front_len, back_len;
    const char *gap = find_gap(text);
    if (gap == NULL)
        return parse_groups(text, out, &front_len) && front_len == 16;

    fv_text before = {text.data, (size_t)(gap - text.data)};
    fv_text after = {gap + 2, text.len - before.len - 2};
    if (!parse_groups(before, front, &front_len) || !parse_groups(after, back, &back_len))
        return false;
    /* RFC 4291 2.2: 'The use of "::" indicates one or more groups of 16 bits of zeros', so at most
     * seven groups are left. An IPv4 address is the end of an IPv6 address, never a part before
     * "::". */
    if (front_len + back_len > 14 || memchr(before.data, '.', before.len) != NULL)
        return false;
    memset(out, 0, 16);
    memcpy(out, front, front_len);
    memcpy(out + 16 - back_len, back, back_len);
    return true;
}

bool fv_address_parse(fv_text text, fv_address *out)
{
    fv_address address = {.len = 4};
    if (parse_ipv4(text, address.bytes)) {
        *out = address;
        return true;
    }
    address.len = 16;
    if (text.len == 0 || memchr(text.data, ':', text.len) == NULL ||
        !parse_ipv6(text, address.bytes))
        return false;
    *out = address;
    return true;
}

/* ---- reading the address of a DNS server ---- */

static bool parse_port(fv_text text, uint16_t *out)
{
    uint64_t value;
    if (!fv_text_to_u64(text, &value) || value == 0 || value > UINT16_MAX)
        return false;
    *out = (uint16_t)value;
    return true;
}

/* Reads "[address]" or "[address]:port". */
static bool parse_bracketed(fv_text text, fv_address *out_address, uint16_t *out_port)
{
    const char *close = memchr(text.data, ']', text.len);
    if (close == NULL)
        return false;
    size_t inside = (size_t)(close - text.data) - 1;
    fv_text rest = {close + 1, text.len - inside - 2};
    return fv_address_parse((fv_text){text.data + 1, inside}, out_address) &&
           out_address->len == 16 &&
           (rest.len == 0 ||
            (rest.data[0] == ':' && parse_port((fv_text){rest.data + 1, rest.len - 1}, out_port)));
}

bool fv_address_is_ipv6(const char *text)
{
    fv_address address;
    return text != NULL && fv_address_parse(fv_text_of(text), &address) && address.len == 16;
}

fv_text fv_address_host_of(const char *text)
{
    const char *colon = strchr(text, ':');
    bool has_port = colon != NULL && strchr(colon + 1, ':') == NULL;
    return (fv_text){text, has_port ? (size_t)(colon - text) : strlen(text)};
}

bool fv_address_parse_server(fv_text all, fv_address *out_address, uint16_t *out_port)
{
    *out_port = 53;
    if (all.len > 0 && all.data[0] == '[')
        return parse_bracketed(all, out_address, out_port);
    if (fv_address_parse(all, out_address))
        return true;
    const char *colon = memchr(all.data, ':', all.len);
    if (colon == NULL)
        return false;
    size_t before = (size_t)(colon - all.data);
    return fv_address_parse((fv_text){all.data, before}, out_address) && out_address->len == 4 &&
           parse_port((fv_text){colon + 1, all.len - before - 1}, out_port);
}

/* ---- writing ---- */

static char *put_octet(char *to, uint8_t value)
{
    if (value >= 100)
        *to++ = (char)('0' + value / 100);
    if (value >= 10)
        *to++ = (char)('0' + value / 10 % 10);
    *to++ = (char)('0' + value % 10);
    return to;
}

static char *put_ipv4(char *to, const uint8_t bytes[4])
{
    for (size_t i = 0; i < 4; i++) {
        if (i > 0)
            *to++ = '.';
        to = put_octet(to, bytes[i]);
    }
    return to;
}

static uint32_t group_at(const uint8_t bytes[16], size_t i)
{
    return (uint32_t)bytes[2 * i] << 8 | bytes[2 * i + 1];
}

static char *put_group(char *to, uint32_t group)
{
    static const char digits[] = "0123456789abcdef";
    bool started = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
        uint32_t digit = group >> shift & 15;
        started = started || digit != 0 || shift == 0;
        if (started)
            *to++ = digits[digit];
    }
    return to;
}

/* Returns the index of the group that "::" replaces. RFC 5952 4.2: the longest run of zero groups
 * is shortened, the first of them where two are equally long, and never a run of only one group. */
static size_t find_zeros(const uint8_t bytes[16], size_t *out_len)
{
    size_t best = NUM_GROUPS, best_len = 1;
    for (size_t i = 0; i < NUM_GROUPS; i++) {
        size_t len = 0;
        while (i + len < NUM_GROUPS && group_at(bytes, i + len) == 0)
            len++;
        if (len > best_len) {
            best = i;
            best_len = len;
        }
        i += len;
    }
    *out_len = best_len;
    return best;
}

static bool is_mapped(const fv_address *address)
{
    static const uint8_t prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return address->len == 16 && memcmp(address->bytes, prefix, sizeof(prefix)) == 0;
}

static char *put_ipv6(char *to, const uint8_t bytes[16])
{
    size_t zeros_len, zeros = find_zeros(bytes, &zeros_len);
    for (size_t i = 0; i < NUM_GROUPS; i++) {
        if (i == zeros) {
            *to++ = ':';
            if (i == 0)
                *to++ = ':';
            i += zeros_len - 1;
            continue;
        }
        to = put_group(to, group_at(bytes, i));
        if (i + 1 < NUM_GROUPS)
            *to++ = ':';
    }
    return to;
}

void fv_address_format(const fv_address *address, char out[FV_ADDRESS_TEXT_SIZE])
{
    char *end = out;
    if (address->len == 4) {
        end = put_ipv4(out, address->bytes);
    } else if (is_mapped(address)) { /* RFC 5952 5 */
        memcpy(out, "::ffff:", 7);
        end = put_ipv4(out + 7, address->bytes + 12);
    } else if (address->len == 16) {
        end = put_ipv6(out, address->bytes);
    }
    *end = '\0';
}

/* ---- special addresses ---- */

typedef struct range {
    uint8_t prefix[16];
    uint8_t bits;
    const char *what;
} range;

/* The IANA registries of special-purpose addresses as of 2025-10-09 (RFC 6890, RFC 8190), and
 * multicast. The first row that covers an address counts: a narrower one comes before a wider one.
 * NULL: the registry calls it globally reachable. */
static const range ipv4_ranges[] = {
    {{0, 0, 0, 0}, 32, "unspecified"},
    {{0}, 8, "reserved"},
    {{10}, 8, "private (RFC 1918)"},
    {{100, 64}, 10, "shared (CGNAT, RFC 6598)"},
    {{127}, 8, "loopback"},
    {{169, 254}, 16, "link-local"},
    {{172, 16}, 12, "private (RFC 1918)"},
    {{192, 0, 0, 9}, 32, NULL},  /* Port Control Protocol anycast, RFC 7723 */
    {{192, 0, 0, 10}, 32, NULL}, /* TURN anycast, RFC 8155 */
    {{192, 0, 0}, 24, "reserved"},
    {{192, 0, 2}, 24, "documentation"},
    {{192, 31, 196}, 24, NULL}, /* AS112, RFC 7535 */
    {{192, 52, 193}, 24, NULL}, /* AMT, RFC 7450 */
    {{192, 88, 99}, 24, "reserved (6to4 relay, RFC 7526)"},
    {{192, 168}, 16, "private (RFC 1918)"},
    {{192, 175, 48}, 24, NULL}, /* AS112, RFC 7534 */
    {{198, 18}, 15, "reserved"},
    {{198, 51, 100}, 24, "documentation"},
    {{203, 0, 113}, 24, "documentation"},
    {{224}, 4, "multicast"},
    {{240}, 4, "reserved"},
};

static const range ipv6_ranges[] = {
    {{0}, 128, "unspecified"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96, "IPv4-mapped"},
    {{0x00, 0x64, 0xff, 0x9b}, 96, "translated (NAT64, RFC 6052)"},
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, "translated (NAT64, RFC 8215)"},
    {{0x01, 0x00}, 64, "reserved"},                      /* discard only, RFC 6666 */
    {{0x01, 0x00, 0, 0, 0, 0, 0, 0x01}, 64, "reserved"}, /* dummy prefix, RFC 9780 */
    {{0x20, 0x01, 0, 0}, 32, "tunnelled (Teredo)"},
    {{0x20, 0x01, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, NULL}, /* PCP, RFC 7723 */
    {{0x20, 0x01, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 128, NULL}, /* TURN, RFC 8155 */
    {{0x20, 0x01, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3}, 128, NULL}, /* SRP, RFC 9665 */
    {{0x20, 0x01, 0, 2, 0, 0}, 48, "reserved (benchmarking, RFC 5180)"},
    {{0x20, 0x01, 0, 3}, 32, NULL},             /* AMT, RFC 7450 */
    {{0x20, 0x01, 0, 4, 0x01, 0x12}, 48, NULL}, /* AS112, RFC 7535 */
    {{0x20, 0x01, 0, 0x10}, 28, "reserved (ORCHID, RFC 4843)"},
    {{0x20, 0x01, 0, 0x20}, 28, NULL}, /* ORCHIDv2, RFC 7343 */
    {{0x20, 0x01, 0, 0x30}, 28, NULL}, /* DRIP, RFC 9374 */
    {{0x20, 0x01, 0}, 23, "reserved"},
    {{0x20, 0x01, 0x0d, 0xb8}, 32, "documentation"},
    {{0x20, 0x02}, 16, "tunnelled (6to4, RFC 3056)"},
    {{0x3f, 0xff}, 20, "documentation"},
    {{0x5f, 0x00}, 16, "reserved (segment routing, RFC 9602)"},
    {{0xfc}, 7, "unique local"},
    {{0xfe, 0x80}, 10, "link-local"},
    {{0xfe, 0xc0}, 10, "reserved"}, /* the former site-local, RFC 3879 */
    {{0xff}, 8, "multicast"},
};

static bool is_within(const uint8_t *bytes, const range *r)
{
    size_t whole = r->bits / 8u;
    uint32_t rest = r->bits % 8u;
    /* Most ranges begin with another byte. */
    if (whole > 0 && bytes[0] != r->prefix[0])
        return false;
    if (memcmp(bytes, r->prefix, whole) != 0)
        return false;
    return rest == 0 || ((bytes[whole] ^ r->prefix[whole]) >> (8 - rest)) == 0;
}

static const char *find_range(const uint8_t *bytes, const range *ranges, size_t num_ranges)
{
    for (size_t i = 0; i < num_ranges; i++) {
        if (is_within(bytes, &ranges[i]))
            return ranges[i].what;
    }
    return NULL;
}

const char *fv_address_not_public(const fv_address *address)
{
    if (address->len == 4)
        return find_range(address->bytes, ipv4_ranges, sizeof(ipv4_ranges) / sizeof(range));
    /* An IPv4-mapped address is judged by its IPv4 address: ::ffff:10.0.0.1 is private. */
    const char *mapped = is_mapped(address) ? find_range(address->bytes + 12, ipv4_ranges,
                                                         sizeof(ipv4_ranges) / sizeof(range))
                                            : NULL;
    if (mapped != NULL)
        return mapped;
    return find_range(address->bytes, ipv6_ranges, sizeof(ipv6_ranges) / sizeof(range));
}

bool fv_address_is_inner(const fv_address *address)
{
    static const char *const inner[] = {"private (RFC 1918)", "unique local", "loopback"};
    const char *reason = fv_address_not_public(address);
    for (size_t i = 0; reason != NULL && i < sizeof(inner) / sizeof(inner[0]); i++) {
        if (strcmp(reason, inner[i]) == 0)
            return true;
    }
    return false;
}
