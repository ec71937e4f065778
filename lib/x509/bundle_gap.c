#include "x509/bundle_gap.h"

#include "base/pem.h"
#include "x509/bundle.h"
#include "x509/der.h"

/* Text may begin with the digit 0, which is the same byte (0x30) as the tag of a SEQUENCE. Its
 * second character, read as a length, then gives a document that is shorter than the text:
 * "0123..." would be a SEQUENCE of 0x31 bytes. */
bool fv_bundle_begins_der(fv_bytes bytes)
{
    return bytes.len > 0 && bytes.data[0] == FV_DER_SEQUENCE &&
           (bytes.len == 1 || bytes.data[1] >= 0x80 || bytes.data[1] + 2U >= bytes.len);
}

/* Whether a byte occurs in no text: a control character, except for those that programs and
 * terminals leave in texts. Bytes from 0x80 are letters, whatever the encoding. */
static bool is_foreign(char c)
{
    enum { END_OF_DOS_FILE = 0x1A, ESCAPE = 0x1B, DELETE = 0x7F };
    unsigned char byte = (unsigned char)c;
    if (byte >= ' ')
        return byte == DELETE;
    return byte != '\0' && byte != END_OF_DOS_FILE && byte != ESCAPE && !fv_ascii_is_space(c);
}

static bool is_blank(char c)
{
    return c == '\0' || fv_ascii_is_space(c);
}

/* Whether a SEQUENCE of less than 128 bytes begins here. Text can begin with the same two bytes, so
 * its elements have to follow one another to its end, and one of its bytes has to be foreign to
 * text. */
static bool begins_short_der(fv_text rest)
{
    size_t num = 0, len = rest.len < 2 ? 0 : (unsigned char)rest.data[1];
    fv_bytes contents = {(const uint8_t *)rest.data + 2, len};
    if (len == 0 || len >= 0x80 || len + 2 > rest.len || !fv_der_count(contents, &num))
        return false;
    for (size_t i = 0; i < len; i++) {
        if (is_foreign((char)contents.data[i]))
            return true;
    }
    return false;
}

/* Whether a SEQUENCE with a long length begins here, and its first element is one that an object
 * known here begins with. */
static bool begins_long_der(fv_text rest)
{
    unsigned char form = rest.len < 2 ? 0 : (unsigned char)rest.data[1];
    if (form < 0x80 || form > 0x84)
        return false;
    size_t at = 2 + (size_t)(form - 0x80);
    uint8_t first = rest.len <= at ? FV_DER_SEQUENCE : (uint8_t)rest.data[at];
    return first == FV_DER_SEQUENCE || first == FV_DER_INTEGER || first == FV_DER_OID ||
           first == FV_DER_ENUMERATED;
}

static bool is_der_of_known_kind(fv_text rest)
{
    fv_bytes der = {(const uint8_t *)rest.data, rest.len};
    return fv_bundle_kind_of_der(der) != FV_BUNDLE_UNKNOWN;
}

/* Whether DER begins at the first byte after white space and zeros. What looks like it counts, even
 * if it is damaged: nothing else is expected there. */
static bool begins_der(fv_text rest)
{
    return rest.len > 0 && rest.data[0] == FV_DER_SEQUENCE &&
           (begins_long_der(rest) || begins_short_der(rest));
}

static fv_text from(fv_text text, size_t at)
{
    return (fv_text){text.data + at, text.len - at};
}

/* Looks at the text from `at` on, which is not blank. */
static fv_bundle_gap look_in_text(fv_text rest, size_t at, bool is_clean)
{
    const char *foreign_at = NULL;
    bool is_line_start = true;
    for (; at < rest.len; at++) {
        char c = rest.data[at];
        bool may_be_der = is_clean && foreign_at == NULL && c == FV_DER_SEQUENCE;
        if (is_line_start && c == '-' && fv_pem_is_mark(from(rest, at)))
            return (fv_bundle_gap){FV_BUNDLE_AT_PEM, at, foreign_at};
        if (may_be_der && begins_long_der(from(rest, at))) {
            if (is_der_of_known_kind(from(rest, at)))
                return (fv_bundle_gap){FV_BUNDLE_AT_DER, at, NULL};
            foreign_at = rest.data + at;
        }
        if (foreign_at == NULL && is_foreign(c))
            foreign_at = rest.data + at;
        is_line_start = c == '\n' || c == '\r' || (is_line_start && is_blank(c));
    }
    return (fv_bundle_gap){FV_BUNDLE_AT_END, at, foreign_at};
}

fv_bundle_gap fv_bundle_find_gap(fv_text rest, bool is_clean)
{
    size_t at = 0;
    while (at < rest.len && is_blank(rest.data[at]))
        at++;
    if (begins_der(from(rest, at)))
        return (fv_bundle_gap){FV_BUNDLE_AT_DER, at, NULL};
    return look_in_text(rest, at, is_clean);
}
