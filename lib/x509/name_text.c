#include "x509/name.h"

#include "x509/general_name.h"
#include "x509/name_string.h"
#include "x509/oid.h"

#include <stdlib.h>
#include <string.h>

/* The short names of RFC 4514 3 and RFC 4519, and of other attributes that certificates use. */
static const struct {
    uint8_t len;
    const char *oid;
    const char *text;
} types[] = {
    {3, "\x55\x04\x03", "CN"},
    {3, "\x55\x04\x0A", "O"},
    {3, "\x55\x04\x0B", "OU"},
    {3, "\x55\x04\x06", "C"},
    {3, "\x55\x04\x07", "L"},
    {3, "\x55\x04\x08", "ST"},
    {3, "\x55\x04\x09", "street"},
    {3, "\x55\x04\x05", "serialNumber"},
    {3, "\x55\x04\x04", "SN"},
    {3, "\x55\x04\x0C", "title"},
    {3, "\x55\x04\x2A", "GN"},
    {3, "\x55\x04\x0F", "businessCategory"},
    {3, "\x55\x04\x11", "postalCode"},
    {3, "\x55\x04\x61", "organizationIdentifier"},
    {10, "\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x19", "DC"},
    {10, "\x09\x92\x26\x89\x93\xF2\x2C\x64\x01\x01", "UID"},
    {9, FV_OID_EMAIL_ADDRESS, "emailAddress"},
};

static void append_type(fv_buf *buf, fv_bytes oid)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (fv_oid_equal(oid, types[i].oid, types[i].len)) {
            fv_buf_append_text(buf, types[i].text);
            return;
        }
    }
    if (!fv_oid_append(buf, oid)) {
        fv_buf_append_char(buf, '#');
        fv_buf_append_hex(buf, oid);
    }
}

static void append_escaped_byte(fv_buf *buf, char c)
{
    uint8_t byte = (uint8_t)c;
    fv_buf_append_char(buf, '\\');
    fv_buf_append_hex(buf, (fv_bytes){&byte, 1});
}

/* Counts the characters at the beginning that never need an escape. Most names consist almost
 * wholly of such characters. */
static size_t count_plain(fv_text text)
{
    size_t count = 0;
    while (count < text.len && (fv_ascii_is_alnum(text.data[count]) || text.data[count] == '.' ||
                                text.data[count] == '-'))
        count++;
    return count;
}

/* Shows control characters (C0, C1, DEL) and bytes that are no UTF-8 as \hh, so that a name cannot
 * send control codes to the terminal. RFC 4514 2.4 says how the other special characters are
 * escaped. */
static void append_escaped(fv_buf *buf, fv_text text, const char *special)
{
    while (text.len > 0) {
        size_t num_plain = count_plain(text);
        fv_buf_append(buf, text.data, num_plain);
        text.data += num_plain;
        text.len -= num_plain;
        if (text.len == 0)
            return;
        char c = text.data[0];
        size_t len = fv_string_utf8_len(text);
        bool is_control =
            (unsigned char)c < 0x20 || c == 0x7F ||
            (len == 2 && (unsigned char)c == 0xC2 && (unsigned char)text.data[1] < 0xA0);
        if (len == 0)
            len = 1;
        if (is_control || fv_string_utf8_len(text) == 0) {
            for (size_t i = 0; i < len; i++)
                append_escaped_byte(buf, text.data[i]);
        } else {
            if (len == 1 && strchr(special, c) != NULL)
                fv_buf_append_char(buf, '\\');
            fv_buf_append(buf, text.data, len);
        }
        text.data += len;
        text.len -= len;
    }
}

static void append_attribute(fv_buf *buf, const fv_attribute *attribute)
{
    fv_arena arena;
    fv_text text;
    append_type(buf, attribute->type);
    fv_buf_append_char(buf, '=');
    if (!fv_string_is_text(attribute->tag)) {
        fv_buf_append_char(buf, '#');
        fv_buf_append_hex(buf, attribute->value);
        return;
    }
    fv_arena_init(&arena);
    if (fv_string_to_text(&arena, attribute->tag, attribute->value, &text))
        append_escaped(buf, text, "\\,+\"");
    else
        buf->failed = true;
    fv_arena_clear(&arena);
}

static void append_attributes(fv_buf *buf, const fv_attribute *attributes, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        append_attribute(buf, &attributes[i]);
        if (i > 0)
            fv_buf_append_text(buf, attributes[i].rdn == attributes[i - 1].rdn ? "+" : ", ");
    }
}

/* Reads up to `room` attributes. Returns how many the name has. */
static size_t read_attributes(const fv_name *name, fv_attribute *out, size_t room)
{
    fv_name_reader reader;
    fv_attribute one;
    size_t count = 0;
    fv_name_reader_init(&reader, name);
    for (; fv_name_reader_next(&reader, &one); count++) {
        if (count < room)
            out[count] = one;
    }
    return count;
}

#define USUAL_ATTRIBUTES 16

void fv_name_append_text(fv_buf *buf, const fv_name *name)
{
    fv_attribute usual[USUAL_ATTRIBUTES];
    if (name->presence != FV_KNOWN) {
        fv_buf_append_text(buf, name->presence == FV_MALFORMED ? "(malformed name)" : "");
        return;
    }
    size_t count = read_attributes(name, usual, USUAL_ATTRIBUTES);
    if (count <= USUAL_ATTRIBUTES) {
        append_attributes(buf, usual, count);
        return;
    }
    fv_attribute *many = calloc(count, sizeof(*many));
    if (many == NULL) {
        buf->failed = true;
        return;
    }
    (void)read_attributes(name, many, count);
    append_attributes(buf, many, count);
    free(many);
}

static void append_decimals(fv_buf *buf, fv_bytes address)
{
    for (size_t i = 0; i < address.len; i++) {
        if (i > 0)
            fv_buf_append_char(buf, '.');
        fv_buf_append_u64(buf, address.data[i]);
    }
}

/* Appends IPv6 groups of four digits each, without the "::" of RFC 5952. */
static void append_groups(fv_buf *buf, fv_bytes address)
{
    for (size_t i = 0; i + 1 < address.len; i += 2) {
        if (i > 0)
            fv_buf_append_char(buf, ':');
        fv_buf_append_hex(buf, (fv_bytes){address.data + i, 2});
    }
}

/* Appends an address; in a constraint, an address and its mask (RFC 5280 4.2.1.10). */
static void append_ip(fv_buf *buf, fv_bytes value)
{
    size_t half = value.len / 2;
    switch (value.len) {
    case 4:
        append_decimals(buf, value);
        return;
    case 16:
        append_groups(buf, value);
        return;
    case 8:
    case 32: {
        void (*append)(fv_buf *, fv_bytes) = half == 4 ? append_decimals : append_groups;
        append(buf, (fv_bytes){value.data, half});
        fv_buf_append_char(buf, '/');
        append(buf, (fv_bytes){value.data + half, half});
        return;
    }
    default:
        fv_buf_append_char(buf, '#');
        fv_buf_append_hex(buf, value);
    }
}

/* The words for the types, by FV_GN_; the last is that of an unknown one. */
static const char *const words[] = {"otherName:", "email:", "DNS:", "X400:", "DirName:",
                                    "EdiParty:",  "URI:",   "IP:",  "RID:",  "unknown:"};

static const char *word_of(fv_general_name_type type)
{
    return words[type == FV_GN_UNKNOWN ? FV_GN_REGISTERED_ID + 1 : type];
}

fv_part fv_general_name_part(const fv_general_name *name, size_t text_at, size_t text_len)
{
    size_t word_len = strlen(word_of(name->type));
    fv_part part = {text_at + word_len, text_len - word_len, FV_VALUE_NAME};
    if (name->type == FV_GN_DNS)
        part.kind = FV_VALUE_HOST;
    else if (name->type == FV_GN_IP && (name->value.len == 4 || name->value.len == 16))
        part.kind = FV_VALUE_ADDRESS;
    return part;
}

fv_part fv_general_name_part_of(const char *text)
{
    size_t len = strlen(text);
    for (size_t type = 0; type < sizeof(words) / sizeof(words[0]); type++) {
        size_t word_len = strlen(words[type]);
        if (strncmp(text, words[type], word_len) == 0) {
            uint32_t kind = type == FV_GN_DNS  ? FV_VALUE_HOST
                            : type == FV_GN_IP ? FV_VALUE_ADDRESS
                                               : FV_VALUE_NAME;
            return (fv_part){word_len, len - word_len, kind};
        }
    }
    return (fv_part){0, len, FV_VALUE_HOST};
}

void fv_general_name_append_text(fv_buf *buf, const fv_general_name *name)
{
    const fv_text text = {(const char *)name->value.data, name->value.len};
    fv_buf_append_text(buf, word_of(name->type));
    switch (name->type) {
    case FV_GN_RFC822:
    case FV_GN_DNS:
    case FV_GN_URI:
        append_escaped(buf, text, "\\");
        return;
    case FV_GN_IP:
        append_ip(buf, name->value);
        return;
    case FV_GN_DIRECTORY:
        if (name->directory != NULL)
            fv_name_append_text(buf, name->directory);
        return;
    case FV_GN_REGISTERED_ID:
        (void)fv_oid_append(buf, name->value);
        return;
    case FV_GN_OTHER:
        (void)fv_oid_append(buf, name->other_type);
        return;
    case FV_GN_X400:
    case FV_GN_EDI_PARTY:
    case FV_GN_UNKNOWN:
        fv_buf_append_char(buf, '#');
        fv_buf_append_hex(buf, name->value);
    }
}
